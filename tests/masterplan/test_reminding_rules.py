"""Who is asked and reminded on which day: working days of Lower Saxony, absences, persons who left."""

from datetime import date

import pytest

from ground.workdays import workdays_between
from masterplan.reminding.rules import Step, called_on, is_left_to_the_desk, reached
from masterplan.rules import Answering

RESPONSIBLE, STAND_IN, HEAD = Answering(1), Answering(2), Answering(3)
AWAY, BOTH_AWAY = Answering(1, is_absent=True), Answering(2, is_absent=True)
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due", "before", "overdue", "head", "desk"),
    [
        (FRIDAY, date(2026, 11, 18), date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 27)),
        (date(2026, 11, 21), date(2026, 11, 18), date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 27)),
        (date(2027, 3, 25), date(2027, 3, 23), date(2027, 3, 30), date(2027, 4, 1), date(2027, 4, 5)),
        (date(2025, 10, 2), date(2025, 9, 30), date(2025, 10, 6), date(2025, 10, 8), date(2025, 10, 10)),
        (date(2026, 12, 23), date(2026, 12, 21), date(2026, 12, 24), date(2026, 12, 29), date(2026, 12, 31)),
        (date(2026, 12, 30), date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 5), date(2027, 1, 7)),
    ],
    ids=["week", "due on a Saturday", "Good Friday and Easter", "3 October", "24 December", "end of the year"],
)
def test_steps_come_on_working_days(due: date, before: date, overdue: date, head: date, desk: date) -> None:
    days = [date.fromordinal(due.toordinal() + offset) for offset in range(-15, 20)]
    first = {}
    for day in days:
        for step in reached(workdays_between(due, day)):
            first.setdefault(step, day)
    assert first == {
        Step.ASKED: days[0],
        Step.BEFORE: before,
        Step.OVERDUE: overdue,
        Step.HEAD: head,
        Step.DESK: desk,
    }
    assert [is_left_to_the_desk(workdays_between(due, day)) for day in (head, desk)] == [False, True]


@pytest.mark.parametrize(
    ("people", "workdays", "told"),
    [
        ((RESPONSIBLE, STAND_IN, HEAD), -8, {1: "ASKED"}),
        ((RESPONSIBLE, STAND_IN, HEAD), -2, {1: "BEFORE"}),
        ((RESPONSIBLE, STAND_IN, HEAD), 0, {1: "BEFORE"}),
        ((RESPONSIBLE, STAND_IN, HEAD), 1, {1: "OVERDUE", 2: "OVERDUE"}),
        ((RESPONSIBLE, STAND_IN, HEAD), 3, {1: "OVERDUE", 2: "OVERDUE", 3: "HEAD"}),
        ((RESPONSIBLE, STAND_IN, None), 3, {1: "OVERDUE", 2: "OVERDUE"}),
        ((AWAY, STAND_IN, HEAD), -8, {2: "ASKED"}),
        ((AWAY, STAND_IN, HEAD), 1, {2: "OVERDUE"}),
        ((None, STAND_IN, HEAD), -2, {2: "BEFORE"}),
        ((AWAY, None, HEAD), -8, {3: "ASKED"}),
        ((None, None, HEAD), 1, {3: "OVERDUE"}),
        ((AWAY, BOTH_AWAY, None), -8, {1: "ASKED"}),
        ((RESPONSIBLE, None, RESPONSIBLE), 3, {1: "HEAD"}),
        ((RESPONSIBLE, BOTH_AWAY, None), 1, {1: "OVERDUE"}),
        ((None, None, None), 3, {}),
    ],
)
def test_those_who_can_answer_are_told_in_order(people: tuple, workdays: int, told: dict) -> None:
    assert {pk: str(step) for pk, step in called_on(*people, workdays=workdays).items()} == told
