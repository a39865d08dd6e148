"""Terms, committees, memberships and meetings as the Ratsbüro keeps them: what is written, refused and told."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Function, Role
from council.models import CommitteeKind, Meeting, Membership
from council.sitting import AlreadySo, Contradicts, IsCancelled, ReasonMissing, amend, cancel, enter, reinstate
from ground.models import Event, PublicVersion
from tests.builders import NOW, TODAY, appoint, make_committee, make_meeting, make_term, make_user

pytestmark = pytest.mark.django_db


def told(row):
    events = Event.objects.about(row).order_by("pk").values_list("title", "before", "after", "reason")
    return [tuple(text.replace("\u00a0", " ") for text in event) for event in events]


def test_a_meeting_is_entered_moved_cancelled_and_reinstated_with_its_reasons() -> None:
    version = PublicVersion.current().number
    meeting = enter(row=Meeting(committee=make_committee(), start=NOW), by=None)
    meeting.start = NOW + timedelta(days=7)
    amend(row=meeting, changed={"start": "Beginn"}, reason="Saal belegt", by=None)
    cancel(meeting_id=meeting.pk, reason="Vorsitz erkrankt", by=None)
    reinstate(meeting_id=meeting.pk, by=None)

    assert told(meeting) == [
        ("Sitzung eingetragen", "", "Digitales, 22.11.2026", ""),
        ("Sitzung verschoben", "Sonntag, 22.11.2026, 12:00 Uhr", "Sonntag, 29.11.2026, 12:00 Uhr", "Saal belegt"),
        ("Sitzung abgesagt", "", "", "Vorsitz erkrankt"),
        ("Sitzung findet doch statt", "", "", ""),
    ]
    assert PublicVersion.current().number == version + 4


def test_the_journal_tells_what_changed_beside_the_time() -> None:
    meeting = make_meeting(make_committee(), NOW)
    meeting.start, meeting.location = NOW + timedelta(days=7), "Aula"
    amend(row=meeting, changed={"start": "Beginn", "location": "Ort"}, reason="Saal belegt", by=None)
    (entry,) = told(meeting)
    assert entry[2] == "Sonntag, 29.11.2026, 12:00 Uhr; auch geändert: Ort"


def test_a_cancelled_meeting_is_not_changed() -> None:
    meeting = make_meeting(make_committee(), NOW, cancelled=True)
    with pytest.raises(IsCancelled):
        amend(row=meeting, changed={"location": "Ort"}, by=None)


def test_the_journal_names_no_member() -> None:
    member = make_user(Role.COUNCIL, name="Erika Muster")
    seat = enter(row=Membership(committee=make_committee(), user=member, start_date=TODAY), by=None)
    assert told(seat) == [("Mitgliedschaft eingetragen", "", "Digitales", "")]


def test_a_cancelled_meeting_keeps_its_reason_and_is_no_longer_coming() -> None:
    meeting = make_meeting(make_committee(), NOW + timedelta(days=1))
    cancel(meeting_id=meeting.pk, reason="Vorsitz erkrankt", by=None)
    meeting.refresh_from_db()
    assert (meeting.cancelled_because, list(Meeting.objects.upcoming(NOW))) == ("Vorsitz erkrankt", [])


def test_nobody_moves_or_cancels_without_a_reason() -> None:
    meeting = make_meeting(make_committee(), NOW)
    meeting.start = NOW + timedelta(days=7)
    for attempt in (
        lambda: amend(row=meeting, changed={"start": "Beginn"}, reason=" ", by=None),
        lambda: cancel(meeting_id=meeting.pk, reason=" ", by=None),
    ):
        with pytest.raises(ReasonMissing):
            attempt()
    assert Meeting.objects.values_list("start", "cancelled").get() == (NOW, False)


def test_a_meeting_is_cancelled_and_reinstated_once() -> None:
    meeting = make_meeting(make_committee(), NOW)
    with pytest.raises(AlreadySo):
        reinstate(meeting_id=meeting.pk, by=None)
    cancel(meeting_id=meeting.pk, reason="Vorsitz erkrankt", by=None)
    with pytest.raises(AlreadySo):
        cancel(meeting_id=meeting.pk, reason="noch einmal", by=None)


def test_saving_without_a_change_leaves_no_trace() -> None:
    committee = make_committee()
    amend(row=committee, changed={}, by=None)
    assert told(committee) == []


@pytest.mark.parametrize("role", list(Role))
def test_no_role_alone_keeps_meetings(role) -> None:
    user, meeting = make_user(role), make_meeting(make_committee(), NOW)
    for attempt in (
        lambda: enter(row=Meeting(committee=meeting.committee, start=NOW), by=user),
        lambda: amend(row=meeting, changed={"location": "Ort"}, by=user),
        lambda: cancel(meeting_id=meeting.pk, reason="x", by=user),
        lambda: reinstate(meeting_id=meeting.pk, by=user),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_the_ratsbuero_keeps_meetings() -> None:
    office, meeting = make_user(Role.ADMINISTRATION), make_meeting(make_committee(), NOW)
    appoint(office, Function.COUNCIL_OFFICE)
    cancel(meeting_id=meeting.pk, reason="Vorsitz erkrankt", by=office)
    assert Event.objects.get().author == office


OWN, PUBLIC, CLOSED = "own closed committee", "public committee", "another closed committee"
EVERYTHING = {OWN, PUBLIC, CLOSED}
READERS = {
    "nobody in a committee": (Role.COUNCIL, None, {PUBLIC}),
    "member of the closed committee": (Role.COUNCIL, CommitteeKind.COMMITTEE, {PUBLIC, OWN}),
    "member of the council": (Role.COUNCIL, CommitteeKind.COUNCIL, EVERYTHING),
    "administration": (Role.ADMINISTRATION, None, EVERYTHING),
    "it": (Role.IT, None, EVERYTHING),
    "officer": (Role.DIGITAL_OFFICER, None, EVERYTHING),
    "system administrator": (Role.SYSTEM_ADMINISTRATOR, None, set()),
}


@pytest.mark.parametrize(("role", "sits_in", "sees"), READERS.values(), ids=READERS)
@pytest.mark.parametrize("lasts", [True, False], ids=["while the membership lasts", "after it"])
def test_each_reader_sees_the_meetings_that_the_law_opens(role, sits_in, sees, lasts) -> None:
    user, term = make_user(role), make_term("2021–2031", date(2021, 11, 1))
    kinds = {OWN: False, PUBLIC: True, CLOSED: False}
    committees = {
        name: make_committee(term, name=name, receives_reports=False, meets_in_public=in_public)
        for name, in_public in kinds.items()
    }
    meetings = {make_meeting(one, NOW): name for name, one in committees.items()}
    if sits_in:
        rat = make_committee(term, name="Rat", kind=CommitteeKind.COUNCIL, receives_reports=False)
        seat = rat if sits_in == CommitteeKind.COUNCIL else committees[OWN]
        last_day = None if lasts else TODAY - timedelta(days=1)
        Membership.objects.create(committee=seat, user=user, start_date=date(2022, 1, 1), end_date=last_day)

    seen = {meetings[one] for one in Meeting.objects.visible_to(user, TODAY)}

    assert seen == (sees if lasts or not sits_in else {PUBLIC})


def test_what_contradicts_the_rows_of_others_is_not_entered() -> None:
    seat = enter(row=Membership(committee=make_committee(), user=make_user(), start_date=TODAY), by=None)
    term = seat.committee.term
    term.start_date = TODAY + timedelta(days=1)
    again = Membership(committee=seat.committee, user=seat.user, start_date=TODAY + timedelta(days=9))
    for attempt in (
        lambda: enter(row=again, by=None),
        lambda: amend(row=term, changed={"start_date": "erster Tag"}, by=None),
    ):
        with pytest.raises(Contradicts):
            attempt()
    assert (Membership.objects.count(), Event.objects.count()) == (1, 1)


def test_a_meeting_is_not_reinstated_outside_its_term() -> None:
    meeting = make_meeting(make_committee(), NOW, cancelled=True, cancelled_because="Auflösung")
    term = meeting.committee.term
    term.start_date = TODAY + timedelta(days=1)
    amend(row=term, changed={"start_date": "erster Tag"}, by=None)
    with pytest.raises(Contradicts):
        reinstate(meeting_id=meeting.pk, by=None)
    assert Meeting.objects.get().cancelled
