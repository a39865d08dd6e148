"""The timeline's page: rows by field of action, each with its bar, its words and a spoken description."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ground import formats
from masterplan.public.measures import PublicMeasure
from masterplan.public.milestones import PublicMilestone, milestones_of
from masterplan.public_rows import EndWords, Row, row_of
from masterplan.timeline_layout import (
    Bar,
    Line,
    OutsideTheCalendar,
    QuarterOfYear,
    Span,
    Times,
    bar,
    first_quarter,
    quarter_lines,
    span_of,
    year_labels,
)

STEP = 4
DAYS_APART = 20
"""A mark covers as much on a wide screen; the hollow one of a day nearer to the other would hide behind it."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    row: Row
    bar: Bar
    tentative: bool
    note: str
    spoken: str
    until: str
    start: str
    baseline: str
    delay: str


@dataclass(frozen=True, slots=True)
class FieldRows:
    title: str
    slug: str
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """What stands over the rows, and the addresses of the time before and after."""

    lines: tuple[Line, ...]
    years: tuple[tuple[str, int], ...]
    today_x: str
    today_anchor: str
    today_label: str
    words: str
    hidden: tuple[tuple[str, str], ...]
    earlier: str
    later: str


def first_shown(wanted: str, today: date) -> tuple[QuarterOfYear, bool]:
    """The first quarter of the window, and whether the wanted one had to be left out."""
    if not wanted:
        return first_quarter(today), False
    try:
        return QuarterOfYear.parse(wanted), False
    except OutsideTheCalendar:
        return first_quarter(today), True


def scale_of(first: QuarterOfYear, today: date) -> Scale:
    span = span_of(first)
    last_month = date.fromordinal(span.end.toordinal() - 1)
    return Scale(
        lines=tuple(quarter_lines(first)),
        years=tuple(year_labels(first)),
        today_x=f"{span.at(today):.2f}" if span.shows(today) else "",
        today_anchor="start" if span.at(today) < 12 else "end" if span.at(today) > 88 else "middle",
        today_label=f"heute, {formats.day(today)}",
        words=f"{formats.month(span.start)} bis {formats.month(last_month)}",
        hidden=() if first == first_quarter(today) else (("ab", first.value),),
        earlier=first.plus(-STEP).value,
        later=first.plus(STEP).value,
    )


def timeline(measures: Sequence[PublicMeasure], first: QuarterOfYear, today: date) -> list[FieldRows]:
    """One query for the milestones of all rows."""
    milestones = milestones_of([measure.pk for measure in measures])
    span = span_of(first)
    return [
        FieldRows(
            title,
            slug,
            tuple(_timeline_row(measure, milestones.get(measure.pk, []), span, today) for measure in group),
        )
        for (title, slug), group in groupby(measures, key=lambda measure: (measure.field, measure.field_slug))
    ]


def _timeline_row(
    measure: PublicMeasure, milestones: Iterable[PublicMilestone], span: Span, today: date
) -> TimelineRow:
    row, marks = row_of(measure, today), tuple(_marks(milestones, today, is_due=measure.is_active))
    behind = measure.deadline.days_behind(today)
    return TimelineRow(
        row=row,
        bar=bar(
            Times(
                start=measure.start,
                end=measure.deadline.end,
                baseline_start=measure.resolved_start,
                baseline_end=measure.deadline.baseline,
                progress=measure.progress,
                milestones=marks,
            ),
            span,
        ),
        tentative=not (measure.is_active or measure.actual_end),
        note=formats.days_moved(behind) if behind and behind > 0 else "",
        spoken=_spoken(measure, row, sum(missed for _, missed in marks)),
        until=_until(row.end),
        start=formats.day(measure.start) if measure.start else "offen",
        baseline=formats.day(measure.deadline.baseline) if measure.deadline.baseline else "–",
        delay=formats.behind(behind, measure.slip.times, measure.slip.days),
    )


def _until(end: EndWords) -> str:
    if end.day == "offen":
        return "Ende offen"
    return f"{'am' if end.label == 'Beendet' else 'bis'} {end.day}" if end.day else ""


def _marks(milestones: Iterable[PublicMilestone], today: date, *, is_due: bool) -> Iterable[tuple[date, bool]]:
    """A mark where a milestone is due or was reached, and a hollow one where it was promised and missed."""
    for milestone in milestones:
        baseline, day = milestone.baseline, milestone.day
        if baseline and day and baseline < today and (day - baseline).days >= DAYS_APART:
            yield baseline, True
        if day:
            yield day, is_due and milestone.is_overdue(today)


def _spoken(measure: PublicMeasure, row: Row, missed: int) -> str:
    parts = [f"{measure.phase.label}, {row.status.label}" if measure.is_active else row.status.label]
    start = formats.day(measure.start) if measure.start else "ohne Beginn"
    end, baseline = measure.deadline.end, measure.deadline.baseline
    parts.append(f"{start} bis {formats.day(end)}" if end else f"{start}, Ende offen")
    if baseline and end and end != baseline:
        kept = "beschlossen" if measure.resolved_end else "zugesagt"
        parts.append(f"{kept} bis {formats.day(baseline)}")
    if row.end.note and row.end.late:
        parts.append(row.end.note)
    parts.append(f"Fortschritt {measure.progress} Prozent")
    if missed:
        parts.append("ein Termin verpasst" if missed == 1 else f"{missed} Termine verpasst")
    return ". ".join(parts) + "."
