"""What an update says beside what stands now, in words: one line for each particular, what changes first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField

from ground.formats import NBSP, day, days_moved, euro, listed, percent, slipped
from masterplan.change import Change
from masterplan.models import Health, Measure, Milestone, Phase, ShownStatus, StatusUpdate
from masterplan.models.status_update import TEXTS
from masterplan.narrating import ANOTHER
from masterplan.new_state import Option, milestones_in, options_of, values_in
from masterplan.reasons import explained
from masterplan.rules import Slip

ALWAYS = ("health", "phase", "progress", "planned_end")
"""Shown also where they stay as they are."""
ORDER = ("planned_end", "health", "phase", "progress", "planned_start", "actual_start", "actual_end", "merged_into")
LABELS = {
    "planned_end": "Geplantes Ende",
    "health": "Status",
    "phase": "Phase",
    "progress": "Fortschritt",
    "planned_start": "Geplanter Beginn",
    "actual_start": "Tatsächlicher Beginn",
    "actual_end": "Tatsächliches Ende",
    "merged_into": "Zusammengeführt in",
    "public_sentence": "Öffentlicher Satz",
    "reason": "Grund",
    "achieved": "Erreicht, intern",
    "next_steps": "Nächste Schritte, intern",
    "cause": "Ursache, intern",
    "remarks": "Bemerkungen, intern",
    "decision": "Nötige Entscheidung, intern",
}
STEP_WORDS = {"planned": "geplant für", "reached_on": "erreicht am"}
NOTHING = "–"


@dataclass(frozen=True)
class Line:
    name: str
    label: str
    before: str
    after: str
    note_before: str = ""
    note: str = ""
    field: BoundField | None = None
    """In which the text can be worded anew."""
    statuses: tuple[ShownStatus | None, ShownStatus | None] = (None, None)
    """Before and after, where the line is about the status."""

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def mark(self) -> str:
        if not self.changed:
            return ""
        return "neu" if self.before == NOTHING else "geändert"


def lines(
    change: Change, milestones: Sequence[Milestone], update: StatusUpdate, last: StatusUpdate | None, moved: Slip
) -> list[Line]:
    """`last` is the newest approved update, whose texts stand now; `moved` tells of the promised end so far."""
    found = [*_values(change, moved), *_milestones(change, milestones), *_texts(update, last)]
    return sorted(found, key=lambda line: not line.changed)


def kept_lines(update: StatusUpdate, milestones: Sequence[Milestone]) -> list[Line]:
    """As it was decided: what it says it changed, whatever became of the measure since."""
    before, after = values_in(update.before), values_in(update.values)
    values = [_line(name, before.get(name), after[name]) for name in ORDER if name in after]
    titles = {one.pk: one.title for one in milestones}
    was = milestones_in(update.before)
    steps = [
        Line("", f"„{titles.get(pk, '')}“ {STEP_WORDS[name]}", _day(was.get(pk, {}).get(name)), _day(day_))
        for pk, dates in milestones_in(update.values).items()
        for name, day_ in dates.items()
    ]
    return [*values, *steps, *(line for line in _texts(update, None) if line.after != NOTHING)]


def headline(change: Change, update: StatusUpdate) -> str:
    """Ende 120 Tage später, jetzt 30.04.2027; or what else weighs most"""
    if update.says_unchanged:
        return "unverändert"
    before, after = change.before.get("planned_end"), change.after.get("planned_end")
    if before and after:
        later = (after - before).days
        return f"Ende {abs(later)}{NBSP}Tage {'später' if later > 0 else 'früher'}, jetzt {day(after)}"
    if "phase" in change.after:
        return f"Phase jetzt {Phase(change.after['phase']).label}"
    if "health" in change.after:
        return f"Status jetzt {Health(change.after['health']).label}"
    reached = [one.title for one in change.changed_milestones if change.milestones_after[one.pk].get("reached_on")]
    if reached:
        return f"erreicht: {listed([f'„{title}“' for title in reached])}"
    return "Termine und Angaben geändert" if change else "nur Texte, keine Werte geändert"


def _values(change: Change, moved: Slip) -> Iterator[Line]:
    for name in ORDER:
        after, before = change.new(name), getattr(change.measure, name)
        if name not in ALWAYS and before == after:
            continue
        yield _line(name, before, after, *_notes(change, name, moved))


def _line(name: str, before: Any, after: Any, note_before: str = "", note: str = "") -> Line:
    statuses = (_status(before), _status(after)) if name == "health" else (None, None)
    words = value_words(name, before), value_words(name, after)
    return Line(name, LABELS[name], *words, note_before, note, statuses=statuses)


def _status(health: Any) -> ShownStatus | None:
    return ShownStatus(health) if health else None


def _notes(change: Change, name: str, moved: Slip) -> tuple[str, str]:
    measure = change.measure
    if name == "health":
        return measure.health_reason, explained(change.verdict, change.new("health"), change.new("health_reason"))
    if name == "planned_end":
        promised = measure.resolved_end or measure.first_promised_end
        kind = "beschlossen" if measure.resolved_end else "zuerst zugesagt"
        said = [f"{kind} {day(promised)}"] if promised else []
        said += [words] if (words := slipped(moved.times, moved.days, moved.forward)) else []
        before, after = change.before.get(name), change.after.get(name)
        return ", ".join(said), days_moved((after - before).days) if before and after else ""
    if name == "progress" and (reached := _reached(change)):
        return "", f"erreicht: {listed(reached)}"
    return "", ""


def _reached(change: Change) -> list[str]:
    return [one.title for one in change.changed_milestones if change.milestones_after[one.pk].get("reached_on")]


def _milestones(change: Change, milestones: Sequence[Milestone]) -> Iterator[Line]:
    for milestone in milestones:
        for name, after in change.milestones_after.get(milestone.pk, {}).items():
            before = change.milestones_before[milestone.pk][name]
            moved = days_moved((after - before).days) if before and after else ""
            label = f"„{milestone.title}“ {STEP_WORDS[name]}"
            yield Line(f"milestone_{milestone.pk}_{name}", label, _day(before), _day(after), "", moved)


def _texts(update: StatusUpdate, last: StatusUpdate | None) -> Iterator[Line]:
    for name in TEXTS:
        after = getattr(update, name)
        before = getattr(last, name) if last and name == "public_sentence" else ""
        if after or name == "public_sentence":
            yield Line(name, LABELS[name], before or NOTHING, after or before or NOTHING)
    for place, option in enumerate(options_of(update), start=1):
        yield Line(f"way_{place}", f"{place}. Weg, intern", NOTHING, option_words(option))


def option_words(option: Option) -> str:
    said = [option.text]
    said += [f"{days_moved(option.days)}"] if option.days is not None else []
    said += [f"{euro(option.amount)} mehr"] if option.amount is not None else []
    return ", ".join(said) + (" (empfohlen)" if option.recommended else "")


def value_words(name: str, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if name == "phase":
        return str(Phase(value).label)
    if name == "health":
        return str(Health(value).label)
    if name == "progress":
        return percent(value)
    if isinstance(value, date):
        return day(value)
    return ANOTHER if isinstance(value, Measure) else str(value)


def _day(value: date | None) -> str:
    return day(value) if value else NOTHING
