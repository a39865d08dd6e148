"""The first page: the sentence, the figures, what changed. Used by the document and by the page on the portal."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ground import formats
from reporting.context import milestones, words
from reporting.payload import Change, MeasureState, Payload

MOST_CHANGES = 12
ALL, MILESTONES = "alle", "meilensteine"
WORDS = {
    "WORSE": "Schlechter",
    "BETTER": "Besser",
    "POSTPONED": "Verschoben",
    "BROUGHT_FORWARD": "Vorgezogen",
    "FINISHED": "Fertig",
    "NEW": "Neu",
    "DEFERRED": "Zurückgestellt",
    "REJECTED": "Verworfen",
    "MERGED": "Zusammengeführt",
    "RESUMED": "Wieder aktiv",
}


@dataclass(frozen=True)
class Figure:
    value: str
    unit: str
    text: str
    target: str
    """Id of the section that names what is counted, in the document and on the page."""


@dataclass(frozen=True)
class Chip:
    label: str
    symbol: str
    tone: str
    count: int


@dataclass(frozen=True)
class ChangeLine:
    kind: str
    number: str
    title: str
    path: str
    before: str
    after: str
    note: str
    """By how many days the end moved since the last report, and how often of all times."""
    reason: str


@dataclass(frozen=True)
class PageOne:
    finding: str
    figures: Sequence[Figure]
    chips: Sequence[Chip]
    assessment: str
    author: str
    changes_heading: str
    compared_with: str
    changes: Sequence[ChangeLine]
    """The weightiest, with titles and reasons cut so that the page stays one page."""
    further: int
    all_changes: Sequence[ChangeLine]


def page_one(told: Payload) -> PageOne:
    return PageOne(
        finding=finding(told),
        figures=_figures(told),
        chips=chips(told),
        assessment=told.assessment.strip(),
        author=told.author,
        changes_heading=(
            "Was hat sich seit dem letzten Bericht geändert?"
            if told.earlier
            else "Was weicht von den beschlossenen Terminen ab?"
        ),
        compared_with=compared_with(told),
        changes=_lines(told, short=True)[:MOST_CHANGES],
        further=max(0, len(told.changes) - MOST_CHANGES),
        all_changes=_lines(told, short=False),
    )


def finding(told: Payload) -> str:
    total, behind = len(told.measures), told.behind
    if not total:
        return "Dieser Bericht enthält keine Maßnahme."
    if not behind:
        one = "Die Maßnahme liegt nicht" if total == 1 else f"Keine der {formats.whole(total)} Maßnahmen liegt"
        return f"{one} hinter der Zusage."
    verb = "liegt" if len(behind) == 1 else "liegen"
    start = formats.sentence_start(formats.share(len(behind), total, "Maßnahmen"))
    critical = sum(measure.status == "CRITICAL" for measure in behind)
    if not critical:
        return f"{start} {verb} hinter der Zusage, keine davon ist kritisch."
    count = "eine" if critical == 1 else formats.number_word(critical)
    return f"{start} {verb} hinter der Zusage, {count} davon {'ist' if critical == 1 else 'sind'} kritisch."


def compared_with(told: Payload) -> str:
    if told.earlier:
        return f"Bericht {told.earlier.label} vom {formats.day(told.earlier.frozen_on)}"
    return "den beschlossenen Terminen (erster Bericht)"


def chips(told: Payload) -> list[Chip]:
    """Worst first; they add up to all measures."""
    counts = Counter(measure.status for measure in told.measures)
    return [
        Chip(status.label, status.symbol, status.tone, counts[status.key])
        for status in told.statuses
        if counts[status.key]
    ]


def _figures(told: Payload) -> list[Figure]:
    total = f"von {formats.whole(len(told.measures))}"
    behind = [measure.days_behind or 0 for measure in told.behind]
    on_track = sum(measure.status == "ON_TRACK" for measure in told.measures)
    completed = sum(measure.status == "COMPLETED" for measure in told.measures)
    finished = sum(change.kind == "FINISHED" for change in told.changes)
    mean = f", im Mittel um {formats.days_moved(round(sum(behind) / len(behind)))[1:]}" if behind else ""
    earlier = told.earlier
    since = f", davon {formats.number_word(finished) if finished != 1 else 'eine'} seit dem letzten Bericht"
    return [
        Figure(str(len(behind)), total, f"hinter der Zusage{_before(earlier.behind if earlier else None)}{mean}", ALL),
        Figure(str(on_track), total, f"laufen nach Plan{_before(earlier.on_track if earlier else None)}", ALL),
        Figure(str(completed), total, f"abgeschlossen{since if earlier and completed else ''}", ALL),
        _milestones(told),
    ]


def _milestones(told: Payload) -> Figure:
    if not told.due:
        return Figure("0", "", "Meilensteine waren im Halbjahr fällig", MILESTONES)
    return Figure(str(milestones.reached(told)), f"von {len(told.due)}", milestones.figure_text(told), MILESTONES)


def _before(count: int | None) -> str:
    return "" if count is None else f" (vorher{formats.NBSP}{count})"


def _lines(told: Payload, *, short: bool) -> list[ChangeLine]:
    measures = {measure.number: measure for measure in told.measures}
    return [_line(change, measures[change.number], short=short) for change in told.changes]


def _line(change: Change, measure: MeasureState, *, short: bool) -> ChangeLine:
    return ChangeLine(
        kind=WORDS[change.kind],
        number=measure.number,
        title=words.cut(measure.title, 48) if short else measure.title,
        path=measure.path,
        before=change.before,
        after=change.after,
        note=_note(change),
        reason=words.cut(change.reason, 54) if short else change.reason,
    )


def _note(change: Change) -> str:
    """Ende +30 Tage, insgesamt 2× verschoben: since the last report, and of all times"""
    of_end = "Ende " if change.kind in ("WORSE", "BETTER") else ""
    days = [f"{of_end}{formats.days_moved(change.days)}"] if change.days else []
    times = [f"insgesamt{formats.NBSP}{change.times}× verschoben"] if change.times else []
    return ", ".join(days + times)
