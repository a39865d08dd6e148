"""Who sees which edition, and what the pages say."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import Function, Role
from council.models import CommitteeKind, Membership
from masterplan.models import Measure, Visibility
from masterplan.publishing import set_visibility
from reporting.context import NOT_PUBLIC
from reporting.freezing import freeze
from reporting.models import Draft, Edition, Release, Report
from reporting.opening import open_report
from reporting.releasing import release
from tests.builders import appoint, make_committee, make_measure, make_user
from tests.reporting.conftest import FROZEN_AT, H2
from tests.reporting.stand_ins import PDF, make_files

COUNCIL, PUBLIC, ANNEX = "COUNCIL", "PUBLIC", "CONFIDENTIAL_ANNEX"
ALL, HOUSE, NOBODY = {COUNCIL, PUBLIC, ANNEX}, {COUNCIL, PUBLIC}, set()


def person(kind, world):
    if kind in Function.values:
        user = make_user(Role.ADMINISTRATION)
        appoint(user, Function(kind))
        return user
    if kind in Role.values:
        return make_user(Role(kind))
    user = make_user(Role.ADMINISTRATION if kind == "clerk entered as a member" else Role.COUNCIL)
    committee, until = world.committee, None
    if kind == "member of the council":
        committee = make_committee(world.committee.term, name="Rat", kind=CommitteeKind.COUNCIL, receives_reports=False)
    elif kind == "member of another committee":
        committee = make_committee(world.committee.term, name="Bauausschuss", receives_reports=False)
    elif kind == "former member":
        until = date(2025, 12, 31)
    Membership.objects.create(committee=committee, user=user, start_date=date(2022, 1, 1), end_date=until)
    return user


@pytest.mark.parametrize(
    ("kind", "frozen", "released"),
    [
        ("COUNCIL", NOBODY, HOUSE),
        ("member of the committee", NOBODY, ALL),
        ("member of the council", NOBODY, ALL),
        ("member of another committee", NOBODY, HOUSE),
        ("former member", NOBODY, HOUSE),
        ("clerk entered as a member", NOBODY, HOUSE),
        ("ADMINISTRATION", NOBODY, HOUSE),
        ("IT", NOBODY, HOUSE),
        ("COUNCIL_OFFICE", NOBODY, HOUSE),
        ("TREASURY", NOBODY, HOUSE),
        ("DATA_PROTECTION", NOBODY, HOUSE),
        ("SYSTEM_ADMINISTRATOR", NOBODY, {PUBLIC}),
        ("DIGITAL_OFFICER", ALL, ALL),
        ("DEPUTY_DIGITAL_OFFICER", ALL, ALL),
        ("ADMINISTRATION_HEAD", ALL, ALL),
    ],
)
def test_who_sees_which_edition_before_and_after_the_release(world, snapshot, kind, frozen, released):
    user, client = person(kind, world), Client()
    client.force_login(user, backend="accounts.backends.RoleBackend")

    def seen():
        return {
            edition.kind
            for edition in snapshot.editions.all()
            if client.get(reverse("report_document", args=[edition.pk])).status_code == 200
        }

    before = seen()
    release(report_id=world.report.pk, by=world.head)
    assert (before, seen()) == (frozen, released)


PAGES = (
    "/berichte/2026-h2/",
    "/berichte/2026-h2.pdf",
    "/berichte/2026-h2/fassung-1/",
    "/berichte/2026-h2/fassung-1.pdf",
)


def test_the_public_pages_exist_from_the_release_on(world, snapshot):
    client = Client()
    assert [client.get(page).status_code for page in PAGES] == [404] * 4
    release(report_id=world.report.pk, by=world.head)
    assert [client.get(page).status_code for page in PAGES] == [200] * 4
    assert client.get("/berichte/2026-h2/fassung-2/").status_code == 404
    assert client.get("/berichte/2026-h2.pdf").content == PDF


@pytest.mark.parametrize("page", ["public_reports", "council_room"])
def test_a_list_of_reports_costs_the_same_for_one_and_for_three(world, snapshot, page):
    client = Client()
    client.force_login(person("member of the committee", world), backend="accounts.backends.RoleBackend")

    def queries():
        with CaptureQueriesContext(connection) as caught:
            text = client.get(reverse(page), {"neu": Report.objects.count()}).content.decode()
        assert [report.period.label in text for report in Report.objects.all()] == [True] * Report.objects.count()
        return len(caught)

    release(report_id=world.report.pk, by=world.head)
    one = queries()
    for period in (H2.previous(), H2.next()):
        report = open_report(period=period, committee=world.committee, by=world.officer)
        make_files(freeze(report_id=report.pk, by=world.officer, now=FROZEN_AT))
        release(report_id=report.pk, by=world.head)
    assert queries() == one


def test_the_council_room_reads_only_the_texts_that_it_shows(world, snapshot):
    client = Client()
    client.force_login(person("member of the committee", world), backend="accounts.backends.RoleBackend")
    release(report_id=world.report.pk, by=world.head)
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse("council_room"))
    assert ["kind" in query["sql"] for query in caught if '"payload"' in query["sql"]] == [False]


@pytest.mark.parametrize("address", ["0000-h2/", "9999-h1/", "0000-h1.pdf", "9999-h2/fassung-1/"])
def test_a_year_that_is_none_has_no_page(db, address):
    assert Client().get(f"/berichte/{address}").status_code == 404


def test_the_list_says_that_its_totals_leave_out_what_is_not_public(world, snapshot):
    release(report_id=world.report.pk, by=world.head)
    text = Client().get("/berichte/").content.decode()
    assert ("Maßnahme" in text, NOT_PUBLIC in text) == (True, True)


def test_the_public_page_is_the_same_for_everyone_and_says_nothing_internal(world, snapshot):
    release(report_id=world.report.pk, by=world.head)
    inside = Client()
    inside.force_login(world.officer, backend="accounts.backends.RoleBackend")
    page = Client().get("/berichte/2026-h2/")
    text = page.content.decode()
    assert inside.get("/berichte/2026-h2/").content == page.content
    assert page.cookies == {}
    assert "Sichtbare Sache" in text
    assert [word for word in ("Interne Sache", "Geheime Sache") if word in text] == []
    assert (snapshot.code in text, snapshot.sha256 in text) == (True, True)


def test_a_reported_measure_is_linked_only_while_it_is_public(world, snapshot):
    release(report_id=world.report.pk, by=world.head)
    measure = Measure.objects.get(title="Sichtbare Sache")
    link, page = f'href="/massnahmen/{measure.slug}/"', "/berichte/2026-h2/"
    assert link in Client().get(page).content.decode()
    set_visibility(measure_ids=[measure.pk], visibility=Visibility.INTERNAL, reason="Irrtum", by=world.officer)
    text = Client().get(page).content.decode()
    assert (link in text, "Sichtbare Sache" in text) == (False, True)


@pytest.fixture
def head(world):
    client = Client()
    client.force_login(world.head, backend="accounts.backends.RoleBackend")
    return client


def test_the_release_is_confirmed_on_a_page_that_says_what_it_does(world, head, snapshot):
    Edition.objects.update(pages=34)
    where = reverse("report_release", args=[world.report.pk])
    text = head.get(where).content.decode()
    told = ["1. Fassung", snapshot.code, snapshot.sha256[:12], "34\xa0Seiten", "für alle, auf der öffentlichen Seite"]
    told += ["für Rat und Ausschüsse", "nur für Mitglieder, die Zugang haben", "lässt sich nicht zurücknehmen"]
    assert [words for words in told if words not in text] == []
    assert (Release.objects.count(), 'name="version" value="2"' in text) == (0, True)
    head.post(where, {"version": 2})
    assert Release.objects.get().by == world.head


def test_what_cannot_be_released_says_why_instead(world, head):
    where = reverse("report_release", args=[world.report.pk])
    assert "Der Bericht ist noch in Arbeit" in head.get(where, follow=True).content.decode()
    freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    assert "noch nicht alle fertig" in head.get(where, follow=True).content.decode()


def test_a_release_that_would_show_what_is_no_longer_public_says_so(world, head, snapshot):
    measure = Measure.objects.get(title="Sichtbare Sache")
    set_visibility(measure_ids=[measure.pk], visibility=Visibility.INTERNAL, reason="Irrtum", by=world.officer)
    where = reverse("report_release", args=[world.report.pk])
    said = "seit dem Einfrieren weniger Menschen sehen dürfen"
    assert said in head.get(where, follow=True).content.decode()
    head.post(where, {"version": 2})
    assert Release.objects.count() == 0


def test_a_failed_file_shows_its_reason_and_a_retry(world, officer):
    made = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    made.editions.filter(kind=PUBLIC).update(state="FAILED", error="MemoryError: zu groß")
    text = officer.get(reverse("report_edit", args=[world.report.pk])).content.decode()
    assert ("MemoryError: zu groß" in text, "Noch einmal erstellen" in text) == (True, True)
    officer.post(reverse("report_retry", args=[made.editions.get(kind=PUBLIC).pk]))
    assert Edition.objects.get(kind=PUBLIC).state == "WAITING"


def test_while_files_are_made_the_page_asks_again(world, officer):
    made = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    where = reverse("report_progress", args=[world.report.pk])
    part = officer.get(where, headers={"HX-Request": "true"})
    assert "data-hx-get" in part.content.decode()
    make_files(made)
    assert officer.get(where, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_officer_asks_for_a_draft_and_reads_it_when_it_is_there(world, officer):
    pages = [reverse(name, args=[world.report.pk, "rat"]) for name in ("report_draft", "report_draft_file")]
    where = reverse("report_edit", args=[world.report.pk])
    assert [officer.get(page).status_code for page in pages] == [405, 404]
    assert officer.post(pages[0]).url == f"{where}#entwurf"
    progress = reverse("report_progress", args=[world.report.pk])
    assert "data-hx-get" in officer.get(progress, headers={"HX-Request": "true"}).content.decode()
    Draft.objects.update(state="READY", content=PDF, pages=12)
    assert officer.get(progress, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    texts = ["12\xa0Seiten", pages[1], "Entwurf neu erstellen"]
    assert [text in officer.get(where).content.decode() for text in texts] == [True] * 3
    assert officer.get(pages[1]).content == PDF


def test_who_only_releases_gets_no_button_for_a_draft(head, world, officer):
    where = reverse("report_progress", args=[world.report.pk])
    officer.post(reverse("report_draft", args=[world.report.pk, "rat"]))
    asked = [who.get(where, headers={"HX-Request": "true"}).content.decode() for who in (officer, head)]
    assert ["Entwurf erstellen" in text for text in asked] == [True, False]


@pytest.mark.parametrize("change", ["text", "measure"])
def test_the_page_says_of_a_draft_that_something_changed_since(world, officer, change):
    where = reverse("report_edit", args=[world.report.pk])
    officer.post(reverse("report_draft", args=[world.report.pk, "oeffentlichkeit"]))
    Draft.objects.update(state="READY", content=PDF)
    said = "Seither hat sich etwas" in officer.get(where).content.decode()
    if change == "text":
        officer.post(where, {"assessment": "Neuer Text", "version": 1})
    else:
        make_measure("Neue Sache", visibility=Visibility.PUBLIC, now=timezone.now())
    assert (said, "Seither hat sich etwas" in officer.get(where).content.decode()) == (False, True)


def test_the_page_of_a_report_costs_the_same_with_its_drafts(world, officer):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            officer.get(reverse("report_edit", args=[world.report.pk]))
        return len(caught)

    queries()
    without = queries()
    for slug in ("rat", "oeffentlichkeit"):
        officer.post(reverse("report_draft", args=[world.report.pk, slug]))
    Draft.objects.update(state="READY", content=PDF)
    assert queries() == without


def test_the_list_names_each_half_year(world, officer):
    page = officer.get(reverse("reports"))
    assert H2.label in page.content.decode()


def test_the_council_finds_its_report(world, snapshot):
    client = Client()
    client.force_login(person("member of the committee", world), backend="accounts.backends.RoleBackend")
    assert "Noch kein Bericht" in client.get(reverse("council_room")).content.decode()
    release(report_id=world.report.pk, by=world.head)
    text = client.get(reverse("council_room")).content.decode()
    assert [label in text for label in (H2.label, "Ausgabe Rat", "Nichtöffentliche Anlage")] == [True] * 3
