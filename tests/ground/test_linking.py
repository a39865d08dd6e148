"""Signed links: what opens, what does not, what is stored, and that looking changes nothing."""

import logging
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ground import logs
from ground.link_page import WroteWhileLooking
from ground.linking import (
    LinkExpired,
    LinkForged,
    LinkRevoked,
    address_of,
    make_link,
    open_link,
    revoke,
    token_of,
)
from ground.models import Event, PublicVersion, SignedLink
from ground.posting.sweeping import sweep_mails
from tests.builders import NOW, make_user

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.link_addresses"


def a_link(**fields):
    usual = {"purpose": "probe_by_link", "subject": "user:12", "expires_at": NOW + WEEK}
    return make_link(**{**usual, **fields}, now=NOW, by=None)


def where(link):
    return reverse(link.purpose, args=[token_of(link)])


@pytest.fixture
def link():
    now = timezone.now()
    return make_link(purpose="probe_by_link", subject="user:12", expires_at=now + WEEK, now=now, by=None)


def test_a_token_opens_its_link_and_is_stored_nowhere():
    link = a_link()

    assert open_link(token_of(link), purpose="probe_by_link", now=NOW) == link
    assert token_of(link) not in str(SignedLink.objects.values())


def test_two_links_for_the_same_thing_have_tokens_of_their_own():
    assert len({token_of(a_link()) for _ in range(20)}) == 20


def changed(token, place):
    return token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]


