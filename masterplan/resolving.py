"""Records that measures were resolved: today's planned dates and the Bedarf become the resolved ones."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import update_tracked
from ground.journal import Entry, record
from ground.models import PublicVersion
from masterplan.budgeting.lines import keep_resolved
from masterplan.deriving import derive_health
from masterplan.models import Basis, Measure, Milestone
from masterplan.promising import first_promises, keep_promises


class RoutineIsNotResolved(Exception):
    """Nobody resolves Geschäfte der laufenden Verwaltung, so they have no resolved dates."""


@transaction.atomic
def resolve(
    *, measure_ids: Collection[int], on: date, body: str, basis: Basis, by: Any, now: datetime | None = None
) -> list[Measure]:
    """`body` is the name of the committee that resolved on the day `on`, as it was called then. From now on the
    measures are judged by their resolved dates.

    Raises RoutineIsNotResolved.
    """
    require(by, Perm.EDIT_MEASURES)
    if basis == Basis.ROUTINE:
        raise RoutineIsNotResolved
    moment = now or timezone.now()
    measures = list(Measure.objects.current().select_for_update(of=("self",)).filter(pk__in=measure_ids).order_by("pk"))
    moves, first = first_promises(measures)
    keep_promises(moves, on=on, by=by)
    for measure in measures:
        measure.basis, measure.resolved_on = basis, on
        measure.resolved_start, measure.resolved_end = measure.planned_start, measure.planned_end
    columns = ["basis", "resolved_on", "resolved_start", "resolved_end", "first_promised_end"]
    update_tracked(measures, columns, by=by, at=moment)
    update_tracked(_milestones_resolved(measures, first), ["resolved", "first_promised"], by=by, at=moment)
    keep_resolved(measures, by=by, now=moment)
    record(*(_entry(measure, body) for measure in measures), by=by, at=moment)
    if any(measure.is_public for measure in measures):
        PublicVersion.raise_()
    derive_health(measure_ids=[measure.pk for measure in measures], by=by, now=moment)
    return measures


def _entry(measure: Measure, body: str) -> Entry:
    return Entry(
        subject=measure,
        kind="measure.resolved",
        title=f"Beschlossen: {body}",
        after=f"{measure.resolved_end:%d.%m.%Y}" if measure.resolved_end else "",
        public=measure.is_public,
    )


def _milestones_resolved(measures: Collection[Measure], first: list[Milestone]) -> list[Milestone]:
    promised = {milestone.pk: milestone for milestone in first}
    milestones = []
    for row in Milestone.objects.current().filter(measure__in=[measure.pk for measure in measures]):
        milestone = promised.get(row.pk, row)
        milestone.resolved = milestone.planned
        milestones.append(milestone)
    return milestones
