"""Where the bars, marks and lines of the timeline lie. Pure; lengths are percent of the width, as text for SVG."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

QUARTERS_SHOWN = 12
QUARTERS_BEFORE_TODAY = 5
STEP = 4
EARLIEST, LATEST = 2000, 2099


class OutsideTheCalendar(Exception):
    """A quarter that no plan reaches."""


@dataclass(frozen=True, order=True)
class QuarterOfYear:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "QuarterOfYear":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> "QuarterOfYear":
        """From "2026-q4". Raises OutsideTheCalendar."""
        year, _, number = text.lower().partition("-q")
        if not (len(year) == 4 and year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")):
            raise OutsideTheCalendar(text)
        if not EARLIEST <= int(year) <= LATEST:
            raise OutsideTheCalendar(text)
        return cls(int(year), int(number))

    def plus(self, quarters: int) -> "QuarterOfYear":
        year, number = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return QuarterOfYear(year, number + 1)

    @property
    def start(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def value(self) -> str:
        return f"{self.year}-q{self.number}"


@dataclass(frozen=True)
class Span:
    """The time that a chart shows, from its first day to the day after its last."""

    start: date
    end: date

    def at(self, day: date) -> float:
        """Place of a day's beginning; below 0 or above 100 outside."""
        return (day - self.start).days * 100 / (self.end - self.start).days

    def shows(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Line:
    x: str
    label: str
    label_x: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Box:
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Mark:
    x: str
    missed: bool


@dataclass(frozen=True, slots=True)
class Bar:
    planned: Box | None
    done: Box | None
    late: Box | None
    resolved: Box | None
    marks: tuple[Mark, ...]
    comes_from_before: bool
    goes_on: bool
    note_x: str
    note_ends_here: bool


@dataclass(frozen=True, slots=True)
class Times:
    """The dates of one row. `baseline` is the resolved or else first promised end, `moved` its first day.

    `milestones` are pairs of day and whether that day was missed.
    """

    start: date | None
    end: date | None
    baseline_start: date | None
    baseline_end: date | None
    progress: int
    milestones: tuple[tuple[date, bool], ...]


def span_of(first: QuarterOfYear, quarters: int = QUARTERS_SHOWN) -> Span:
    return Span(first.start, first.plus(quarters).start)


def first_quarter(today: date) -> QuarterOfYear:
    return QuarterOfYear.of(today).plus(-QUARTERS_BEFORE_TODAY)


def quarter_lines(first: QuarterOfYear, quarters: int = QUARTERS_SHOWN) -> list[Line]:
    """One line where each quarter begins, strong where a year does, with the place of the quarter's label."""
    span = span_of(first, quarters)
    lines = []
    for place in range(quarters):
        quarter = first.plus(place)
        begins, ends = span.at(quarter.start), span.at(quarter.plus(1).start)
        lines.append(Line(_text(begins), f"Q{quarter.number}", _text((begins + ends) / 2), quarter.number == 1))
    return lines


def year_labels(first: QuarterOfYear, quarters: int = QUARTERS_SHOWN) -> list[tuple[str, int]]:
    """Place and year, where it begins within the span or the span begins in it with room for the word."""
    span = span_of(first, quarters)
    labels = [(0.0, first.year)] if first.number < 4 else []
    labels += [
        (span.at(date(year, 1, 1)), year)
        for year in range(first.year, first.plus(quarters).year + 1)
        if span.shows(date(year, 1, 1)) and date(year, 1, 1) != span.start
    ]
    return [(_text(x), year) for x, year in labels]


def bar(times: Times, span: Span) -> Bar:
    start, end = times.start, times.end
    planned = _box(start, end, span)
    late = None
    if end and times.baseline_end and end > times.baseline_end:
        late = _box(max(times.baseline_end, start or times.baseline_end), end, span)
    done_until = start + (end - start) * times.progress / 100 if start and end else None
    right = span.at(max(day for day in (end, times.baseline_end, span.start) if day))
    note_ends_here = right > 88
    return Bar(
        planned=planned,
        done=_box(start, done_until, span) if times.progress else None,
        late=late,
        resolved=_box(times.baseline_start or start, times.baseline_end, span),
        marks=tuple(_marks(times.milestones, span)),
        comes_from_before=bool(planned and start and start < span.start),
        goes_on=bool(planned and end and end > span.end),
        note_x=_text(min(right, 100.0)),
        note_ends_here=note_ends_here,
    )


def _marks(milestones: Iterable[tuple[date, bool]], span: Span) -> Iterable[Mark]:
    for day, missed in milestones:
        if span.shows(day):
            yield Mark(_text(span.at(day)), missed)


def _box(start: date | None, end: date | None, span: Span) -> Box | None:
    """The part that lies within the span; a day alone still has a width."""
    if start is None or end is None or end < start or end < span.start or start >= span.end:
        return None
    left, right = max(0.0, span.at(start)), min(100.0, span.at(end))
    return Box(_text(left), _text(max(right - left, 0.2)))


def _text(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
