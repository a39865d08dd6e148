"""Trend of promised dates in words and figures: which lines a chart shows, on which days, and what it says. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ground import formats
from ground.charts.trend import Chart, Course, Point, trend_chart
from ground.halfyears import HalfYear
from masterplan.rules import Promised, Slip, Stand, course, slip, stand_on

MOST_LINES = 7
MOST_ROWS = 100
MOST_DAYS, MOST_HALF_YEARS = 6, 8
NAMED = 4
"""So many are named in the sentence over the chart; more are counted."""
READING = (
    "Jede Linie zeigt, welches Datum wann zugesagt war: waagerecht heißt eingehalten, steigend verschoben, fallend "
    "vorgezogen. Wo eine Linie die gestrichelte Schräge trifft, ist der Termin erreicht."
)
CORRECTED = "Hohle Punkte: Ein Schreibfehler wurde berichtigt. Das zählt nicht als verschoben."
NOTHING_MOVED = "Noch kein Termin wurde verschoben"


@dataclass(frozen=True, slots=True)
class Subject:
    """A date that was promised: a milestone's or a measure's end. `said` names it within a sentence."""

    short: str
    said: str
    title: str
    promises: Sequence[Promised]
    reached: date | None
    is_open: bool
    leads: bool = False
    """Drawn in any case: the end among its milestones."""
    url: str = ""
    resolved_on: date | None = None

    @property
    def slip(self) -> Slip:
        return slip((one.kind, one.days) for one in self.promises)

    @property
    def is_late(self) -> bool:
        return self.slip.times > 0 and self.slip.days > 0

    @property
    def is_drawn(self) -> bool:
        first = self.promises[0].on if self.promises else None
        return bool(first and (self.is_open or self.reached) and (self.reached is None or self.reached >= first))


@dataclass(frozen=True, slots=True)
class TrendRow:
    short: str
    title: str
    url: str
    dues: tuple[tuple[str, str], ...]
    """Pairs of day and what was promised then."""
    reached: str
    moved: str
    late: bool


@dataclass(frozen=True, slots=True)
class Trend:
    headline: str
    reading: str
    chart: Chart
    title: str
    description: str
    rows: tuple[TrendRow, ...]
    columns: tuple[str, ...]
    further: str
    correction: str


def milestone_short(place: int) -> str:
    """M1, in the order in which a measure's milestones stand."""
    return f"M{place}"


def trend(subjects: Sequence[Subject], *, plural: str, today: date) -> Trend | None:
    """`plural` names what the lines stand for. None where nothing was promised that could be drawn."""
    drawable = [one for one in subjects if one.is_drawn and one.promises[0].on < today]
    if not drawable:
        return None
    lines, shown = _first(drawable, MOST_LINES), _first(drawable, MOST_ROWS)
    days = _days(lines, today)
    courses = [_course(one, days, today) for one in lines]
    headline = _headline(drawable, plural)
    rows = tuple(_row(one, days, today) for one in shown)
    return Trend(
        headline=headline,
        reading=READING,
        chart=trend_chart(_together(courses), days, _names(lines, days, today)),
        title=_spoken(headline, lines, today),
        description="Alle Werte stehen in der Tabelle darunter.",
        rows=rows,
        columns=tuple(formats.day(day) if day != today else "heute" for day in days),
        further=_further(len(drawable) - len(lines), len(rows) - len(lines), plural),
        correction=CORRECTED if any(point.corrected for one in courses for point in one.points) else "",
    )


def _first(subjects: Sequence[Subject], most: int) -> list[Subject]:
    """Those that moved farthest, in their order."""
    places = sorted(range(len(subjects)), key=lambda place: _weight(subjects[place]))[:most]
    return [subjects[place] for place in sorted(places)]


def _weight(subject: Subject) -> tuple[bool, int, bool]:
    return not subject.leads, -abs(subject.slip.days), subject.reached is not None


def _days(lines: Iterable[Subject], today: date) -> list[date]:
    """On which something was promised or resolved; where these are many, the ends of half-years or years between."""
    promised = {promise.on for one in lines for promise in one.promises}
    resolved = {one.resolved_on for one in lines if one.resolved_on and one.resolved_on > min(promised)}
    own = sorted(day for day in promised | resolved if day < today)
    if len(own) <= MOST_DAYS:
        return [*own, today]
    ends, half = [], HalfYear.of(own[0])
    while half.end < today:
        ends.append(half.end)
        half = half.next()
    if len(ends) > MOST_HALF_YEARS:
        ends = [day for day in ends if day.month == 12]
    return [own[0], *(day for day in ends if day > own[0]), today]


def _names(lines: Iterable[Subject], days: Iterable[date], today: date) -> dict[date, str]:
    resolved = {one.resolved_on for one in lines}
    return {day: "Beschluss" for day in days if day in resolved} | {today: "heute"}


