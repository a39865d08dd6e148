from datetime import UTC, date, datetime, timedelta

import pytest
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
