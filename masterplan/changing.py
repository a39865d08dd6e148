"""One change to many measures: what it would do to each, then all of it or nothing."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from accounts.access import Perm, require
from masterplan.change import CONTROLLED, InvalidChange, changes_of
from masterplan.derived import Yardstick
from masterplan.hints import against
from masterplan.models import Measure, Milestone, Visibility
from masterplan.planning import edit_measures
from masterplan.publishing import set_visibility
from masterplan.updating import NewState, report_many


class BulkAction(models.TextChoices):
    PUBLISH = "veroeffentlichen", "Veröffentlichen"
    HIDE = "intern", "Intern setzen"
    LEAD_UNIT = "federfuehrung", "Federführung setzen"
    RESPONSIBLE = "verantwortlich", "Verantwortliche setzen"
    PLANNED_END = "termin", "Geplantes Ende setzen"
    PHASE = "phase", "Phase setzen"
    HEALTH = "bewertung", "Status setzen"

    @property
    def field(self) -> str:
        return {
            BulkAction.PUBLISH: "visibility",
            BulkAction.HIDE: "visibility",
            BulkAction.LEAD_UNIT: "lead_unit",
            BulkAction.RESPONSIBLE: "responsible",
            BulkAction.PLANNED_END: "planned_end",
            BulkAction.PHASE: "phase",
            BulkAction.HEALTH: "health",
        }[self]


CONFIDENTIAL_ONE_BY_ONE = "Bei nichtöffentlichen Maßnahmen ändern Sie die Sichtbarkeit nur einzeln."
VISIBILITY = {BulkAction.PUBLISH: Visibility.PUBLIC, BulkAction.HIDE: Visibility.INTERNAL}


class ConfidentialInBulk(Exception):
    """Who may see a confidential measure is decided for each by itself."""


class MeasureGone(Exception):
    """A measure that was to be changed with others was deleted or withdrawn meanwhile."""


@dataclass(frozen=True, kw_only=True)
class BulkChange:
    """`with_it` holds what a status update needs beside the value, such as the actual end of what is finished."""

    field: str
    value: Any
    reason: str = ""
    correction: bool = False
    with_it: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        return {self.field: self.value, **self.with_it}

    def opens(self, measure: Measure) -> bool:
        """Whether a confidential measure would no longer be one."""
        confidential = measure.visibility == Visibility.CONFIDENTIAL
        return self.field == "visibility" and confidential and self.value != Visibility.CONFIDENTIAL


@dataclass(frozen=True)
class Outcome:
    """What would become of one measure; `refused` is the sentence why it cannot be, `warnings` speak against it."""

    measure: Measure
    before: Any
    after: Any
    refused: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        return not self.refused and self.before != self.after


def preview(measures: Sequence[Measure], change: BulkChange, *, today: date) -> list[Outcome]:
    milestones: dict[int, list[Milestone]] = {}
    if change.field in CONTROLLED:
        for milestone in Milestone.objects.current().filter(measure__in=measures).order_by("position", "pk"):
            milestones.setdefault(milestone.measure_id, []).append(milestone)
    yardstick = Yardstick.of([measure.pk for measure in measures], today)
    return [_outcome(measure, milestones.get(measure.pk, []), change, yardstick, today) for measure in measures]


def _outcome(
    measure: Measure, milestones: list[Milestone], change: BulkChange, yardstick: Yardstick, today: date
) -> Outcome:
    before = getattr(measure, change.field)
    if change.field not in CONTROLLED:
        return Outcome(measure, before, change.value, _refusal(measure, change))
    try:
        found = changes_of(
            measure,
            milestones,
            values=change.values,
            milestone_dates={},
            reason=change.reason,
            yardstick=yardstick,
            today=today,
        )
    except InvalidChange as refused:
        return Outcome(measure, before, change.value, " ".join(refused.errors.values()))
    return Outcome(measure, before, found.new(change.field), warnings=against(found))


def _refusal(measure: Measure, change: BulkChange) -> str:
    if change.field == "visibility":
        return CONFIDENTIAL_ONE_BY_ONE if change.opens(measure) else ""
    same = change.field == "responsible" and change.value is not None and measure.deputy_id == change.value.pk
    return "Diese Person ist hier schon die Vertretung. Ändern Sie zuerst die Vertretung." if same else ""


@transaction.atomic
def change_many(*, versions: Mapping[int, int], change: BulkChange, by: Any, now: datetime | None = None) -> int:
    """Changes the measures that `versions` names by id, all or none; returns how many there are.

    Raises MeasureGone, StaleRow where one is not of its version any more, ConfidentialInBulk, and whatever the field's
    own activity raises.
    """
    require(by, Perm.EDIT_MEASURES)
    there = Measure.objects.current().select_for_update(of=("self",)).filter(pk__in=versions).order_by("pk")
    if len(there) < len(versions):
        raise MeasureGone
    if change.field == "visibility":
        _refuse_confidential(versions, change)
        set_visibility(
            measure_ids=list(versions),
            visibility=change.value,
            reason=change.reason,
            versions=versions,
            by=by,
            now=now,
        )
    elif change.field in CONTROLLED:
        report_many([_state(pk, version, change) for pk, version in versions.items()], by=by, now=now)
    else:
        edit_measures(versions=dict(versions), values={change.field: change.value}, by=by, now=now)
    return len(versions)


def _refuse_confidential(versions: Mapping[int, int], change: BulkChange) -> None:
    """A row of another version is left to the activity, which refuses it as stale."""
    for measure in Measure.objects.filter(pk__in=versions):
        if measure.version == versions[measure.pk] and change.opens(measure):
            raise ConfidentialInBulk(measure.number)


def _state(pk: int, version: int, change: BulkChange) -> NewState:
    return NewState(
        measure_id=pk,
        values=change.values,
        reason=change.reason,
        correction=change.correction,
        expected_version=version,
    )
