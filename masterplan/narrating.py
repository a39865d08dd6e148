"""Tells what a change was, in the journal's words."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ground.journal import Entry
from masterplan.change import Change
from masterplan.models import ACTIVE_PHASES, Health, Phase
from masterplan.models.kinds import POSTPONED, REPORT, REPORTED
from masterplan.reasons import derived


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else "offen"


ANOTHER = "eine andere Maßnahme"
"""The journal names no measure beside its subject: who reads of the one may not always see the other."""

WORDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "phase": ("Phase geändert", lambda value: Phase(value).label),
    "health": ("Status geändert", lambda value: Health(value).label),
    "progress": ("Fortschritt gemeldet", lambda value: f"{value} %"),
    "merged_into": ("Zusammengeführt", lambda value: ANOTHER if value else ""),
    "planned_start": ("Beginn geändert", _day),
    "planned_end": ("Ende geändert", _day),
    "actual_start": ("Begonnen", _day),
    "actual_end": ("Abgeschlossen", _day),
}


def _what_happened(name: str, before: date | None, after: date | None) -> str:
    if name == "reached_on":
        return "erreicht" if after else "wieder offen"
    if before is None:
        return "geplant"
    return "verlegt" if after else "ohne Termin"


def entries_of(change: Change, *, reason: str, public_sentence: str) -> Iterator[Entry]:
    """One entry per changed field and milestone; public while the measure is, with the reason that may be published."""
    yield from _of_fields(change, reason)
    yield from _of_milestones(change, reason)
    if public_sentence:
        yield Entry(
            subject=change.measure,
            kind=REPORTED,
            title=REPORT,
            reason=public_sentence,
            public=change.measure.is_public,
        )


def _of_fields(change: Change, reason: str) -> Iterator[Entry]:
    for name, after in change.after.items():
        if name == "health_reason":
            continue
        before = change.before[name]
        title, words = WORDS[name]
        if name == "planned_end" and before and after:
            title = POSTPONED if after > before else "Ende vorgezogen"
        yield Entry(
            subject=change.measure,
            kind=f"measure.{name}",
            title=title,
            before=words(before) if before is not None else "",
            after=words(after),
            reason=_why(change, name) or reason,
            public=change.measure.is_public and name != "merged_into" and not _is_first_verdict(change, name),
        )


def _is_first_verdict(change: Change, name: str) -> bool:
    """That the criteria apply from the first promise on is no news."""
    return name == "health" and change.before[name] == Health.NOT_ASSESSED and not change.new("health_reason")


def _why(change: Change, name: str) -> str:
    """The reason of a health is its own: who stated it gave one, else it follows from the criteria."""
    if name != "health" or change.new("phase") not in ACTIVE_PHASES:
        return ""
    return str(change.new("health_reason")) or derived(change.verdict)


def _of_milestones(change: Change, reason: str) -> Iterator[Entry]:
    for milestone in change.changed_milestones:
        before = change.milestones_before[milestone.pk]
        for name, day in change.milestones_after[milestone.pk].items():
            yield Entry(
                subject=change.measure,
                kind=f"milestone.{name}",
                title=f"Meilenstein {_what_happened(name, before[name], day)}: {milestone.title}"[:120],
                before=_day(before[name]) if before[name] else "",
                after=_day(day),
                reason=reason,
                public=change.measure.is_public,
            )
