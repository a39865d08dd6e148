"""The table of all measures by field of action."""

from collections.abc import Sequence
from dataclasses import dataclass

from ground import formats
from reporting.context import words
from reporting.context.page_one import Chip
from reporting.payload import MeasureState, Payload

NOTE = (
    "Verzug: Tage vom beschlossenen, sonst dem zuerst zugesagten Ende bis zum heute geplanten oder erreichten; in "
    "Klammern, wie oft das Ende bisher verschoben wurde und, wo es abweicht, um wie viele Tage insgesamt. "
    "Ist: das erreichte Ende."
)


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
        Group(field.title, [_row(measure, chips) for measure in told.measures if measure.field == field.code])
        for field in told.fields
    ]


def _row(measure: MeasureState, chips: dict[str, Chip]) -> Row:
    finished = f"{formats.NBSP}Ist" if measure.actual_end else ""
    return Row(
        number=measure.number,
        title=measure.title,
        path=measure.path,
        unit=measure.lead_unit or words.NONE,
        status=chips[measure.status],
        progress=measure.progress,
        resolved=words.day(measure.resolved_end),
        end=words.day(measure.end, "offen") + finished,
        behind=formats.behind(measure.days_behind, measure.slip.times, measure.slip.days),
        is_late=(measure.days_behind or 0) > 0,
    )
