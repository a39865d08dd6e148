"""Brings the health of measures to what the criteria say today, and sets the criteria themselves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow
from ground.journal import Entry, record
from ground.models import PublicVersion
from masterplan.change import Change, InvalidChange, changes_of
from masterplan.derived import Yardstick
from masterplan.models import HealthCriteria, Measure, Milestone, StatusUpdate
from masterplan.models.health_criteria import NAMES
from masterplan.new_state import NewState
from masterplan.reasons import derived
from masterplan.rules import Criteria
from masterplan.updating import report_many


class CriteriaOutOfOrder(Exception):
    """A measure would be critical before it is at risk."""


@transaction.atomic
def derive_health(
    *, measure_ids: Collection[int] | None = None, by: Any = None, now: datetime | None = None
) -> list[StatusUpdate]:
    """Of these measures, or of all; those whose health somebody stated keep it. Does nothing where all is right."""
    moment = now or timezone.now()
    changes = due_changes(yardstick=None, measure_ids=measure_ids, now=moment)
    states = [
        NewState(measure_id=change.measure.pk, values={"health": None}, reason=derived(change.verdict))
        for change in changes
    ]
    return report_many(states, by=by, now=moment) if states else []


def due_changes(
    *, yardstick: Yardstick | None, measure_ids: Collection[int] | None = None, now: datetime
) -> list[Change]:
    """What deriving would change now, by the criteria in force or by others."""
    rows = Measure.objects.current().active().filter(health_reason="").order_by("pk")
    measures = list(rows if measure_ids is None else rows.filter(pk__in=measure_ids))
    milestones: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.current().filter(measure__in=measures).order_by("position", "pk"):
        milestones.setdefault(milestone.measure_id, []).append(milestone)
    by = yardstick or Yardstick.of([measure.pk for measure in measures], timezone.localdate(now))
    found = (_change(measure, milestones.get(measure.pk, []), by, now) for measure in measures)
    return [change for change in found if change and "health" in change.after]


def _change(measure: Measure, milestones: list[Milestone], yardstick: Yardstick, now: datetime) -> Change | None:
    """None for one whose kept state breaks a rule that is younger than it: a person has to mend that first."""
    try:
        return changes_of(
            measure,
            milestones,
            values={},
            milestone_dates={},
            reason="",
            yardstick=yardstick,
            today=timezone.localdate(now),
        )
    except InvalidChange:
        return None


@transaction.atomic
def set_criteria(
    *, values: Mapping[str, int], expected_version: int, reason: str, by: Any, now: datetime | None = None
) -> list[StatusUpdate]:
    """Judges all measures anew. `expected_version` is 0 where the defaults were in force.

    Raises StaleRow or CriteriaOutOfOrder.
    """
    require(by, Perm.APPROVE_STATUS)
    moment = now or timezone.now()
    row = HealthCriteria.objects.select_for_update().filter(pk=1).first()
    if row and row.version != expected_version:
        raise StaleRow(row)
    before = HealthCriteria.objects.in_force()
    row = row or HealthCriteria(version=0)
    for name in NAMES:
        setattr(row, name, values[name])
    try:
        row.validate_constraints(exclude=["id"])
    except ValidationError as refused:
        raise CriteriaOutOfOrder from refused
    row.pk = 1
    row.save_tracked(by=by, reason=reason, at=moment)
    entries = list(_entries(row, before, replace(before, **values), reason))
    record(*entries, by=by, at=moment)
    if entries:
        PublicVersion.raise_()
    return derive_health(by=by, now=moment)


def _entries(row: HealthCriteria, before: Criteria, after: Criteria, reason: str) -> Iterable[Entry]:
    for name in NAMES:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            title = str(HealthCriteria._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield Entry(
                subject=row, kind="criteria.changed", title=title, before=str(was), after=str(now), reason=reason
            )
