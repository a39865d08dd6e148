"""Who is asked how a measure stands, who is reminded, and when that ends. Pure; the caller counts the days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Answering:
    """A person who can answer for measures today, by id; `is_absent` where an absence is entered."""

    pk: int
    is_absent: bool = False


def reached(workdays: int) -> list[Step]:
    """The steps that have come, so many working days after the day that was asked for (before it: negative)."""
    return [Step.ASKED, *(step for step, begins in BEGINS.items() if workdays >= begins)]


def called_on(
    responsible: Answering | None, stand_in: Answering | None, head: Answering | None, *, workdays: int
) -> dict[int, Step]:
    """By person the last step that came for them; None is who there is not, or who can no longer answer.

    Who is absent is passed over, so that the one who stands in is asked at once; where all are absent they are asked
    all the same, for a question that nobody gets helps nobody. Missed steps are not made up for: the last one counts.
    """
    named = [one for one in (responsible, stand_in, head) if one]
    present = [one for one in named if not one.is_absent]
    first = (present or named)[:1]
    told: dict[Step, Iterable[Answering]] = {
        Step.ASKED: first,
        Step.BEFORE: first,
        Step.OVERDUE: [*first, *(one for one in (responsible, stand_in) if one in present and one)],
        Step.HEAD: [head] if head in present and head else [],
    }
    return {one.pk: step for step in reached(workdays) for one in told.get(step, ())}


def is_left_to_the_desk(workdays: int) -> bool:
    return Step.DESK in reached(workdays)
