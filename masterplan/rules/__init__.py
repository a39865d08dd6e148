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
    """How often a promised date was moved to a later day, and by how many days it moved in all.

    `forward` is how often it was moved to an earlier one: told beside, never counted as postponed.
    """

    times: int
    days: int
    forward: int = 0


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
    times = days = forward = 0
    for kind, moved in moves:
        if kind in ("POSTPONED", "BROUGHT_FORWARD"):
            days += moved
            times += kind == "POSTPONED"
            forward += kind == "BROUGHT_FORWARD"
    return Slip(times, days, forward)


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise of a date, as its course reads it; `due` is None where the date was dropped."""

    kind: str
    on: date
    due: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Stand:
    """What is promised from the day `on` until the next; `corrected` where a typing error was mended afterwards."""

    on: date
    due: date | None
    corrected: bool = False


def course(promises: Iterable[Promised]) -> list[Stand]:
    """How a promised date moved, oldest first. A correction draws anew what it corrects, so that nothing moves."""
    stands: list[Stand] = []
    for one in promises:
        if one.kind == "CORRECTION":
            wrong = next((place for place in reversed(range(len(stands))) if stands[place].due), None)
            if wrong is not None:
                stands[wrong] = Stand(stands[wrong].on, one.due, corrected=True)
            if wrong == len(stands) - 1:
                continue
        stands.append(Stand(one.on, one.due))
    return stands


def stand_on(stands: Iterable[Stand], day: date) -> Stand | None:
    """The last of a course that was promised by then; of one day, the last one said."""
    by_then = [(stand.on, place, stand) for place, stand in enumerate(stands) if stand.on <= day]
    return max(by_then)[2] if by_then else None


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


@dataclass(frozen=True, slots=True)
class Criteria:
    """From when on a measure is at risk or critical: whole days late, percentage points of progress behind the elapsed
    time, percent spent over what is available."""

    days_at_risk: int = 30
    days_critical: int = 90
    points_at_risk: int = 15
    points_critical: int = 30
    percent_at_risk: int = 10
    percent_critical: int = 25


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a measure is not on track: END or MILESTONE (days late), PROGRESS (points behind), BUDGET (percent over)."""

    kind: str
    amount: int
    is_critical: bool
    what: str = ""
    """The milestone's title; of END and PROGRESS, whether the RESOLVED or the first PROMISED end is what counts; the
    kind and year of a BUDGET."""


@dataclass(frozen=True, slots=True)
class Overspent:
    """By how many whole percent more was spent than is available, and of what kind and year: Aufwand 2026."""

    percent: int = 0
    what: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    health: str
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone and the day that was resolved, else first promised for it."""

    title: str
    baseline: date | None
    reached_on: date | None

    def days_late(self, today: date) -> int:
        return max(0, (today - self.baseline).days) if self.baseline and self.reached_on is None else 0


def judged(
    *,
    deadline: Deadline,
    start: date | None,
    progress: int,
    milestones: Iterable[Due],
    overspent: Overspent,
    criteria: Criteria,
    today: date,
) -> Verdict:
    """The health that the criteria give, with what speaks against the plan, the worst first.

    Measured against the resolved end, else the first one promised, so that moving a date makes nothing better.
    NOT_ASSESSED without a promise, or where nothing is due.
    """
    if deadline.baseline is None or deadline.phase not in ACTIVE:
        return Verdict("NOT_ASSESSED")
    days, points, percent = (
        (criteria.days_at_risk, criteria.days_critical),
        (criteria.points_at_risk, criteria.points_critical),
        (criteria.percent_at_risk, criteria.percent_critical),
    )
    latest = max(milestones, key=lambda one: one.days_late(today), default=Due("", None, None))
    behind = (elapsed_share(start, deadline.baseline, today) or 0) - progress
    against = "RESOLVED" if deadline.resolved else "PROMISED"
    found = [
        _cause("END", deadline.days_behind(today) or 0, days, against),
        _cause("MILESTONE", latest.days_late(today), days, latest.title),
        _cause("PROGRESS", behind, points, against),
        _cause("BUDGET", overspent.percent, percent, overspent.what),
    ]
    causes = sorted((one for one in found if one), key=lambda one: not one.is_critical)
    if not causes:
        return Verdict("ON_TRACK")
    return Verdict("CRITICAL" if causes[0].is_critical else "AT_RISK", tuple(causes))


def _cause(kind: str, amount: int, limits: tuple[int, int], what: str = "") -> Cause | None:
    at_risk, critical = limits
    return Cause(kind, amount, amount >= critical, what) if amount >= at_risk else None


@dataclass(frozen=True, slots=True)
class Answering:
    """A person who can answer for measures today, by id; `is_absent` where an absence is entered."""

    pk: int
    is_absent: bool = False


def recipients_in_order(*people: Answering | None) -> list[int]:
    """Who is reminded, each once, the responsible first; None is who there is not, or who can no longer answer.

    Absent ones are passed over, so that during an absence it is the deputy at once. Where all are absent, they come in
    the same order all the same: a reminder that nobody gets helps nobody.
    """
    named = [one for one in people if one]
    present = [one for one in named if not one.is_absent]
    return list(dict.fromkeys(one.pk for one in present or named))
