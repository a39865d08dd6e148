"""What is frozen keeps the day it was made for; the pages say beside it what became of the meeting."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from council.models import Meeting
from council.sitting import amend, cancel, reinstate
from ground.models import PublicVersion
from reporting.context import meeting_since
from reporting.freezing import freeze
from reporting.models import Report
from reporting.opening import write_report
from reporting.payload import from_json
from reporting.releasing import release
from reporting.standing import standing
from tests.builders import TODAY, make_meeting, make_user
from tests.reporting.conftest import FROZEN_AT, signed_in, words
from tests.reporting.stand_ins import make_files

BEFORE, LATER = datetime(2026, 12, 8, 17, 30, tzinfo=UTC), datetime(2026, 12, 15, 17, 0, tzinfo=UTC)
MOVED = "Die Sitzung hat einen neuen Termin: 15.12.2026, 18:00\xa0Uhr."
CANCELLED = "Die Sitzung am 08.12.2026, 18:30\xa0Uhr wurde abgesagt."


@pytest.mark.parametrize(
    ("told", "start", "cancelled", "said"),
    [
        (BEFORE, BEFORE, False, ""),
        (None, None, False, ""),
        (None, BEFORE, True, ""),
        (BEFORE, LATER, False, MOVED),
        (BEFORE, BEFORE, True, CANCELLED),
        (BEFORE, LATER, True, "Die Sitzung am 15.12.2026, 18:00\xa0Uhr wurde abgesagt."),
        (BEFORE, None, False, "Die Sitzung ist noch nicht wieder bestimmt."),
        (None, BEFORE, False, "Die Sitzung ist inzwischen bestimmt: 08.12.2026, 18:30\xa0Uhr."),
    ],
)
def test_what_became_of_the_meeting_that_a_report_names(told, start, cancelled, said):
    assert meeting_since(told, start, cancelled=cancelled) == said


def move(world):
    meeting = Meeting.objects.get()
    meeting.start = LATER
    amend(row=meeting, changed={"start": "Beginn"}, reason="Saal belegt", by=None)


def call_off(world):
    cancel(meeting_id=Meeting.objects.get().pk, reason="Sturm", by=None)


def seen(user, page, *args):
    return words(signed_in(user).get(reverse(page, args=args)))


@pytest.mark.parametrize(("happens", "said"), [(move, MOVED), (call_off, CANCELLED)])
def test_every_page_of_a_released_report_says_what_became_of_its_meeting(world, snapshot, happens, said):
    release(report_id=world.report.pk, by=world.head)
    member = make_user(Role.COUNCIL)
    pages = [
        (world.officer, "report_edit", world.report.pk),
        (world.officer, "public_report", world.report.period),
        (member, "council_room"),
    ]
    assert [said in seen(*page) for page in pages] == [False] * 3
    happens(world)
    assert [said in seen(*page) for page in pages] == [True] * 3


@pytest.mark.parametrize(("happens", "said"), [(move, MOVED), (call_off, CANCELLED)])
def test_who_releases_is_told_what_became_of_the_meeting(world, snapshot, happens, said):
    page = (world.head, "report_release", world.report.pk)
    assert said not in seen(*page)
    happens(world)
    assert said in seen(*page)


def test_what_is_frozen_keeps_its_day(world, snapshot):
    texts = list(snapshot.editions.values_list("payload", flat=True))
    move(world)
    assert list(snapshot.editions.values_list("payload", flat=True)) == texts
    assert {from_json(text).meeting for text in texts} == {BEFORE}


def test_a_meeting_that_takes_place_after_all_leaves_no_word(world, snapshot):
    call_off(world)
    reinstate(meeting_id=Meeting.objects.get().pk, by=None)
    assert "abgesagt" not in seen(world.officer, "report_edit", world.report.pk)


def test_a_report_frozen_for_a_cancelled_meeting_says_so_once_it_takes_place_after_all(world):
    call_off(world)
    freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    assert "inzwischen bestimmt" not in seen(world.officer, "report_edit", world.report.pk)
    reinstate(meeting_id=Meeting.objects.get().pk, by=None)
    assert "inzwischen bestimmt" in seen(world.officer, "report_edit", world.report.pk)


def new_fassung(officer, report, meeting):
    """As sent from its page; "" is the choice of no meeting."""
    where = reverse("report_correct", args=[report.pk])
    sent = {"reason": "Andere Sitzung", "assessment": "", "version": Report.objects.get().version, "meeting": meeting}
    assert officer.post(where, sent).status_code == 302
    made = report.snapshots.latest("fassung")
    return [from_json(text).meeting for text in made.editions.values_list("payload", flat=True)]


def test_a_frozen_report_gets_another_meeting_with_a_new_fassung(world, officer, snapshot):
    texts, public = list(snapshot.editions.values_list("payload", flat=True)), ("public_report", world.report.period)
    release(report_id=world.report.pk, by=world.head)
    call_off(world)
    other, number = make_meeting(world.committee, LATER), PublicVersion.current().number
    assert new_fassung(officer, world.report, "") == [None] * 3
    assert "noch nicht wieder bestimmt" in seen(world.officer, *public)
    assert new_fassung(officer, world.report, other.pk) == [LATER] * 3
    assert MOVED in seen(world.officer, *public)
    assert PublicVersion.current().number == number + 2
    assert list(snapshot.editions.values_list("payload", flat=True)) == texts


def test_a_released_fassung_without_a_meeting_says_when_it_is_by_now(world, officer):
    meeting = Meeting.objects.get()
    write_report(report_id=world.report.pk, assessment="", meeting=None, expected_version=None, by=world.officer)
    make_files(freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT))
    release(report_id=world.report.pk, by=world.head)
    assert new_fassung(officer, world.report, meeting.pk) == [BEFORE] * 2
    assert "inzwischen bestimmt" in seen(world.officer, "public_report", world.report.period)


def test_a_report_frozen_for_a_cancelled_meeting_names_none(world):
    call_off(world)
    snapshot = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    assert {from_json(text).meeting for text in snapshot.editions.values_list("payload", flat=True)} == {None}


def meeting_on_the_desk(user):
    return standing(User.objects.get(pk=user.pk), TODAY).meeting


def test_the_desk_names_the_last_day_for_papers_as_it_is_today(world):
    Meeting.objects.update(papers_due=date(2026, 11, 30))
    assert meeting_on_the_desk(world.officer) == (
        "Sitzung am Dienstag, 08.12.2026, 18:30\xa0Uhr, in 16\xa0Tagen; Vorlagenschluss am 30.11.2026, in 8\xa0Tagen"
    )
    meeting = Meeting.objects.get()
    meeting.start, meeting.papers_due = LATER, date(2026, 12, 7)
    amend(row=meeting, changed={"start": "Beginn", "papers_due": "Vorlagenschluss"}, reason="Saal belegt", by=None)
    assert meeting_on_the_desk(world.officer) == (
        "Sitzung am Dienstag, 15.12.2026, 18:00\xa0Uhr, in 23\xa0Tagen; Vorlagenschluss am 07.12.2026, in 15\xa0Tagen"
    )


def test_the_desk_says_that_the_meeting_is_cancelled(world):
    call_off(world)
    assert meeting_on_the_desk(world.officer) == "Die Sitzung am Dienstag, 08.12.2026, 18:30\xa0Uhr ist abgesagt."


def test_the_page_of_a_report_names_the_last_day_for_papers_as_it_is_today(world):
    Meeting.objects.update(papers_due=date(2026, 11, 30))
    page = (world.officer, "report_edit", world.report.pk)
    assert "30.11.2026" in seen(*page)
    Meeting.objects.update(papers_due=date(2026, 12, 7))
    assert ["30.11.2026" in seen(*page), "07.12.2026" in seen(*page)] == [False, True]


@pytest.mark.parametrize("page", ["report_edit", "report_freeze"])
def test_while_it_is_written_the_pages_say_that_the_meeting_is_cancelled(world, page):
    assert "Die Sitzung ist abgesagt" not in seen(world.officer, page, world.report.pk)
    call_off(world)
    assert "Die Sitzung ist abgesagt" in seen(world.officer, page, world.report.pk)


def test_the_list_of_reports_says_that_a_meeting_is_cancelled(world):
    call_off(world)
    assert "08.12.2026, 18:30\xa0Uhr (abgesagt)" in seen(world.officer, "reports")
