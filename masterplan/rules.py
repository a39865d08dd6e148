"""Pure rules of the Masterplan: numbers, promises, progress. No database, no framework."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


def numbered(code: str, serial: int) -> str:
    """As BS-02: code of the field, running number with at least two digits."""
    return f"{code}-{serial:02d}"


def weighted_progress(milestones: Iterable[tuple[int, bool]]) -> int | None:
    """Share of finished milestones by weight in whole percent, rounded down; None where there are none.

    `milestones` are pairs of weight and whether it is reached. Rounding down keeps 100 for "all reached".
    """
    total = done = 0
    for weight, reached in milestones:
        total += weight
        done += weight if reached else 0
    return done * 100 // total if total else None


def elapsed_share(start: date | None, end: date | None, today: date) -> int | None:
    """Elapsed part of the time from start to end in whole percent, 0 to 100; None without both dates."""
    if start is None or end is None or end < start:
        return None
    if end == start:
        return 100 if today >= end else 0
    return min(100, max(0, (today - start).days * 100 // (end - start).days))


@dataclass(frozen=True)
class Slip:
    """How often a promised date was moved to a later day, and by how many days it moved in all."""

    times: int
    days: int


UNMOVED = Slip(0, 0)
ACTIVE = ("PLANNED", "IN_PREPARATION", "IN_PROGRESS")
"""The phases in which a measure can be behind its promise."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a measure and what it is measured by: the resolved end, else the first one promised."""

    phase: str
    planned: date | None
    actual: date | None
    resolved: date | None
    first_promised: date | None

    @property
    def end(self) -> date | None:
        return self.actual or self.planned

    @property
    def baseline(self) -> date | None:
        return self.resolved or self.first_promised

    def days_behind(self, today: date) -> int | None:
        """To the end planned now, to today where that went by, or to the day on which it was finished.

        None where nothing is due (any more), or without a baseline.
        """
        if self.baseline is None:
            return None
        if self.phase in ACTIVE:
            end = max(self.planned or today, today)
            return (end - self.baseline).days if self.planned or self.baseline < today else None
        return (self.actual - self.baseline).days if self.phase == "COMPLETED" and self.actual else None

    def is_behind(self, today: date) -> bool:
        return self.phase in ACTIVE and (self.days_behind(today) or 0) > 0

    def overdue_since(self, today: date) -> date | None:
        """The end planned now, where it went by without the measure being finished."""
        return self.planned if self.phase in ACTIVE and self.planned and self.planned < today else None


def slip(moves: Iterable[tuple[str, int]]) -> Slip:
    """From pairs of kind and days of each promise; a correction moves nothing."""
    times = days = 0
    for kind, moved in moves:
        if kind in ("POSTPONED", "BROUGHT_FORWARD"):
            days += moved
            times += kind == "POSTPONED"
    return Slip(times, days)


def kind_of_move(before: date | None, after: date | None, correction: bool) -> str:
    """The kind of promise that a new date makes of the one before."""
    if after is None:
        return "DROPPED"
    if correction:
        return "CORRECTION"
    if before is None:
        return "FIRST"
    if after == before:
        return "RENEWED"
    return "POSTPONED" if after > before else "BROUGHT_FORWARD"


def basis_holds(basis: str, *, is_resolved: bool) -> bool:
    """The plan is a basis only once it is resolved; what was resolved is no Geschäft der laufenden Verwaltung."""
    return basis != ("ROUTINE" if is_resolved else "PLAN")


DAYS_AT_RISK, DAYS_CRITICAL = 30, 90
POINTS_AT_RISK, POINTS_CRITICAL = 15, 30


def health_by_criteria(days: int, points: int) -> str:
    """From the days behind the baseline and the percentage points of progress behind the elapsed time."""
    if days >= DAYS_CRITICAL or points >= POINTS_CRITICAL:
        return "CRITICAL"
    return "AT_RISK" if days >= DAYS_AT_RISK or points >= POINTS_AT_RISK else "ON_TRACK"
