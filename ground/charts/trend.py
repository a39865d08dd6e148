"""The trend of promised dates (Meilensteintrendanalyse): when they were promised across, for when upwards.

A level line was kept, a rising one was moved back; where a line meets the diagonal, its day has come. Lengths are
units of the view box, as text for SVG.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ground import formats
from ground.charts.trend_labels import Label, Wanted, beside, placed

PRINT_COLOURS = {"late": "#9b5500", "done": "#2b52b1", "kept": "#545a78"}
"""Colours by tone for the document; on pages the style sheet's classes win over them."""
WIDTH, HEIGHT = 760, 372
LEFT, RIGHT, TOP, BOTTOM = 92, 610, 20, 320
DAY_APART = 78
"""Days nearer to each other than that have one label."""
RISE, MARK = 30, 12
"""A move takes so much of the width: before it, what was promised stood. A mark is about as wide as the other."""
MONTHS_A_STEP = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)
MOST_STEPS = 7


@dataclass(frozen=True, slots=True)
class Point:
    """On the day `on`, `due` was promised; None where nothing was any more."""

    on: date
    due: date | None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """One date on its way; the last point of one that was `reached` lies on the diagonal. `tone` is one of
    PRINT_COLOURS."""

    label: str
    points: Sequence[Point]
    tone: str
    reached: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    path: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    marks: tuple[Mark, ...]
    tone: str

    @property
    def print_colour(self) -> str:
        return PRINT_COLOURS[self.tone]


@dataclass(frozen=True, slots=True)
class Day:
    """A line of the grid; the words are empty where there is no room for them."""

    at: str
    name: str
    day: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Step:
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    days: tuple[Day, ...]
    steps: tuple[Step, ...]
    diagonal: tuple[str, str, str, str] | None
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


@dataclass(frozen=True, slots=True)
class Scale:
    first: date
    last: date
    earliest: date
    latest: date

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return LEFT + (day - self.first).days * (RIGHT - LEFT) / span

    def y(self, day: date) -> float:
        span = max((self.latest - self.earliest).days, 1)
        return BOTTOM - (day - self.earliest).days * (BOTTOM - TOP) / span


def trend_chart(courses: Sequence[Course], days: Sequence[date], names: Mapping[date, str]) -> Chart:
    """Of courses whose points lie on `days` (ascending, two or more, today last); `names` says what a day is."""
    scale = _scale(courses, days)
    lines = tuple(_line(course, scale) for course in courses)
    return Chart(
        days=tuple(_days(days, names, scale)),
        steps=tuple(_steps(scale)),
        diagonal=_diagonal(scale),
        lines=lines,
        labels=_labels(courses, scale),
    )


def _scale(courses: Iterable[Course], days: Sequence[date]) -> Scale:
    dues = [point.due for course in courses for point in course.points if point.due]
    earliest, latest = min(dues).toordinal(), max(dues).toordinal()
    room = max((latest - earliest) // 12, 20)
    return Scale(days[0], days[-1], date.fromordinal(max(earliest - room, 1)), date.fromordinal(latest + room))


def _line(course: Course, scale: Scale) -> Line:
    path: list[str] = []
    before: Point | None = None
    for point in course.points:
        if point.due and before and before.due:
            stood = max(scale.x(before.on), scale.x(point.on) - RISE)
            path.append(f"H{stood:.1f}L{scale.x(point.on):.1f} {scale.y(point.due):.1f}")
        elif point.due:
            path.append(f"M{scale.x(point.on):.1f} {scale.y(point.due):.1f}")
        elif before and before.due:
            path.append(f"H{scale.x(point.on):.1f}")
        before = point
    return Line("".join(path), tuple(_marks(course, scale)), course.tone)


def _marks(course: Course, scale: Scale) -> Iterable[Mark]:
    """A diamond where the date was promised or moved, and at the end unless that is the same place."""
    before, marked = None, 0.0
    for place, point in enumerate(course.points):
        x = scale.x(point.on)
        ends = place == len(course.points) - 1 and x - marked > MARK
        if point.due and (point.due != before or point.corrected or ends):
            yield Mark(f"M{x:.1f} {scale.y(point.due) - 5:.1f}l5 5-5 5-5-5z", point.corrected)
            marked = x
        before = point.due


def _days(days: Sequence[date], names: Mapping[date, str], scale: Scale) -> Iterable[Day]:
    """The last has its label in any case, those with a name before the others, and these where there is room."""
    said = [days[-1]]
    for day in (*(one for one in days if one in names), *days):
        if all(abs(scale.x(day) - scale.x(other)) >= DAY_APART for other in said):
            said.append(day)
    for day in days:
        shown = day in said
        name, words = (names.get(day, ""), f"{day:%d.%m.%y}") if shown else ("", "")
        yield Day(f"{scale.x(day):.1f}", name, words, "middle")


def _steps(scale: Scale) -> Iterable[Step]:
    """Firsts of months, quarters, half-years or years, so that there are not too many."""
    for months in MONTHS_A_STEP:
        found = list(_firsts(scale, months))
        if len(found) <= MOST_STEPS:
            break
    for day in found:
        yield Step(f"{scale.y(day):.1f}", f"{formats.MONTHS[day.month - 1][:3]} {day.year}")


def _firsts(scale: Scale, months: int) -> Iterable[date]:
    number = scale.earliest.year * 12 + scale.earliest.month
    number += -number % months
    while number // 12 <= min(scale.latest.year, 9998):
        day = date(number // 12, number % 12 + 1, 1)
        if day > scale.latest:
            return
        yield day
        number += months


def _diagonal(scale: Scale) -> tuple[str, str, str, str] | None:
    """Where the day promised is the day itself."""
    start, end = max(scale.first, scale.earliest), min(scale.last, scale.latest)
    if start >= end:
        return None
    return tuple(f"{value:.1f}" for day in (start, end) for value in (scale.x(day), scale.y(day)))  # type: ignore[return-value]


def _labels(courses: Iterable[Course], scale: Scale) -> tuple[Label, ...]:
    """Beside the chart for what is still open, at its last point for what was reached before."""
    outside: list[Wanted] = []
    inside: list[Wanted] = []
    points = [(scale.x(p.on), scale.y(p.due)) for course in courses for p in course.points if p.due]
    for course in courses:
        last = next((point for point in reversed(course.points) if point.due), None)
        if last is None or last.due is None:
            continue
        x, y = scale.x(last.on), scale.y(last.due)
        near = course.points[-1].due is not None and x > RIGHT - 24
        (outside if near else inside).append((f"{course.label} {last.due:%d.%m.%y}", x, y, course.tone))
    return (*beside(outside, right=RIGHT, top=TOP, bottom=BOTTOM), *placed(inside, points, left=LEFT, right=RIGHT))