def _course(subject: Subject, days: Sequence[date], today: date) -> Course:
    """On each of the days from its first promise on; of what was reached, up to that day."""
    stands = course(subject.promises)
    until = min(subject.reached or today, today)
    points = [
        Point(day, stand.due, _mended(stand, before, stands))
        for before, day in zip([None, *days], days, strict=False)
        if day <= until and (stand := stand_on(stands, day))
    ]
    if subject.reached and subject.reached <= today:
        points = [point for point in points if point.on < subject.reached]
        points.append(Point(subject.reached, subject.reached))
    tone = "done" if subject.reached else "late" if subject.is_late else "kept"
    return Course(subject.short, tuple(points), tone, reached=subject.reached is not None)


def _mended(stand: Stand, before: date | None, stands: Sequence[Stand]) -> bool:
    """Marked on the first of the days on which it shows, and there alone."""
    return stand.corrected and (before is None or stand_on(stands, before) != stand)


def _together(courses: Iterable[Course]) -> list[Course]:
    """Two dates that always were the same are one line with both names."""
    found: dict[tuple[Point, ...], Course] = {}
    for one in courses:
        key = tuple(one.points)
        known = found.get(key)
        label = f"{known.label}, {one.label}" if known else one.label
        found[key] = Course(label, one.points, one.tone, one.reached)
    return list(found.values())


def _headline(subjects: Sequence[Subject], plural: str) -> str:
    """M4, M5 und M6 sind seit dem Beschluss zweimal nach hinten gerückt"""
    moved = [one for one in subjects if one.is_late]
    direction = "nach hinten"
    if not moved:
        moved = [one for one in subjects if one.slip.days < 0]
        direction = "nach vorn"
    if not moved:
        return NOTHING_MOVED
    verb = "ist" if len(moved) == 1 else "sind"
    if len(moved) > NAMED:
        far = max(moved, key=lambda one: abs(one.slip.days))
        count = formats.sentence_start(formats.number_word(len(moved)))
        farthest = f"am weitesten {far.said} ({formats.days_moved(far.slip.days)})"
        return f"{count} von {formats.number_word(len(subjects))} {plural} {verb} {direction} gerückt, {farthest}"
    times = Counter(one.slip.times or one.slip.forward for one in moved)
    how_often = f"{formats.times_word(next(iter(times)))} " if len(times) == 1 else ""
    names = formats.sentence_start(formats.listed([one.said for one in moved]))
    return f"{names} {verb} {_since(moved)} {how_often}{direction} gerückt"


def _since(moved: Iterable[Subject]) -> str:
    """A move before the resolution is none since."""
    resolved = all(
        one.resolved_on and all(promise.on >= one.resolved_on for promise in one.promises if promise.days)
        for one in moved
    )
    return "seit dem Beschluss" if resolved else "seit der ersten Zusage"


def _row(subject: Subject, days: Sequence[date], today: date) -> TrendRow:
    stands = course(subject.promises)
    until = min(subject.reached or today, today)
    moved = subject.slip
    return TrendRow(
        short=subject.short,
        title=subject.title,
        url=subject.url,
        dues=tuple(
            ("heute" if day == today else formats.day(day), _due(stand_on(stands, day) if day <= until else None))
            for day in days
        ),
        reached=formats.day(subject.reached) if subject.reached else "noch offen",
        moved=formats.slipped(moved.times, moved.days, moved.forward) or "wie zugesagt",
        late=subject.is_late,
    )


def _due(stand: Stand | None) -> str:
    if stand is None:
        return "–"
    said = formats.day(stand.due) if stand.due else "ohne Termin"
    return f"{said} (Korrektur)" if stand.corrected else said


def _spoken(headline: str, lines: Iterable[Subject], today: date) -> str:
    """All that the chart shows."""
    return " ".join([f"Meilensteintrend: {headline}.", *(_said(one, today) for one in lines)])


def _said(subject: Subject, today: date) -> str:
    stands = [stand.due for stand in course(subject.promises) if stand.due]
    name = f"{subject.short} {subject.title}" if subject.title != subject.short else subject.title
    first = f"{name}: zuerst zugesagt {formats.day(stands[0])}" if stands else name
    now = stand_on(course(subject.promises), today)
    moved = formats.slipped(subject.slip.times, subject.slip.days, subject.slip.forward)
    if subject.reached:
        ends = f"erreicht {formats.day(subject.reached)}"
    else:
        ends = f"heute {formats.day(now.due)}" if now and now.due else "heute ohne Termin"
    return f"{', '.join(part for part in (first, ends, moved) if part)}."


def _further(left: int, in_table: int, plural: str) -> str:
    if left < 1:
        return ""
    head = f"Gezeichnet sind die {formats.number_word(MOST_LINES)}, die sich am weitesten bewegt haben; "
    rest = "eine weitere steht" if left == 1 and plural == "Maßnahmen" else "ein weiterer steht"
    said = rest if left == 1 else f"{formats.number_word(left)} weitere stehen"
    return f"{head}{said} {'nur in der Tabelle' if in_table == left else 'in Tabelle und Liste'}."
