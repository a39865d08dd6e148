from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.access import Role
from council.models import Committee, Meeting, Membership
from tests.builders import NOW, TODAY, make_committee, make_meeting, make_term, make_user

pytestmark = pytest.mark.django_db


def test_one_committee_of_a_term_receives_the_reports() -> None:
    committee = make_committee()
    with pytest.raises(IntegrityError):
        make_committee(committee.term, name="Anderer Ausschuss")


def test_the_committee_reported_to_is_the_one_of_the_day() -> None:
    old = make_term("2021–2026", date(2021, 11, 1), date(2026, 10, 31))
    before, after = make_committee(old), make_committee(make_term())
    days = [date(2026, 10, 31), date(2026, 11, 1)]
    assert [Committee.objects.of_day(day).reported_to().get() for day in days] == [before, after]


def test_the_coming_meeting_is_the_next_that_takes_place() -> None:
    committee = make_committee()
    make_meeting(committee, NOW - timedelta(days=1))
    make_meeting(committee, NOW + timedelta(days=1), cancelled=True)
    later = make_meeting(committee, NOW + timedelta(days=9))
    coming = make_meeting(committee, NOW + timedelta(days=2))
    assert list(Meeting.objects.upcoming(NOW)) == [coming, later]


def test_a_membership_counts_from_its_first_to_its_last_day() -> None:
    membership = Membership.objects.create(
        committee=make_committee(), user=make_user(), start_date=date(2026, 11, 1), end_date=date(2026, 11, 30)
    )
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)]
    assert [list(Membership.objects.held_on(day)) for day in days] == [[], [membership], [membership], []]


@pytest.mark.parametrize("role", list(Role))
def test_only_a_member_of_the_council_reads_what_a_committee_keeps_to_itself(role) -> None:
    own, user = make_committee(make_term("2021–2031", date(2021, 11, 1))), make_user(role)
    make_committee(own.term, name="Bauausschuss", receives_reports=False)
    Membership.objects.create(committee=own, user=user, start_date=date(2022, 1, 1))
    assert list(Committee.objects.open_to(user, TODAY)) == ([own] if role == Role.COUNCIL else [])


def test_only_a_cancelled_meeting_says_why_it_does_not_take_place() -> None:
    with pytest.raises(IntegrityError):
        make_meeting(make_committee(), NOW, cancelled_because="Vorsitz erkrankt")


def test_a_committee_meets_once_at_a_time() -> None:
    start = datetime(2026, 12, 8, 17, 30, tzinfo=UTC)
    meeting = make_meeting(make_committee(), start)
    with pytest.raises(IntegrityError):
        make_meeting(meeting.committee, start)


@pytest.mark.parametrize(
    ("first_day", "last_day", "refused"),
    [
        (date(2026, 11, 10), date(2026, 11, 20), True),
        (date(2026, 11, 1), date(2026, 11, 10), True),
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 1), None, True),
        (date(2026, 11, 1), date(2026, 11, 9), False),
        (date(2026, 11, 21), None, False),
    ],
)
def test_a_person_sits_in_a_committee_once_at_a_time(first_day, last_day, refused) -> None:
    held = Membership.objects.create(
        committee=make_committee(), user=make_user(), start_date=date(2026, 11, 10), end_date=date(2026, 11, 20)
    )
    new = Membership(committee=held.committee, user=held.user, start_date=first_day, end_date=last_day)
    sentence = (
        "Diese Person ist schon eingetragen: vom 10.11.2026 bis 20.11.2026. Die Tage dürfen sich nicht überschneiden."
    )
    assert sentences_of(new) == ([sentence] if refused else [])


def test_a_membership_without_an_end_stands_in_the_way_of_all_later_ones_and_not_of_itself_or_others() -> None:
    held = Membership.objects.create(committee=make_committee(), user=make_user(), start_date=date(2026, 11, 10))
    later = Membership(committee=held.committee, user=held.user, start_date=date(2030, 1, 1))
    other = Membership(committee=held.committee, user=make_user(), start_date=date(2030, 1, 1))
    assert [len(sentences_of(row)) for row in (held, later, other)] == [0, 1, 0]


def test_a_term_keeps_the_days_of_its_meetings_and_memberships() -> None:
    term = make_term()
    committee = make_committee(term)
    make_meeting(committee, datetime(2031, 10, 7, 16, 0, tzinfo=UTC))
    make_meeting(committee, datetime(2031, 10, 8, 16, 0, tzinfo=UTC), cancelled=True)
    make_meeting(committee, datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    member = make_user(name="Erika Muster")
    for days in (
        {"start_date": date(2026, 11, 1), "end_date": date(2026, 11, 30)},
        {"start_date": date(2026, 12, 1), "end_date": date(2031, 10, 31)},
    ):
        Membership.objects.create(committee=committee, user=member, **days)
    assert sentences_of(term) == []

    term.end_date = date(2031, 10, 6)
    assert sentences_of(term) == [
        "Nicht mehr in diesen Tagen lägen: Sitzung Digitales, 07.10.2031; "
        "Mitgliedschaft Erika Muster (Digitales), 01.12.2026 bis 31.10.2031. Ändern Sie diese zuerst."
    ]
    term.start_date, term.end_date = date(2026, 12, 1), date(2031, 10, 31)
    assert sentences_of(term) == [
        "Nicht mehr in diesen Tagen lägen: Mitgliedschaft Erika Muster (Digitales), 01.11.2026 bis 30.11.2026. "
        "Ändern Sie diese zuerst."
    ]


def test_of_many_rows_in_the_way_of_a_shorter_term_the_first_are_named() -> None:
    term = make_term()
    for day in range(1, 9):
        make_meeting(
            make_committee(term, name=f"Nr. {day}", receives_reports=False), datetime(2031, 10, day, tzinfo=UTC)
        )
    term.end_date = date(2031, 9, 1)
    (sentence,) = sentences_of(term)
    assert (sentence.count("Sitzung"), sentence.endswith("und 3 weitere. Ändern Sie diese zuerst.")) == (5, True)


def sentences_of(row):
    try:
        row.clean()
    except ValidationError as refused:
        return refused.messages
    return []
