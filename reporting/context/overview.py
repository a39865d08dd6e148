"""The table of all measures by field of action, and the milestones of the past and the coming half-year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ground import formats
from ground.halfyears import HalfYear
from reporting.context import words
from reporting.context.page_one import Chip, due_milestones
from reporting.payload import MeasureState, MilestoneState, Payload


@dataclass(frozen=True)
class Row:
    number: str
    title: str
    path: str
    unit: str
    status: Chip
    progress: int
    resolved: str
    end: str
    behind: str
    is_late: bool


@dataclass(frozen=True)
class Group:
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class MilestoneRow:
    due: str
    number: str
    measure: str
    title: str
    resolved: str
    state: str
    is_late: bool


@dataclass(frozen=True)
class MilestonePart:
    title: str
    empty: str
    rows: Sequence[MilestoneRow]


def chip_of(told: Payload) -> dict[str, Chip]:
    return {status.key: Chip(status.label, status.symbol, status.tone, 0) for status in told.statuses}


def overview_finding(told: Payload) -> str:
    on_track = sum(measure.status == "ON_TRACK" for measure in told.measures)
    behind = len(told.behind)
    first = formats.sentence_start(formats.share(on_track, len(told.measures), "Maßnahmen"))
    second = formats.number_word(behind) if behind != 1 else "eine"
    runs, lies = ("läuft" if on_track == 1 else "laufen"), ("liegt" if behind == 1 else "liegen")
    return f"{first} {runs} nach Plan; {second} {lies} hinter dem zugesagten Ende."


def groups(told: Payload) -> list[Group]:
    chips = chip_of(told)
    return [
        Group(
            field.title, [_row(measure, chips, told.today) for measure in told.measures if measure.field == field.code]
        )
        for field in told.fields
    ]


def _row(measure: MeasureState, chips: dict[str, Chip], today: date) -> Row:
    behind = measure.deadline.days_behind(today)
    finished = f"{formats.NBSP}Ist" if measure.actual_end else ""
    return Row(
        number=measure.number,
        title=measure.title,
        path=measure.path,
        unit=measure.lead_unit or words.NONE,
        status=chips[measure.status],
        progress=measure.progress,
        resolved=words.day(measure.resolved_end),
        end=words.day(measure.deadline.end, "offen") + finished,
        behind=formats.behind(behind, measure.slip.times, measure.slip.days),
        is_late=(behind or 0) > 0,
    )


def milestones_finding(told: Payload) -> str:
    due, reached = due_milestones(told.measures, HalfYear(told.year, told.half))
    if not due:
        return "Im Halbjahr war kein Meilenstein fällig."
    if due == 1:
        return f"Ein Meilenstein war im Halbjahr fällig; er ist {'erreicht' if reached else 'nicht erreicht'}."
    count = {0: "Keiner", 1: "Einer"}.get(reached) or formats.sentence_start(formats.number_word(reached))
    verb = "ist" if reached < 2 else "sind"
    return f"{count} von {due} Meilensteinen des Halbjahrs {verb} erreicht."


def milestone_parts(told: Payload) -> list[MilestonePart]:
    period, today = HalfYear(told.year, told.half), told.as_of.date()
    coming = period.next()
    past = (
        _milestone_row(measure, milestone, today)
        for measure, milestone in _by_day(told.measures)
        if _belongs_to(milestone, period) or _is_overdue_from_before(milestone, period)
    )
    ahead = (
        _milestone_row(measure, milestone, today)
        for measure, milestone in _by_day(told.measures)
        if milestone.planned and milestone.planned in coming and milestone.reached_on is None
    )
    return [
        MilestonePart(f"Im Berichtszeitraum: {period.label}", "Kein Meilenstein war fällig.", list(past)),
        MilestonePart(f"Als Nächstes: {coming.label}", "Noch ist kein Meilenstein geplant.", list(ahead)),
    ]


def _by_day(measures: Iterable[MeasureState]) -> list[tuple[MeasureState, MilestoneState]]:
    pairs = [(measure, milestone) for measure in measures for milestone in measure.due_milestones]
    return sorted(pairs, key=lambda pair: (pair[1].reached_on or pair[1].planned or date.max, pair[0].number))


def _belongs_to(milestone: MilestoneState, period: HalfYear) -> bool:
    if milestone.reached_on:
        return milestone.reached_on in period
    return milestone.planned is not None and milestone.planned in period


def _is_overdue_from_before(milestone: MilestoneState, period: HalfYear) -> bool:
    return milestone.reached_on is None and milestone.planned is not None and milestone.planned < period.start


def _milestone_row(measure: MeasureState, milestone: MilestoneState, today: date) -> MilestoneRow:
    return MilestoneRow(
        due=words.day(milestone.reached_on or milestone.planned),
        number=measure.number,
        measure=words.cut(measure.title, 60),
        title=milestone.title,
        resolved=words.day(milestone.resolved or milestone.first_promised),
        state=milestone_state(milestone, today),
        is_late=milestone.reached_on is None and milestone.planned is not None and milestone.planned < today,
    )


def milestone_state(milestone: MilestoneState, today: date | None) -> str:
    """erreicht; erreicht, +22 Tage; offen; überfällig, 12 Tage. Without a day nothing is overdue."""
    if milestone.reached_on:
        promised = milestone.resolved or milestone.first_promised
        late = (milestone.reached_on - promised).days if promised else 0
        return f"erreicht, {formats.days_moved(late)}" if late > 0 else "erreicht"
    if milestone.planned and today and milestone.planned < today:
        return f"überfällig, {formats.days_moved((today - milestone.planned).days)[1:]}"
    return "offen"
