"""The one way in which phase, health, progress and dates of measures change: an approved status update.

Form, change in place, bulk change, import and restore all end here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow, update_tracked
from ground.journal import Entry, record
from ground.models import PublicVersion
from masterplan.change import (
    CONTROLLED,
    MILESTONE_DATES,
    Change,
    InvalidChange,
    ReasonMissing,
    changes_of,
    refuse_merged_targets,
)
from masterplan.hints import contradiction
from masterplan.models import Measure, Milestone, StatusUpdate, UpdateState
from masterplan.narrating import entries_of
from masterplan.promising import Move, keep_promises


@dataclass(frozen=True, kw_only=True)
class NewState:
    """What is reported of one measure.

    `values` holds new values of CONTROLLED fields; `milestones` new dates (MILESTONE_DATES) by the milestone's id.
    `reason` and `public_sentence` may be published; `cause` and `remarks` stay internal. A `correction` mends a typing
    error and is not counted as postponed.
    """

    measure_id: int
    values: Mapping[str, Any] = field(default_factory=dict)
    milestones: Mapping[int, Mapping[str, date | None]] = field(default_factory=dict)
    reason: str = ""
    correction: bool = False
    public_sentence: str = ""
    cause: str = ""
    remarks: str = ""
    expected_version: int | None = None


def report(state: NewState, *, by: Any, now: datetime | None = None) -> StatusUpdate | None:
    """Reports on one measure; None where nothing would change. For errors see `report_many`."""
    updates = report_many([state], by=by, now=now)
    return updates[0] if updates else None


@transaction.atomic
def report_many(states: Sequence[NewState], *, by: Any, now: datetime | None = None) -> list[StatusUpdate]:
    """Reports on measures as self-approved status updates, all or none; states that change nothing leave no trace.

    Raises PermissionDenied, StaleRow, ReasonMissing or InvalidChange.
    """
    require(by, Perm.APPROVE_STATUS)
    moment = now or timezone.now()
    measures = _locked(states)
    milestones = _milestones(measures)
    changes = []
    for state in states:
        measure = measures[state.measure_id]
        change = changes_of(
            measure,
            milestones.get(measure.pk, []),
            values=_with_locked_target(state.values, measures),
            milestone_dates=state.milestones,
            today=timezone.localdate(moment),
        )
        if change or state.public_sentence or state.cause or state.remarks:
            if change and measure.is_committed and not state.reason.strip():
                raise ReasonMissing(measure)
            changes.append((state, change))
    refuse_merged_targets([change for _, change in changes])
    return _write(changes, by=by, now=moment)


def _locked(states: Sequence[NewState]) -> dict[int, Measure]:
    """The measures, and those of which they shall become part: two that merge into each other wait for one another."""
    targets = [target for state in states if (target := state.values.get("merged_into"))]
    wanted = {*(state.measure_id for state in states), *(target.pk for target in targets)}
    rows = Measure.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    measures = {measure.pk: measure for measure in rows}
    for state in states:
        measure = measures[state.measure_id]
        if state.expected_version is not None and measure.version != state.expected_version:
            raise StaleRow(measure)
    return measures


def _with_locked_target(values: Mapping[str, Any], measures: Mapping[int, Measure]) -> Mapping[str, Any]:
    target = values.get("merged_into")
    return {**values, "merged_into": measures.get(target.pk)} if target else values


def _milestones(measures: Mapping[int, Measure]) -> dict[int, list[Milestone]]:
    found: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.current().filter(measure__in=measures).order_by("position", "pk"):
        found.setdefault(milestone.measure_id, []).append(milestone)
    return found


def _write(changes: list[tuple[NewState, Change]], *, by: Any, now: datetime) -> list[StatusUpdate]:
    today = timezone.localdate(now)
    updates: list[StatusUpdate] = []
    moves: list[Move] = []
    entries: list[Entry] = []
    for state, change in changes:
        moves += _moves(state, change)
        against = contradiction(change, today)
        change.apply()
        entries += entries_of(change, reason=state.reason, public_sentence=state.public_sentence)
        updates.append(_update(state, change, against, by=by, now=now))
    keep_promises(moves, on=today, by=by)
    changed = [change for _, change in changes if change]
    update_tracked([change.measure for change in changed], CONTROLLED_COLUMNS, by=by, at=now)
    milestones = [milestone for change in changed for milestone in change.changed_milestones]
    update_tracked(milestones, [*MILESTONE_DATES, "first_promised"], by=by, at=now)
    record(*entries, by=by, at=now)
    if any(change.measure.is_public for _, change in changes):
        PublicVersion.raise_()
    return StatusUpdate.objects.bulk_create(updates, batch_size=500)


CONTROLLED_COLUMNS = [*CONTROLLED, "first_promised_end"]


def _moves(state: NewState, change: Change) -> list[Move]:
    """The due dates that move; a measure that nobody was promised anything of has none."""
    measure = change.measure
    if not measure.is_committed:
        return []
    moves = []
    if "planned_end" in change.after:
        due = change.after["planned_end"]
        measure.first_promised_end = measure.first_promised_end or due
        moves.append(Move(measure=measure, due=due, correction=state.correction, reason=state.reason))
    for milestone in change.changed_milestones:
        dates = change.milestones_after[milestone.pk]
        if "planned" in dates:
            milestone.first_promised = milestone.first_promised or dates["planned"]
            moves.append(
                Move(
                    measure=measure,
                    milestone=milestone,
                    due=dates["planned"],
                    correction=state.correction,
                    reason=state.reason,
                )
            )
    return moves


def _update(state: NewState, change: Change, against: str, *, by: Any, now: datetime) -> StatusUpdate:
    before, after = change.as_json()
    return StatusUpdate(
        measure=change.measure,
        state=UpdateState.APPROVED,
        before=before,
        values=after,
        reason=state.reason.strip(),
        public_sentence=state.public_sentence.strip(),
        cause=state.cause.strip(),
        remarks=state.remarks.strip(),
        contradiction=against,
        author=by,
        created_at=now,
        decided_by=by,
        decided_at=now,
    )


__all__ = ["CONTROLLED", "InvalidChange", "NewState", "ReasonMissing", "report", "report_many"]
