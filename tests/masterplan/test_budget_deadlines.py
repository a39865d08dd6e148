"""Grants whose application or proof of use falls due, and how the desk tells of it."""

from datetime import date, timedelta

import pytest

from accounts.access import Function, Role
from ground.workdays import workdays_after, workdays_between
from masterplan.budget_figures import REMIND_WORKDAYS, grants_with_deadline_due
from masterplan.models import GrantState, Visibility
from portal.deadlines import money_due
from tests.builders import TODAY, appoint, make_grant, make_measure, make_officer, make_user

pytestmark = pytest.mark.django_db

LAST = workdays_after(TODAY, REMIND_WORKDAYS)
DUE = [
    (GrantState.PLANNED, {"apply_by": LAST}, True),
    (GrantState.PLANNED, {"apply_by": LAST + timedelta(1)}, False),
    (GrantState.PLANNED, {"apply_by": TODAY - timedelta(9)}, True),
    (GrantState.PLANNED, {"proof_by": TODAY}, False),
    (GrantState.APPLIED, {"apply_by": TODAY}, False),
    (GrantState.GRANTED, {"proof_by": LAST}, True),
    (GrantState.GRANTED, {"proof_by": LAST + timedelta(1)}, False),
    (GrantState.PROVEN, {"proof_by": TODAY}, False),
    (GrantState.DECLINED, {"apply_by": TODAY}, False),
]


@pytest.mark.parametrize(("state", "days", "due"), DUE)
def test_a_deadline_is_due_within_twenty_working_days_or_when_it_went_by(state, days, due):
    make_grant(make_measure(), state=state, **days)
    assert grants_with_deadline_due(TODAY).exists() == due


@pytest.mark.parametrize("count", [0, 1, 5, 20])
def test_counting_working_days_forward_is_counting_them_between(count):
    assert workdays_between(TODAY, workdays_after(TODAY, count)) == count


def test_the_most_pressing_stands_first_with_how_long_is_left():
    officer = make_officer()
    for title, day in (("B", date(2026, 11, 24)), ("A", date(2026, 11, 20)), ("C", TODAY)):
        make_grant(make_measure(title), state=GrantState.GRANTED, proof_by=day)

    assert [(one.measure, one.left.replace("\xa0", " "), one.is_late) for one in money_due(officer, TODAY)] == [
        ("BS-02 A", "überfällig, vor 2 Tagen", True),
        ("BS-03 C", "heute", False),
        ("BS-01 B", "noch zwei Arbeitstage", False),
    ]


@pytest.mark.parametrize(
    ("function", "shown"),
    [(Function.TREASURY, ["BS-01 Offen"]), (Function.DEPUTY_DIGITAL_OFFICER, ["BS-01 Offen", "BS-02 Vertraulich"])],
)
def test_each_sees_the_deadlines_of_measures_that_one_sees(function, shown):
    user = make_user(Role.ADMINISTRATION)
    appoint(user, function)
    for title, visibility in (("Offen", Visibility.INTERNAL), ("Vertraulich", Visibility.CONFIDENTIAL)):
        make_grant(make_measure(title, visibility=visibility), state=GrantState.GRANTED, proof_by=TODAY)

    assert [one.measure for one in money_due(user, TODAY)] == shown
