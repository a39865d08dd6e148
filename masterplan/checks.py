"""What a measure's state may not be: one German sentence per field that says what to do instead."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Unit, User
from ground.formats import day, listed
from masterplan.models import ACTIVE_PHASES, Measure, Phase
from strategy.models import FieldOfAction

OTHER_TARGET = "Wählen Sie die andere Maßnahme, in der diese aufgeht."
PROMISE_KEPT = (
    "Eine Zusage wird nicht gelöscht. Tragen Sie das neue Ende ein, oder wählen Sie die Phase „zurückgestellt“ oder "
    "„verworfen“."
)
MILESTONE_KEPT = (
    "Eine Zusage wird nicht gelöscht. Tragen Sie den neuen Tag ein, oder lassen Sie den Meilenstein entfallen."
)
END_IS_PAST = (
    "Dieses geplante Ende ist schon vorbei. Tragen Sie ein, wann die Maßnahme jetzt enden soll; ist sie fertig, wählen "
    "Sie „abgeschlossen“ mit dem tatsächlichen Ende."
)
NOT_ENDED = "Ein tatsächliches Ende hat die Maßnahme erst in der Phase „abgeschlossen“. Wählen Sie auch diese Phase."
END_KEPT = (
    "Eine abgeschlossene Maßnahme behält ihr tatsächliches Ende. Tragen Sie den richtigen Tag ein, oder setzen Sie die "
    "Phase zurück."
)
END_IS_HISTORY = (
    "Die Maßnahme ist abgeschlossen; ihr zugesagtes Ende bleibt, wie es war. Geht es doch weiter, wählen Sie zuerst "
    "eine andere Phase."
)
IN_FUTURE = "Dieser Tag liegt in der Zukunft. Tragen Sie ein, was schon geschehen ist."

GIVEN_UP = (Phase.DEFERRED, Phase.REJECTED)
"""The phases that a promised date may be missing in."""
UNFINISHED = (Phase.PROPOSED, *ACTIVE_PHASES)


@dataclass(frozen=True)
class Step:
    """A milestone as it would be; `changed` names what differs from today, `baseline` is resolved or first promised."""

    pk: int
    title: str
    planned: date | None
    reached_on: date | None
    is_promised: bool
    baseline: date | None
    changed: Collection[str]


@dataclass(frozen=True)
class Proposed:
    """A measure as it would be: `new` holds all values, `changed` names those that differ from today."""

    measure: Measure
    new: Mapping[str, Any]
    changed: Collection[str]
    steps: Sequence[Step]

    @property
    def open_steps(self) -> list[Step]:
        return [step for step in self.steps if step.reached_on is None]


def errors_of(proposed: Proposed, today: date) -> dict[str, str]:
    """By field; a milestone's under `milestone_` and its id. The first that is found of a field counts."""
    errors: dict[str, str] = {}
    for check in (_figures, _planned_end, _actual_dates, _completion, _merging, _milestones):
        for name, sentence in check(proposed, today):
            errors.setdefault(name, sentence)
    return errors


type Found = Iterator[tuple[str, str]]


def _figures(proposed: Proposed, today: date) -> Found:
    new = proposed.new
    if not 0 <= new["progress"] <= 100:
        yield "progress", "Der Fortschritt ist eine ganze Zahl von 0 bis 100."
    if new["planned_start"] and new["planned_end"] and new["planned_end"] < new["planned_start"]:
        yield "planned_end", "Das geplante Ende liegt vor dem geplanten Beginn."


def _planned_end(proposed: Proposed, today: date) -> Found:
    measure, phase, end = proposed.measure, proposed.new["phase"], proposed.new["planned_end"]
    moved = "planned_end" in proposed.changed
    started = "phase" in proposed.changed and measure.phase not in (*ACTIVE_PHASES, Phase.COMPLETED)
    if end is None:
        if measure.first_promised_end and phase not in GIVEN_UP and (moved or "phase" in proposed.changed):
            yield "planned_end", PROMISE_KEPT
        return
    if moved and measure.is_committed and phase == measure.phase == Phase.COMPLETED:
        yield "planned_end", END_IS_HISTORY
    if phase in ACTIVE_PHASES and end < today and (moved or started):
        yield "planned_end", END_IS_PAST
    after = [step for step in proposed.open_steps if step.planned and step.planned > end]
    if moved and after and phase in UNFINISHED:
        named = listed([f"„{step.title}“ am {day(step.planned)}" for step in after if step.planned])
        lies = "läge ein Meilenstein" if len(after) == 1 else "lägen Meilensteine"
        yield "planned_end", f"Dann {lies} nach dem Ende: {named}. Verlegen Sie zuerst die Meilensteine."


