"""Adds, renames and drops milestones; their dates go through `masterplan.updating`."""

from collections.abc import Mapping
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
    moment = now or timezone.now()
    measure = Measure.locked(measure_id, expected_version=None)
    last = measure.milestones.order_by("-position").values_list("position", flat=True).first()
    milestone = Milestone(measure=measure, title=title, weight=weight, position=(last or 0) + 1)
    milestone.save_tracked(by=by, at=moment)
    _tell(measure, milestone, "Meilenstein angelegt", by=by, now=moment)
    state = NewState(measure_id=measure.pk, milestones={milestone.pk: {"planned": planned}}, reason=reason)
    report(state, by=by, now=moment)
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def edit_milestone(
    *,
    milestone_id: int,
    title: str,
    weight: int,
    expected_version: int | None,
    reason: str = "",
    by: Any,
    now: datetime | None = None,
) -> Milestone:
    """Changes title and weight; a new weight can change the derived progress, which then needs a reason."""
    require(by, Perm.EDIT_MEASURES)
    milestone = Milestone.locked(milestone_id, expected_version=expected_version)
    if (milestone.title, milestone.weight) != (title, weight):
        moment = now or timezone.now()
        milestone.title, milestone.weight = title, weight
        milestone.save_tracked(by=by, at=moment)
        _tell(milestone.measure, milestone, "Meilenstein bearbeitet", by=by, now=moment)
        report(NewState(measure_id=milestone.measure_id, reason=reason), by=by, now=moment)
    return milestone


@transaction.atomic
def change_milestone(
    *,
    milestone_id: int,
    title: str,
    weight: int,
    dates: Mapping[str, date | None],
    reason: str = "",
    correction: bool = False,
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Milestone:
    """Texts and dates of one milestone in one step; raises what `edit_milestone` and `updating.report` raise."""
    milestone = Milestone.locked(milestone_id, expected_version=expected_version)
    state = NewState(
        measure_id=milestone.measure_id, milestones={milestone.pk: dates}, reason=reason, correction=correction
    )
    moment = now or timezone.now()
    report(state, by=by, now=moment)
    return edit_milestone(
        milestone_id=milestone_id, title=title, weight=weight, expected_version=None, reason=reason, by=by, now=moment
    )


@transaction.atomic
def drop_milestone(
    *, milestone_id: int, expected_version: int | None, reason: str = "", by: Any, now: datetime | None = None
) -> None:
    """The milestone no longer counts; what was promised of it stays. Raises StaleRow or ReasonMissing."""
    require(by, Perm.EDIT_MEASURES)
    milestone = Milestone.locked(milestone_id, expected_version=expected_version)
    if milestone.measure.is_committed and not reason.strip():
        raise ReasonMissing(milestone.measure)
    moment = now or timezone.now()
    milestone.withdrawn_at = moment
    milestone.save_tracked(by=by, reason=reason, at=moment)
    _tell(milestone.measure, milestone, "Meilenstein entfallen", by=by, reason=reason, now=moment)
    report(NewState(measure_id=milestone.measure_id, reason=reason), by=by, now=moment)


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
