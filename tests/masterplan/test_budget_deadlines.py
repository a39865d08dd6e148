"""Grants whose application or proof of use falls due, and how the desk tells of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.access import Function, Role
from accounts.models import User
from ground.workdays import workdays_after, workdays_between
from masterplan.budget_figures import grants_with_deadline_due
from masterplan.budgeting.proposals import propose
from masterplan.models import GrantState, Visibility
from masterplan.reminding.rules import REMIND_WORKDAYS
from portal.deadlines import SHOWN, money_due
from tests.builders import TODAY, appoint, make_grant, make_measure, make_officer, make_public_measure, make_user
from tests.masterplan.money import text_of

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

    assert [(one.measure, one.left.replace("\xa0", " "), one.is_late) for one in money_due(officer, TODAY).rows] == [
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

    assert [one.measure for one in money_due(user, TODAY).rows] == shown


def test_many_deadlines_hide_no_proposal_and_what_is_left_out_is_counted(client):
    officer, clerk = make_officer(), make_user()
    measure = make_measure(responsible=clerk)
    for _ in range(SHOWN + 2):
        make_grant(measure, state=GrantState.GRANTED, proof_by=TODAY)
    for _ in range(SHOWN + 1):
        propose(measure_id=measure.pk, year=2027, kind="EXPENSE", amount=Decimal(5), why="x", by=clerk)

    few, all_ = money_due(officer, TODAY), money_due(officer, TODAY, everything=True)

    kinds = [one.what.split(":")[0] for one in few.rows]
    assert kinds == ["Verwendungsnachweis vorlegen"] * SHOWN + ["Vorgeschlagener Bedarf"] * SHOWN
    assert (few.further, all_.further, len(all_.rows)) == ("drei weitere", "", 2 * SHOWN + 3)
    client.force_login(officer)
    pages = [text_of(client.get(where)) for where in ("/arbeitsbereich/", "/arbeitsbereich/?fristen=alle")]
    assert ["Drei weitere zeigen" in page for page in pages] == [True, False]


def test_whose_measure_it_is_reads_its_deadlines_and_decides_nothing(client):
    clerk = make_user()
    own, other = make_measure("Eigene", responsible=clerk), make_measure("Andere")
    for measure in (own, other):
        make_grant(measure, state=GrantState.PLANNED, apply_by=TODAY)
    propose(measure_id=own.pk, year=2027, kind="EXPENSE", amount=Decimal(5), why="x", by=clerk)

    client.force_login(clerk)
    money = client.get("/arbeitsbereich/").context["desk"].money

    assert ([one.measure for one in money.rows], money.decides) == (["BS-01 Eigene"], False)


def test_who_may_not_read_the_budget_gets_no_deadline():
    user = make_user()
    make_grant(make_public_measure(responsible=user), state=GrantState.PLANNED, apply_by=TODAY)
    found = [len(money_due(user, TODAY).rows)]
    user.role = Role.SYSTEM_ADMINISTRATOR
    user.save()

    found.append(len(money_due(User.objects.get(pk=user.pk), TODAY).rows))

    assert found == [1, 0]
