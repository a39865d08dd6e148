"""Turns public measures into rows of a page: German words and formats, made once per row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from ground import formats
from ground.parts import part
from masterplan.public.cube import ShownStatus
from masterplan.public.measures import PublicMeasure

NONE = SafeString("")


@dataclass(frozen=True, slots=True)
class EndWords:
    """`label` says what `day` is; `note` what became of the promise, which is `late` where it was not kept."""

    label: str
    day: str
    note: str
    late: bool


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    title: str
    number: str
    field: str
    unit: str
    status: ShownStatus
    phase: str
    percent: str
    progress: SafeString
    has_tick: bool
    end: EndWords

    @property
    def chip(self) -> SafeString:
        return part("status_chip", label=self.status.label, symbol=self.status.symbol, tone=self.status.tone)

    @property
    def status_word(self) -> SafeString:
        return part("status_word", label=self.status.label, symbol=self.status.symbol, tone=self.status.tone)


def rows_of(measures: Iterable[PublicMeasure], today: date) -> list[Row]:
    return [row_of(measure, today) for measure in measures]


def row_of(measure: PublicMeasure, today: date) -> Row:
    has_progress, elapsed = measure.is_active or measure.progress > 0, measure.elapsed(today)
    return Row(
        url=reverse("public_measure", args=[measure.slug]),
        title=measure.title,
        number=measure.number,
        field=measure.field,
        unit=measure.unit or "",
        status=measure.status,
        phase=measure.phase.label if measure.is_active else "",
        percent=str(measure.progress) if has_progress else "",
        progress=part("progress", percent=measure.progress, elapsed=elapsed) if has_progress else NONE,
        has_tick=has_progress and elapsed is not None,
        end=end_words(measure, today),
    )


def end_words(measure: PublicMeasure, today: date) -> EndWords:
    """Empty where nothing is promised: proposed, deferred, rejected, merged."""
    if not (measure.is_active or measure.actual_end):
        return EndWords("", "", "", late=False)
    label = "Beendet" if measure.actual_end else "Ende"
    deadline = measure.deadline
    day = formats.day(deadline.end) if deadline.end else "offen"
    behind = deadline.days_behind(today)
    return EndWords(label, day, "; ".join(_notes(measure, behind, today)), late=(behind or 0) > 0)


def _notes(measure: PublicMeasure, behind: int | None, today: date) -> Iterator[str]:
    """wie beschlossen; 1× verschoben, +181 Tage – the second alone where it says the same."""
    kept, slip = "beschlossen" if measure.resolved_end else "zugesagt", measure.slip
    moved = measure.is_active and slip.times + slip.forward > 0
    if since := measure.deadline.overdue_since(today):
        yield f"überfällig seit {formats.day(since)}"
    elif behind == 0:
        yield f"wie {kept}"
    elif behind and not (moved and slip.days == behind):
        yield f"{days_words(behind)} als {kept}"
    if moved:
        yield formats.slipped(slip.times, slip.days, slip.forward)


def days_words(days: int) -> str:
    """44 Tage später, ein Tag früher"""
    amount = "ein Tag" if abs(days) == 1 else f"{formats.whole(abs(days))}{formats.NBSP}Tage"
    return f"{amount} {'später' if days > 0 else 'früher'}"