FORGED = {
    **{f"letter {place} changed": lambda token, place=place: changed(token, place) for place in (0, 15, 16, 39)},
    "cut off": lambda token: token[:-1],
    "one letter more": lambda token: f"{token}A",
    "without a signature": lambda token: token[:16],
    "nothing": lambda token: "",
    "of another alphabet": lambda token: "ä" * 40,
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_token_that_was_not_made_here_opens_nothing(forge):
    token = token_of(a_link())

    with pytest.raises(LinkForged):
        open_link(forge(token), purpose="probe_by_link", now=NOW)


def test_a_token_opens_only_what_it_was_made_for():
    with pytest.raises(LinkForged):
        open_link(token_of(a_link()), purpose="other_by_link", now=NOW)


@pytest.mark.parametrize("column", ["subject", "purpose"])
def test_a_row_that_someone_altered_opens_nothing(column):
    link = a_link()
    token = token_of(link)
    SignedLink.objects.update(**{column: "other_by_link"})

    with pytest.raises(LinkForged):
        open_link(token, purpose="other_by_link" if column == "purpose" else "probe_by_link", now=NOW)


def test_a_new_secret_key_ends_all_links(settings):
    token = token_of(a_link())
    settings.SECRET_KEY = "neu" * 20

    with pytest.raises(LinkForged):
        open_link(token, purpose="probe_by_link", now=NOW)


def test_a_link_ends_at_its_moment():
    link = a_link()
    last = NOW + WEEK - timedelta(seconds=1)

    assert open_link(token_of(link), purpose="probe_by_link", now=last) == link
    with pytest.raises(LinkExpired):
        open_link(token_of(link), purpose="probe_by_link", now=NOW + WEEK)


def test_a_revoked_link_opens_nothing_and_the_journal_says_who_revoked_it():
    link, again, elsewhere, by = a_link(), a_link(), a_link(subject="user:13"), make_user()

    assert revoke(purpose="probe_by_link", subject="user:12", by=by, reason="erledigt", now=NOW) == 2
    assert revoke(purpose="probe_by_link", subject="user:12", by=by, now=NOW) == 0
    for ended in (link, again):
        with pytest.raises(LinkRevoked):
            open_link(token_of(ended), purpose="probe_by_link", now=NOW)
    assert open_link(token_of(elsewhere), purpose="probe_by_link", now=NOW) == elsewhere
    assert list(Event.objects.filter(kind="link.revoked").values_list("author", "reason")) == [(by.pk, "erledigt")] * 2


def test_the_link_of_an_account_ends_with_the_account():
    user = make_user()
    link = a_link(for_user=user)
    assert open_link(token_of(link), purpose="probe_by_link", now=NOW) == link

    user.is_active = False
    user.save()

    with pytest.raises(LinkRevoked):
        open_link(token_of(link), purpose="probe_by_link", now=NOW)


@pytest.mark.parametrize(("days", "kept"), [(37, True), (38, False)])
def test_a_link_is_kept_a_month_beyond_its_end(days, kept):
    a_link()

    sweep_mails(now=NOW + timedelta(days=days))

    assert SignedLink.objects.exists() is kept


def test_a_page_by_link_needs_no_login_and_leaves_no_trace(client, link):
    answer = client.get(where(link))

    assert (answer.status_code, answer.content.decode()) == (200, "für user:12")
    assert {name: answer[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert client.cookies == {}


def test_opening_writes_nothing(client, link):
    PublicVersion.current()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(where(link))
        client.head(where(link))

    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_a_page_that_would_write_on_being_opened_is_refused(client, link):
    with pytest.raises(WroteWhileLooking), transaction.atomic():
        client.get(f"{where(link)}?schreiben=1")

    link.refresh_from_db()
    assert link.last_used_at is None


def test_sending_the_form_acts_and_is_noted(client, link):
    assert client.post(where(link)).content == b"gemeldet"
    link.refresh_from_db()
    assert link.last_used_at is not None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://anderswo.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({}, 200),
    ],
)
def test_a_form_from_elsewhere_does_not_act(link, headers, status):
    client = Client(enforce_csrf_checks=True)
    assert (client.post(where(link), headers=headers).status_code, client.cookies.keys()) == (status, set())


def end(link, how):
    ends = {"expired": {"created_at": NOW - WEEK, "expires_at": NOW}, "revoked": {"revoked_at": NOW}}
    SignedLink.objects.filter(pk=link.pk).update(**ends.get(how, {}))


REFUSED = {
    "forged": (404, "Dieser Link ist unvollständig"),
    "expired": (410, "Dieser Link ist abgelaufen"),
    "revoked": (410, "Dieser Link gilt nicht mehr"),
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("how", "said"), REFUSED.items())
def test_a_link_that_opens_nothing_says_what_to_do_and_nothing_else(client, link, how, said, method):
    end(link, how)
    address = where(link)[:-3] + "x/" if how == "forged" else where(link)

    answer = getattr(client, method)(address)

    text = answer.content.decode()
    assert (answer.status_code, said[1] in text, "Zur Anmeldung" in text) == (said[0], True, True)
    assert ("user:12" in text, token_of(link)[:16] in text) == (False, False)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_no_line_of_the_log_and_no_report_of_an_error_holds_a_token(client, link, caplog, monkeypatch):
    client.raise_request_exception = False
    line = logs.Formatter("%(name)s %(message)s")
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    for address in (where(link), f"{where(link)}?fehler=1", f"{where(link)[:-3]}x/"):
        client.get(address)
    lines = [line.format(record) for record in caplog.records]

    assert token_of(link) in caplog.text
    assert [found for found in lines if link.nonce in found] == []
    assert [found for found in lines if found.startswith("requests GET /link/probe/<token>/ 200")]
    event = {
        "message": f"bei {where(link)}",
        "exception": {"values": [{"value": f"ValueError: {where(link)}"}]},
        "breadcrumbs": {"values": [{"message": "GET %s", "params": [where(link)]}]},
        "request": {"method": "GET", "url": where(link)},
        "level": 40,
    }
    assert logs._without_request_data(event, {}) == {
        "message": "bei /link/probe/…/",
        "exception": {"values": [{"value": "ValueError: /link/probe/…/"}]},
        "breadcrumbs": {"values": [{"message": "GET %s", "params": ["/link/probe/…/"]}]},
        "request": {"method": "GET"},
        "level": 40,
    }


def test_the_address_in_a_mail_is_whole(settings, link):
    assert address_of(link) == f"{settings.SITE_URL}/link/probe/{token_of(link)}/"
