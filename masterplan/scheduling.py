"""Adds, renames and drops milestones; their dates go through `masterplan.updating`."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.journal import Entry, record
from ground.models import PublicVersion
from masterplan.models import Measure, Milestone
from masterplan.updating import NewState, ReasonMissing, report


@transaction.atomic
def add_milestone(
    *,
    measure_id: int,
    title: str,
    planned: date | None,
    weight: int = 1,
    reason: str = "",
    by: Any,
    now: datetime | None = None,
) -> Milestone:
    """A new last milestone; its date is a promise from the start where the measure is public or resolved."""
    require(by, Perm.EDIT_MEASURES)
    measure = Measure.locked(measure_id, expected_version=None)
    last = measure.milestones.order_by("-position").values_list("position", flat=True).first()
    milestone = Milestone(measure=measure, title=title, weight=weight, position=(last or 0) + 1)
    milestone.save_tracked(by=by, at=now)
    _tell(measure, milestone, "Meilenstein angelegt", by=by, now=now)
    report(
        NewState(measure_id=measure.pk, milestones={milestone.pk: {"planned": planned}}, reason=reason), by=by, now=now
    )
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def edit_milestone(
    *, milestone_id: int, title: str, weight: int, expected_version: int | None, reason: str = "", by: Any
) -> Milestone:
    """Changes title and weight; a new weight can change the derived progress, which then needs a reason."""
    require(by, Perm.EDIT_MEASURES)
    milestone = Milestone.locked(milestone_id, expected_version=expected_version)
    if (milestone.title, milestone.weight) != (title, weight):
        milestone.title, milestone.weight = title, weight
        milestone.save_tracked(by=by)
        _tell(milestone.measure, milestone, "Meilenstein bearbeitet", by=by)
        report(NewState(measure_id=milestone.measure_id, reason=reason), by=by)
    return milestone


@transaction.atomic
def drop_milestone(*, milestone_id: int, reason: str = "", by: Any, now: datetime | None = None) -> None:
    """The milestone no longer counts; what was promised of it stays. Raises ReasonMissing."""
    require(by, Perm.EDIT_MEASURES)
    milestone = Milestone.locked(milestone_id, expected_version=None)
    if milestone.measure.is_committed and not reason.strip():
        raise ReasonMissing(milestone.measure)
    milestone.withdrawn_at = now or timezone.now()
    milestone.save_tracked(by=by, reason=reason, at=now)
    _tell(milestone.measure, milestone, "Meilenstein entfallen", by=by, reason=reason, now=now)
    report(NewState(measure_id=milestone.measure_id, reason=reason), by=by, now=now)


def _tell(
    measure: Measure, milestone: Milestone, title: str, *, by: Any, reason: str = "", now: datetime | None = None
) -> None:
    record(
        Entry(
            subject=measure,
            kind="milestone.changed",
            title=title,
            after=milestone.title,
            reason=reason,
            public=measure.is_public,
        ),
        by=by,
        at=now,
    )
    if measure.is_public:
        PublicVersion.raise_()
