"""Who is asked how a measure stands or told of a deadline, who is reminded, and when that ends. Pure; the caller counts
the days.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

from masterplan.rules import Answering, recipients_in_order

LINK_HOLDS = timedelta(days=14)
"""So long after the day for which the answer is asked the personal link still opens."""


class Step(StrEnum):
    ASKED = "ASKED"
    BEFORE = "BEFORE"
    OVERDUE = "OVERDUE"
    HEAD = "HEAD"
    DESK = "DESK"


BEGINS = {Step.BEFORE: -2, Step.OVERDUE: 1, Step.HEAD: 3, Step.DESK: 5}
"""In working days after the day that was asked for. From DESK on it stands in the Digital Officer's list alone."""


def reached(workdays: int) -> list[Step]:
    """The steps that have come, so many working days after the day that was asked for (before it: negative)."""
    return [Step.ASKED, *(step for step, begins in BEGINS.items() if workdays >= begins)]


def called_on(
    responsible: Answering | None, stand_in: Answering | None, head: Answering | None, *, workdays: int
) -> dict[int, Step]:
    """By person the last step that came for them; None is who there is not, or who can no longer answer.

    The first is found by `recipients_in_order`: who is absent is passed over, so that the one who stands in is asked at
    once. A step that was missed is not made up for: the last one counts.
    """
    first = recipients_in_order(responsible, stand_in, head)[:1]
    present = [one.pk for one in (responsible, stand_in) if one and not one.is_absent]
    heads = [head.pk] if head and not head.is_absent else []
    told: dict[Step, Iterable[int]] = {
        Step.ASKED: first,
        Step.BEFORE: first,
        Step.OVERDUE: [*first, *present],
        Step.HEAD: heads,
    }
    return {pk: step for step in reached(workdays) for pk in told.get(step, ())}


def is_left_to_the_desk(workdays: int) -> bool:
    return Step.DESK in reached(workdays)


REMIND_WORKDAYS = 20
"""An application or a proof of use takes about a month of working days."""


class GrantStep(StrEnum):
    AHEAD = "AHEAD"
    NEAR = "NEAR"
    MISSED = "MISSED"


GRANT_BEGINS = {GrantStep.AHEAD: -REMIND_WORKDAYS, GrantStep.NEAR: -5, GrantStep.MISSED: 1}
"""In working days after the deadline."""


def told_of_grant(
    responsible: Answering | None, stand_in: Answering | None, head: Answering | None, *, workdays: int
) -> dict[int, GrantStep]:
    """By person the last step that came for them. One is told, as of a question; of what was missed, all three are."""
    everyone = recipients_in_order(responsible, stand_in, head)
    come = [step for step, begins in GRANT_BEGINS.items() if workdays >= begins]
    return {pk: step for step in come for pk in (everyone if step == GrantStep.MISSED else everyone[:1])}
