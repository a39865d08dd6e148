"""Takes an earlier value of a measure or milestone back; as a new value, so that nothing in between is lost."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from accounts.access import Perm, require
from masterplan.change import CONTROLLED, MILESTONE_DATES
from masterplan.checks import out_of_service
from masterplan.models import Measure, Milestone, Phase
from masterplan.planning import SETS, TEXTS, edit_measure
from masterplan.scheduling import edit_milestone
from masterplan.updating import NewState, report

MILESTONE_TEXTS = ("title", "weight")
BELONGS_TO = {Phase.COMPLETED: "actual_end", Phase.MERGED: "merged_into"}
"""Without its day an end, and without its target a merger, would be another one than it was."""


NEVER_RESTORED = "Dieser Wert lässt sich nicht wiederherstellen."
GONE = "Was damals eingetragen war, gibt es nicht mehr. Tragen Sie ein, was jetzt gelten soll."


class CannotRestore(Exception):
    """This earlier value cannot be taken back; a German sentence says why."""


@transaction.atomic
def restore(
    *,
    measure_id: int,
    history_id: int,
    field: str,
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Measure:
    """Gives `field` the value it had in the history row, and what belongs to it. A date becomes a new promise; none is
    removed.

    Of a set, rows that are gone since stay away. Raises CannotRestore, StaleRow, ReasonMissing, InvalidChange or
    DeputyIsResponsible.
    """
    require(by, Perm.EDIT_MEASURES)
    earlier = Measure.history.get(history_id=history_id, id=measure_id)
    if field in CONTROLLED:
        values = earlier_values(earlier, field)
        state = NewState(measure_id=measure_id, values=values, reason=reason, expected_version=expected_version)
        report(state, by=by, now=now)
        return Measure.objects.get(pk=measure_id)
    if field not in (*TEXTS, *SETS):
        raise CannotRestore(NEVER_RESTORED)
    values = earlier_values(earlier, field) if field in TEXTS else {}
    sets = {field: set_in(earlier, field)} if field in SETS else None
    return edit_measure(
        measure_id=measure_id,
        values=values,
        sets=sets,
        reason=reason,
        expected_version=expected_version,
        by=by,
        now=now,
    )


def restored_with(earlier: Any, field: str) -> list[str]:
    """The fields that come back together with `field` of a history row."""
    if field == "health":
        return ["health_reason"]
    return [BELONGS_TO[earlier.phase]] if field == "phase" and earlier.phase in BELONGS_TO else []


def earlier_values(earlier: Any, field: str) -> dict[str, Any]:
    """What a history row holds of `field` and what belongs to it.

    Raises CannotRestore where a row that it names is gone or out of service since.
    """
    return {name: _earlier_value(earlier, name) for name in (field, *restored_with(earlier, field))}


def _earlier_value(earlier: Any, name: str) -> Any:
    try:
        value = getattr(earlier, name)
    except ObjectDoesNotExist as gone:
        raise CannotRestore(GONE) from gone
    if value is None and getattr(earlier, earlier._meta.get_field(name).attname) is not None:
        raise CannotRestore(GONE)
    if sentence := out_of_service(value):
        raise CannotRestore(sentence)
    return value


def is_restorable(earlier: Any, field: str) -> bool:
    try:
        earlier_values(earlier, field)
    except CannotRestore:
        return False
    return True


def set_in(earlier: Any, field: str) -> list[Any]:
    """The rows of a set that a history row holds and that still exist."""
    m2m = Measure._meta.get_field(field)
    ids = getattr(earlier, field).values_list(f"{m2m.m2m_reverse_field_name()}_id", flat=True)  # type: ignore[union-attr]
    return list(m2m.related_model._base_manager.filter(pk__in=list(ids)))  # type: ignore[union-attr]


@transaction.atomic
def restore_milestone(
    *,
    milestone_id: int,
    history_id: int,
    field: str,
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Milestone:
    """Gives a milestone's title, weight or date back. Raises as `restore` does."""
    require(by, Perm.EDIT_MEASURES)
    earlier = Milestone.history.get(history_id=history_id, id=milestone_id)
    milestone = Milestone.locked(milestone_id, expected_version=expected_version)
    if milestone.withdrawn_at or field not in (*MILESTONE_DATES, *MILESTONE_TEXTS):
        raise CannotRestore(NEVER_RESTORED)
    if field in MILESTONE_DATES:
        dates = {milestone.pk: {field: getattr(earlier, field)}}
        report(NewState(measure_id=milestone.measure_id, milestones=dates, reason=reason), by=by, now=now)
    else:
        texts = {"title": milestone.title, "weight": milestone.weight, field: getattr(earlier, field)}
        edit_milestone(milestone_id=milestone.pk, expected_version=None, reason=reason, by=by, now=now, **texts)
    return Milestone.objects.get(pk=milestone_id)
