"""The milestones of the past and the coming half-year: what was promised, and what became of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ground import formats
from ground.halfyears import HalfYear
from reporting.context import words
from reporting.payload import DueMilestone, MeasureState, MilestoneState, Payload

RULE = (
    "Was nach dem letzten Bericht, beim ersten nach dem Beschluss, bis zum Ende des Halbjahrs zu erreichen war. "
    "Verschobene und entfallene zählen mit."
)
RULE_OF_SCHEMA_1 = "Was im Halbjahr geplant war oder erreicht wurde; hinaus Verschobenes zählte nicht mit."
OTHER_FATES = {"POSTPONED": "verschoben", "OPEN": "offen", "DROPPED": "entfallen"}


@dataclass(frozen=True)
class MilestoneRow:
    due: str
    number: str
    measure: str
    path: str
    title: str
    original: str
    state: str
    is_late: bool


@dataclass(frozen=True)
class MilestonePart:
    title: str
    day: str
    """What the first day of a row is."""
    empty: str
    rows: Sequence[MilestoneRow]


def rule(told: Payload) -> str:
    return RULE_OF_SCHEMA_1 if told.schema == 1 else RULE


def reached(told: Payload) -> int:
    """On time or late."""
    return sum(one.became in ("REACHED", "LATE") for one in told.due)


def figure_text(told: Payload) -> str:
    """Meilensteinen des Halbjahrs erreicht, 2 davon verspätet; 3 verschoben, 1 offen"""
    count = Counter(one.became for one in told.due)
    late = f", {count['LATE']}{formats.NBSP}davon verspätet" if count["LATE"] else ""
    others = ", ".join(f"{count[fate]}{formats.NBSP}{word}" for fate, word in OTHER_FATES.items() if count[fate])
    return f"Meilensteinen des Halbjahrs erreicht{late}{'; ' * bool(others)}{others}"


def finding(told: Payload) -> str:
    count = Counter(one.became for one in told.due)
    if not told.due:
        return "Im Halbjahr war kein Meilenstein fällig."
    if len(told.due) == 1:
        fate = {"REACHED": "erreicht", "LATE": "verspätet erreicht", **OTHER_FATES}[told.due[0].became]
        return f"Der eine Meilenstein des Halbjahrs ist {fate}."
    start = formats.sentence_start(f"{_some(reached(told))} von {len(told.due)} Meilensteinen des Halbjahrs")
    late = f", {_some(count['LATE'])} davon verspätet" if count["LATE"] else ""
    others = [f"{_some(count[fate])} {_be(count[fate])} {word}" for fate, word in OTHER_FATES.items() if count[fate]]
    return f"{start} {_be(reached(told))} erreicht{late}{'; ' * bool(others)}{formats.listed(others)}."


def _some(count: int) -> str:
    return {0: "keiner", 1: "einer"}.get(count) or formats.number_word(count)


def _be(count: int) -> str:
    return "ist" if count < 2 else "sind"


def parts(told: Payload) -> list[MilestonePart]:
    period = HalfYear(told.year, told.half)
    measures = {measure.number: measure for measure in told.measures}
    due = [_due_row(one, measures[one.number], told.today) for one in told.due]
    others, ahead = (
        [_row(measure, one, told.today) for measure, one in sorted(found, key=_day_and_number)]
        for found in (_others(told, period), _ahead(told, period))
    )
    found = [
        MilestonePart(f"Im Berichtszeitraum: {period.label}", "zugesagt", "Kein Meilenstein war fällig.", due),
        MilestonePart("Außerdem: neu oder früher als zugesagt erreicht", "Termin", "", others),
        MilestonePart(f"Als Nächstes: {period.next().label}", "Termin", "Noch ist kein Meilenstein geplant.", ahead),
    ]
    return [part for part in found if part.rows or part.empty]


type Pair = tuple[MeasureState, MilestoneState]


def _day_and_number(pair: Pair) -> tuple[date, str]:
    measure, milestone = pair
    return milestone.reached_on or milestone.planned or date.max, measure.number


def _others(told: Payload, period: HalfYear) -> list[Pair]:
    """Reached in the half-year since the last report or open at its end, without having been promised for it."""
    since = max(period.start, told.earlier.frozen_on + timedelta(days=1)) if told.earlier else period.start
    promised = {(one.number, one.key or one.title) for one in told.due}
    return [
        (measure, one)
        for measure in told.measures
        for one in measure.milestones
        if (measure.number, one.key or one.title) not in promised
        if (since <= one.reached_on <= period.end if one.reached_on else _is_due(measure, one, period.end))
    ]


def _ahead(told: Payload, period: HalfYear) -> list[Pair]:
    """Open, and planned for the half-year after."""
    return [
        (measure, one)
        for measure in told.measures
        for one in measure.milestones
        if _is_due(measure, one, period.next().end) and not _is_due(measure, one, period.end)
    ]


def _is_due(measure: MeasureState, milestone: MilestoneState, last_day: date) -> bool:
    """Open and planned for that day or before; of a measure that is not pursued nothing is due."""
    is_open = measure.is_active and milestone.reached_on is None
    return is_open and milestone.planned is not None and milestone.planned <= last_day


def _due_row(due: DueMilestone, measure: MeasureState, today: date) -> MilestoneRow:
    overdue = due.became == "OPEN" and due.day is not None and due.day < today
    return MilestoneRow(
        due=words.day(due.promised),
        number=measure.number,
        measure=words.cut(measure.title, 60),
        path=measure.path,
        title=due.title,
        original=words.day(due.original),
        state=_due_state(due, today if overdue else None),
        is_late=overdue or due.became == "POSTPONED",
    )


def _due_state(due: DueMilestone, overdue_on: date | None) -> str:
    if due.became == "LATE" and due.day:
        return f"erreicht, {formats.days_moved((due.day - due.promised).days)}"
    if due.became == "POSTPONED":
        return f"verschoben auf {words.day(due.day)}" if due.day else "verschoben, ohne Termin"
    if overdue_on and due.day:
        return _overdue(due.day, overdue_on)
    return {"REACHED": "erreicht", **OTHER_FATES}[due.became]


def _row(measure: MeasureState, milestone: MilestoneState, today: date) -> MilestoneRow:
    return MilestoneRow(
        due=words.day(milestone.reached_on or milestone.planned),
        number=measure.number,
        measure=words.cut(measure.title, 60),
        path=measure.path,
        title=milestone.title,
        original=words.day(milestone.resolved or milestone.first_promised),
        state=state(milestone, today),
        is_late=milestone.reached_on is None and milestone.planned is not None and milestone.planned < today,
    )


def state(milestone: MilestoneState, today: date | None) -> str:
    """erreicht; erreicht, +22 Tage; offen; überfällig, 12 Tage. Without a day nothing is overdue."""
    if milestone.reached_on:
        promised = milestone.resolved or milestone.first_promised
        late = (milestone.reached_on - promised).days if promised else 0
        return f"erreicht, {formats.days_moved(late)}" if late > 0 else "erreicht"
    if milestone.planned and today and milestone.planned < today:
        return _overdue(milestone.planned, today)
    return "offen"


def _overdue(day: date, today: date) -> str:
    return f"überfällig, {formats.days_moved((today - day).days)[1:]}"