def _actual_dates(proposed: Proposed, today: date) -> Found:
    new = proposed.new
    if new["actual_start"] and new["actual_end"] and new["actual_end"] < new["actual_start"]:
        yield "actual_end", "Das tatsächliche Ende liegt vor dem tatsächlichen Beginn."
    for name in ("actual_start", "actual_end"):
        if name in proposed.changed and new[name] and new[name] > today:
            yield name, IN_FUTURE
    if "actual_end" in proposed.changed and new["actual_end"] and new["phase"] in UNFINISHED:
        yield "actual_end", NOT_ENDED
    if "actual_end" in proposed.changed and not new["actual_end"] and new["phase"] == Phase.COMPLETED:
        yield "actual_end", END_KEPT


def _completion(proposed: Proposed, today: date) -> Found:
    if "phase" in proposed.changed and proposed.new["phase"] == Phase.COMPLETED and proposed.open_steps:
        yield "phase", f"{still_open(step.title for step in proposed.open_steps)} {REACH_OR_DROP}"


REACH_OR_DROP = "Tragen Sie ein, wann sie erreicht wurden, oder lassen Sie sie entfallen."


def still_open(titles: Iterable[str]) -> str:
    return f"Noch nicht erreicht: {listed([f'„{title}“' for title in titles])}."


def _merging(proposed: Proposed, today: date) -> Found:
    target = proposed.new["merged_into"]
    if proposed.new["phase"] == Phase.MERGED and (
        target is None or target.pk == proposed.measure.pk or target.phase == Phase.MERGED
    ):
        yield "merged_into", OTHER_TARGET


def _milestones(proposed: Proposed, today: date) -> Found:
    phase, end = proposed.new["phase"], proposed.new["planned_end"]
    for step in proposed.steps:
        name = f"milestone_{step.pk}"
        if "reached_on" in step.changed:
            if step.reached_on and step.reached_on > today:
                yield name, "Ein Meilenstein kann nicht in der Zukunft erreicht worden sein."
            if step.reached_on is None and phase == Phase.COMPLETED:
                yield name, "Die Maßnahme ist abgeschlossen. Setzen Sie zuerst ihre Phase zurück."
        if {"planned", "reached_on"} <= set(step.changed) and step.reached_on and step.is_promised:
            yield name, "Erreicht oder verschoben, beides zugleich geht nicht. Lassen Sie eines von beiden stehen."
        if "planned" not in step.changed or step.reached_on:
            continue
        if step.planned is None and step.is_promised and phase not in GIVEN_UP:
            yield name, MILESTONE_KEPT
        if step.planned and end and step.planned > end and phase in UNFINISHED:
            yield name, f"Der Meilenstein läge nach dem geplanten Ende, {day(end)}. Verschieben Sie zuerst das Ende."


def out_of_service(value: Any) -> str:
    """A sentence where no measure can be given to this person, unit or field of action any more; "" elsewhere."""
    if isinstance(value, User) and not value.is_able_to_answer_for_measures:
        return f"{value.email} kann nicht für Maßnahmen eintreten. Wählen Sie ein aktives Konto aus Verwaltung oder IT."
    if isinstance(value, Unit) and value.dissolved_on:
        return f"„{value.name}“ ist aufgelöst. Tragen Sie die Einheit ein, die jetzt zuständig ist."
    if isinstance(value, FieldOfAction) and value.withdrawn_on:
        return f"„{value.title}“ wird nicht mehr benutzt. Wählen Sie ein anderes."
    return ""
