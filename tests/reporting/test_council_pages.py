"""The report as a page for each audience, and on the agenda of its meeting."""

import pytest
from django.urls import reverse

from accounts.access import Function, Role
from council.models import Meeting
from reporting.context import ONLY_NOT_PUBLIC
from reporting.freezing import correct
from reporting.models import Report
from reporting.releasing import release
from tests.builders import make_meeting, make_user
from tests.reporting.conftest import signed_in, words
from tests.reporting.stand_ins import make_files
from tests.reporting.test_pages import ALL, HOUSE, NOBODY, person

TITLE = "Statusbericht 2. Halbjahr 2026"


@pytest.mark.parametrize(
    ("kind", "frozen", "released"),
    [
        ("COUNCIL", NOBODY, HOUSE),
        ("member of the committee", NOBODY, ALL),
        ("member of another committee", NOBODY, HOUSE),
        ("former member", NOBODY, HOUSE),
        ("ADMINISTRATION", NOBODY, HOUSE),
        ("COUNCIL_OFFICE", NOBODY, HOUSE),
        ("DIGITAL_OFFICER", ALL, ALL),
        ("ADMINISTRATION_HEAD", ALL, ALL),
    ],
)
def test_a_page_is_shown_to_whom_the_file_is_shown(world, snapshot, kind, frozen, released):
    client = signed_in(person(kind, world))

    def seen(page):
        return {
            edition.kind
            for edition in snapshot.editions.all()
            if client.get(reverse(page, args=[edition.pk])).status_code == 200
        }

    before = seen("report_page")
    release(report_id=world.report.pk, by=world.head)
    assert (before, seen("report_page"), seen("council_report")) == (frozen, released, released)


def page(client, snapshot, kind):
    return words(client.get(reverse("council_report", args=[snapshot.editions.get(kind=kind).pk])))


def test_each_page_tells_what_its_edition_tells(world, snapshot):
    client = signed_in(world.officer)
    titles = ("Sichtbare Sache", "Interne Sache", "Geheime Sache", ONLY_NOT_PUBLIC)
    texts = {kind: page(client, snapshot, kind) for kind in ("COUNCIL", "PUBLIC", "CONFIDENTIAL_ANNEX")}
    assert {kind: [title in text for title in titles] for kind, text in texts.items()} == {
        "COUNCIL": [True, True, False, False],
        "PUBLIC": [True, False, False, False],
        "CONFIDENTIAL_ANNEX": [False, False, True, True],
    }


def test_a_page_says_that_it_is_not_released_and_later_that_it_is_replaced(world, snapshot):
    client = signed_in(world.officer)
    said = ("Noch nicht freigegeben", "Diese Fassung ist ersetzt")

    def told():
        return [one in page(client, snapshot, "COUNCIL") for one in said]

    before = told()
    release(report_id=world.report.pk, by=world.head)
    now = told()
    make_files(correct(report_id=world.report.pk, reason="Zahl", expected_version=None, by=world.officer))
    release(report_id=world.report.pk, by=world.head)
    assert (before, now, told()) == ([True, False], [False, False], [False, True])


def test_the_council_room_leads_to_the_page_and_to_the_file(world, snapshot):
    release(report_id=world.report.pk, by=world.head)
    text = words(signed_in(person("member of the committee", world)).get(reverse("council_room")))
    shown = snapshot.editions.exclude(kind="PUBLIC")
    links = [reverse(name, args=[one.pk]) for one in shown for name in ("council_report", "council_document")]
    assert [link for link in links if f'"{link}"' not in text] == []


MAY_SEE_EARLY = ("DIGITAL_OFFICER", "DEPUTY_DIGITAL_OFFICER", "ADMINISTRATION_HEAD")


@pytest.mark.parametrize(
    "kind",
    [
        "COUNCIL",
        "member of the committee",
        "ADMINISTRATION",
        "IT",
        *(one.value for one in Function),
        "DIGITAL_OFFICER",
    ],
)
def test_a_meeting_lists_its_report_once_one_may_see_it(world, snapshot, kind):
    client, meeting = signed_in(person(kind, world)), reverse("meeting", args=[Meeting.objects.get().pk])
    before = TITLE in words(client.get(meeting))
    release(report_id=world.report.pk, by=world.head)
    text = words(client.get(meeting))
    council = reverse("council_report", args=[snapshot.editions.get(kind="COUNCIL").pk])
    assert (before, TITLE in text, f'"{council}"' in text) == (kind in MAY_SEE_EARLY, True, True)


def test_before_the_release_the_meeting_leads_to_where_the_report_is_made(world, officer):
    text = words(officer.get(reverse("meeting", args=[Meeting.objects.get().pk])))
    assert ("noch nicht freigegeben" in text, reverse("report_edit", args=[world.report.pk]) in text) == (True, True)


def test_another_meeting_lists_nothing(world, officer):
    other = make_meeting(world.committee)
    assert TITLE not in words(officer.get(reverse("meeting", args=[other.pk])))


def test_a_meeting_lists_the_newest_released_fassung(world, snapshot):
    client = signed_in(make_user(Role.COUNCIL))
    release(report_id=world.report.pk, by=world.head)
    second = correct(report_id=world.report.pk, reason="Zahl", expected_version=None, by=world.officer)
    make_files(second)
    meeting = reverse("meeting", args=[Report.objects.get().meeting_id])
    links = [reverse("council_report", args=[one.editions.get(kind="COUNCIL").pk]) for one in (snapshot, second)]
    waiting = [link in words(client.get(meeting)) for link in links]
    release(report_id=world.report.pk, by=world.head)
    assert (waiting, [link in words(client.get(meeting)) for link in links]) == ([True, False], [False, True])
