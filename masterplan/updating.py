"""The one way in which phase, health, progress and dates of measures change: an approved status update.

Form, change in place, bulk change, import and restore all end here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from masterplan.derived import Yardstick
from masterplan.hints import contradiction
from masterplan.models import Measure, Milestone, StatusRequest, StatusUpdate, UpdateState
from masterplan.narrating import entries_of
from masterplan.new_state import NewState, recorded, recorded_options
from masterplan.promising import Move, keep_promises
from masterplan.reasons import derived


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
    told = [_Told(state, change) for state, change in _changes(states, moment) if change or state.says_something]
    refuse_merged_targets([one.change for one in told])
    return _write(told, by=by, now=moment)


@transaction.atomic
def take_over(*, update: StatusUpdate, state: NewState, by: Any, now: datetime) -> StatusUpdate:
    """Makes what a locked update of another person says the measure's state, in the words of `state`.

    Raises as `report_many` does.
    """
    require(by, Perm.APPROVE_STATUS)
    ((_, change),) = _changes([state], now)
    _write([_Told(state, change, update)], by=by, now=now)
    return update


@dataclass(frozen=True)
class _Told:
    """`update` is the row of what somebody else submitted; without one, the author's own is made."""

    state: NewState
    change: Change
    update: StatusUpdate | None = None


def _changes(states: Sequence[NewState], now: datetime) -> list[tuple[NewState, Change]]:
    """Of locked measures."""
    measures = _locked(states)
    today = timezone.localdate(now)
    milestones, yardstick = _milestones(measures), Yardstick.of(list(measures), today)
    found = []
    for state in states:
        measure = measures[state.measure_id]
        change = changes_of(
            measure,
            milestones.get(measure.pk, []),
            values=_with_locked_target(state.values, measures),
            milestone_dates=state.milestones,
            reason=state.reason,
            yardstick=yardstick,
            today=today,
        )
        if change.is_stated and measure.is_committed and not state.reason.strip():
            raise ReasonMissing(measure)
        found.append((state, change))
    return found


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


def _write(told: Sequence[_Told], *, by: Any, now: datetime) -> list[StatusUpdate]:
    today = timezone.localdate(now)
    updates: list[StatusUpdate] = []
    moves: list[Move] = []
    entries: list[Entry] = []
    for one in told:
        moves += _moves(one.state, one.change)
        against = contradiction(one.change)
        one.change.apply()
        entries += entries_of(one.change, reason=one.state.reason, public_sentence=one.state.public_sentence)
        updates.append(_approved(one, against, by=by, now=now))
    keep_promises(moves, on=today, by=by)
    changed = [one.change for one in told if one.change]
    update_tracked([change.measure for change in changed], CONTROLLED_COLUMNS, by=by, at=now)
    milestones = [milestone for change in changed for milestone in change.changed_milestones]
    update_tracked(milestones, [*MILESTONE_DATES, "first_promised"], by=by, at=now)
    record(*entries, by=by, at=now)
    if any(one.change.measure.is_public for one in told):
        PublicVersion.raise_()
    kept = _kept(updates)
    if by is not None:
        _answer(one for one in kept if one.says_something)
    return kept


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


def _approved(told: _Told, against: str, *, by: Any, now: datetime) -> StatusUpdate:
    change, state = told.change, told.state
    update = told.update or StatusUpdate(measure=change.measure, author=by, created_at=now)
    update.state = UpdateState.APPROVED
    update.before = recorded(change.before, change.milestones_before)
    update.values = recorded(change.after, change.milestones_after)
    for name, text in state.texts.items():
        setattr(update, name, text)
    if change and not change.is_stated and not update.reason:
        update.reason = derived(change.verdict)
    update.options, update.correction = recorded_options(state.options), state.correction
    update.contradiction = against
    update.decided_by, update.decided_at = by, now
    return update


def _kept(updates: Sequence[StatusUpdate]) -> list[StatusUpdate]:
    for update in updates:
        if update.pk:
            update.version += 1
            update.save()
    StatusUpdate.objects.bulk_create([update for update in updates if not update.pk], batch_size=500)
    return list(updates)


def _answer(updates: Iterable[StatusUpdate]) -> None:
    """What a person reports answers what was asked, whoever it is."""
    for update in updates:
        StatusRequest.objects.open().filter(measure=update.measure_id).update(answer=update)


__all__ = ["CONTROLLED", "InvalidChange", "NewState", "ReasonMissing", "report", "report_many", "take_over"]
