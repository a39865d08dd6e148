"""Nothing internal is seen from outside: what no public module names carries a marker, and no page shows one."""

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ground.halfyears import HalfYear
from ground.models import PublicVersion, Town
from ground.models.event import EventQuerySet
from masterplan.models import Measure
from masterplan.models.measure import MeasureQuerySet
from masterplan.public import profile
from reporting.collect import collect
from reporting.document import write_html
from reporting.models import EditionKind
from reporting.opening import open_report
from tests.safety.crawler import crawl, markers_in
from tests.safety.markers import FRAMEWORK, Marking, can_carry, columns, tables
from tests.safety.named import named_by_public_modules

pytestmark = pytest.mark.django_db

KEPT_INSIDE = {
    "accounts.User.email",
    "accounts.User.name",
    "masterplan.Measure.internal_notes",
    "masterplan.Measure.priority",
    "masterplan.Measure.responsible",
    "masterplan.Measure.deputy",
    "masterplan.StatusUpdate.achieved",
    "masterplan.StatusUpdate.as_submitted",
    "masterplan.StatusUpdate.cause",
    "masterplan.StatusUpdate.comment",
    "masterplan.StatusUpdate.decision",
    "masterplan.StatusUpdate.next_steps",
    "masterplan.StatusUpdate.options",
    "masterplan.StatusUpdate.remarks",
}
"""What the domain keeps inside by name, so that even a public module may not name it."""


def visit():
    """As the first visitor after a new publication: nothing is taken from a cache."""
    cache.clear()
    with transaction.atomic():
        PublicVersion.raise_()
    return crawl(Client(raise_request_exception=False))


def collected(town, kind):
    """Of a half-year before all others, so that no frozen edition, which is marked as well, has to be read."""
    first = open_report(period=HalfYear(2020, 1), committee=town.report.committee, by=town.officer)
    return collect(first, kind, fassung=1, correction="", now=timezone.now())


@pytest.fixture(scope="module")
def crawled(town, django_db_blocker):
    """The pages before and after the markers are written and the hidden rows are distorted."""
    with django_db_blocker.unblock():
        Town.objects.update(is_example=False)
        with named_by_public_modules() as named:
            before = visit()
            collected(town, EditionKind.PUBLIC)
        marking = Marking(named)
        marking.mark()
        marking.distort()
        return named, marking, before, visit()


def leaks(pages, marking):
    return sorted(
        f"{where} shows {marking.written[marker]}."
        for where, (_, headers, content) in pages.items()
        for marker in markers_in(content + str(headers).encode())
    )


def changed(before, after):
    """Addresses whose status or bytes differ; the login's pages carry a token that is drawn anew."""
    return sorted(
        where
        for where in before.keys() | after.keys()
        if before.get(where, ())[::2] != after.get(where, ())[::2] and not where.startswith("/anmelden/")
    )


def test_no_page_shows_a_marker(crawled):
    _, marking, _, marked = crawled
    assert "\n".join(leaks(marked, marking)) == ""


def test_what_is_internal_changes_no_byte_of_any_page(crawled):
    _, _, before, marked = crawled
    assert changed(before, marked) == []


def test_the_crawl_reaches_what_is_public(town, crawled):
    _, _, before, _ = crawled
    reached = {where for where, (status, _, _) in before.items() if status < 400}
    assert {"/", "/massnahmen/", *town.addresses} - reached == set()


def test_no_public_page_breaks(crawled):
    _, _, before, _ = crawled
    assert {where: status for where, (status, _, _) in before.items() if status >= 500} == {}


def test_public_modules_name_nothing_that_the_domain_keeps_inside(crawled):
    named, *_ = crawled
    assert {f"{field.model._meta.label}.{field.name}" for field in named} & KEPT_INSIDE == set()


def test_every_internal_text_carries_a_marker(crawled):
    """In at least one row each, so that a new column is covered by itself and a new table has to be given a row."""
    named, marking, *_ = crawled
    carried = {where.split(" of row ")[0] for where in marking.written.values()}
    internal = {
        f"{model._meta.label}.{field.name}"
        for model in tables()
        if model.__module__.startswith(OUR_APPS)
        for field in columns(model)
        if can_carry(field) and field not in named
    }
    assert internal - carried == set()


OUR_APPS = tuple(
    config.name
    for config in apps.get_app_configs()
    if "site-packages" not in config.path and config.label not in FRAMEWORK
)


def test_an_event_of_a_measure_that_is_no_longer_public_is_gone(crawled):
    _, _, before, _ = crawled
    assert [where for where, (_, _, content) in before.items() if "Zurückgenommene".encode() in content] == []


def shown_in(kind, town, marking):
    """What of the marked rows and columns stands in the HTML behind an edition made now."""
    html = write_html(collected(town, kind), None)
    return {marking.written[marker] for marker in markers_in(html.encode())}


def test_the_public_edition_shows_no_marker(town, crawled):
    assert shown_in(EditionKind.PUBLIC, town, crawled[1]) == set()


def test_the_council_edition_shows_neither_persons_nor_notes_nor_what_is_confidential(town, crawled):
    shown = shown_in(EditionKind.COUNCIL, town, crawled[1])
    confidential = f" of row {town.confidential.pk}"
    assert {where for where in shown if where.split(" of row ")[0] in KEPT_INSIDE} == set()
    assert {
        where for where in shown if where.startswith("masterplan.Measure.") and where.endswith(confidential)
    } == set()


def test_a_reader_of_markup_finds_what_the_annex_shows(town, crawled):
    shown = shown_in(EditionKind.CONFIDENTIAL_ANNEX, town, crawled[1])
    assert f"masterplan.Measure.title of row {town.confidential.pk}" in shown


def test_a_mail_to_someone_outside_shows_no_marker(crawled):
    sent = Client().post("/anmelden/passwort/", {"email": "niemand@stadt.example"})
    assert (sent.status_code, [markers_in(str(message.message()).encode()) for message in mail.outbox]) == (302, [])


def looked_at(where, marking):
    cache.clear()
    response = Client(raise_request_exception=False).get(where)
    return leaks({where: (response.status_code, response.headers, response.content)}, marking)


def test_a_public_function_that_takes_the_internal_notes_is_found(town, crawled, monkeypatch):
    """As one would write it by mistake: a further column in the place of a public one."""
    marking, slug = crawled[1], Measure.objects.published().values_list("slug", flat=True)[0]
    monkeypatch.setattr(profile, "TEXTS", ("internal_notes", *profile.TEXTS[1:]))
    (leak,) = looked_at(f"/massnahmen/{slug}/", marking)
    assert leak.startswith(f"/massnahmen/{slug}/ shows masterplan.Measure.internal_notes of row ")


def test_a_list_that_forgets_to_ask_what_is_published_is_found(crawled, monkeypatch):
    monkeypatch.setattr(MeasureQuerySet, "published", MeasureQuerySet.current)
    assert any("masterplan.Measure.title" in leak for leak in looked_at("/massnahmen/?sortierung=nummer", crawled[1]))


def test_a_reason_written_inside_is_found_where_events_are_shown_unasked(crawled, monkeypatch):
    monkeypatch.setattr(EventQuerySet, "marked_public", lambda events: events)
    found = {
        leak.split(" shows ")[1].split(" of row ")[0]
        for where in told(crawled)
        for leak in looked_at(where, crawled[1])
    }
    assert "ground.Event.reason" in found


def told(crawled):
    """Pages of a few measures that have a history."""
    return [where for where in crawled[2] if where.startswith("/massnahmen/") and where.count("/") == 3][:6]
