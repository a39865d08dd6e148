"""What a unit says of its measures: written down, sent, taken back. `masterplan.reviewing` decides on it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.access import Perm
from ground.journal import Entry, record
from masterplan.asking import reopen
from masterplan.change import Change, ReasonMissing, changes_of
from masterplan.derived import Yardstick
from masterplan.models import Measure, StatusRequest, StatusUpdate, UpdateState
from masterplan.models.kinds import SUBMITTED
from masterplan.new_state import NewState, recorded, recorded_options
from masterplan.reviewing import MeasureEnded, approve, has_ended


class UpdateOvertaken(Exception):
    """Somebody saved, sent or decided the update in between. `current` is the open one as it is now, or None."""

    def __init__(self, current: StatusUpdate | None) -> None:
        super().__init__(current)
        self.current = current


@transaction.atomic
def save_draft(
    *, state: NewState, seen: int | None, by: Any, via_link: bool = False, now: datetime | None = None
) -> StatusUpdate:
    """Keeps what is written so far. `seen` is the version of the measure's open update, None where there was none.

    An update that was sent already is taken back by this. Raises PermissionDenied, MeasureEnded or UpdateOvertaken.
    """
    moment = now or timezone.now()
    measure = _reportable(state.measure_id, by)
    update = _open(measure, seen) or StatusUpdate(measure=measure, created_at=moment)
    _fill(update, state)
    update.state, update.submitted_at = UpdateState.DRAFT, None
    update.author, update.via_link, update.saved_at = by, via_link, moment
    update.save()
    reopen(update, now=moment)
    return update


@transaction.atomic
def submit(
    *, state: NewState, seen: int | None, by: Any, via_link: bool = False, now: datetime | None = None
) -> StatusUpdate:
    """Sends the update to the Digital Officer, whose own is approved at once, but by no link; answers what was asked.

    Raises as `save_draft` does, and InvalidChange or ReasonMissing.
    """
    moment = now or timezone.now()
    update = save_draft(state=state, seen=seen, by=by, via_link=via_link, now=moment)
    change = change_of(update.measure, state, now=moment)
    update.before = recorded(change.before, change.milestones_before)
    update.state, update.submitted_at = UpdateState.SUBMITTED, moment
    update.save()
    StatusRequest.objects.open().filter(measure=update.measure).update(answer=update)
    said = "Unverändert gemeldet" if update.says_unchanged else "Statusmeldung abgeschickt"
    title = f"{said} (über Link)" if via_link else said
    record(Entry(subject=update.measure, kind=SUBMITTED, title=title), by=by, at=moment)
    if not via_link and (by is None or by.has_perm(Perm.APPROVE_STATUS)):
        return approve(update_id=update.pk, seen=update.version, by=by, now=moment)
    return update


def report_unchanged(*, measure_id: int, by: Any, via_link: bool = False, now: datetime | None = None) -> StatusUpdate:
    """Says that all is as it was. Raises as `submit` does; UpdateOvertaken where an update is open already."""
    return submit(state=NewState(measure_id=measure_id), seen=None, by=by, via_link=via_link, now=now)


@transaction.atomic
def discard(*, measure_id: int, seen: int, by: Any) -> None:
    """Throws a draft away. Raises as `save_draft` does; UpdateOvertaken where it was sent meanwhile, too."""
    measure = _reportable(measure_id, by)
    update = _open(measure, seen)
    if update is None or update.state != UpdateState.DRAFT:
        raise UpdateOvertaken(update)
    update.delete()


def change_of(measure: Measure, state: NewState, *, now: datetime) -> Change:
    """What an update would change. Raises InvalidChange or ReasonMissing."""
    today = timezone.localdate(now)
    change = changes_of(
        measure,
        list(measure.milestones.current().order_by("position", "pk")),
        values=state.values,
        milestone_dates=state.milestones,
        reason=state.reason,
        yardstick=Yardstick.of([measure.pk], today),
        today=today,
    )
    if change.is_stated and measure.is_committed and not state.reason.strip():
        raise ReasonMissing(measure)
    return change


def _reportable(measure_id: int, by: Any) -> Measure:
    measure = Measure.locked(measure_id, expected_version=None)
    if has_ended(measure):
        raise MeasureEnded(measure)
    if by is not None and not Measure.objects.reportable_by(by).filter(pk=measure_id).exists():
        raise PermissionDenied
    return measure


def _open(measure: Measure, seen: int | None) -> StatusUpdate | None:
    update = measure.updates.open().select_for_update().first()
    if (update.version if update else None) != seen:
        raise UpdateOvertaken(update)
    return update


def _fill(update: StatusUpdate, state: NewState) -> None:
    if update.pk:
        update.version += 1
    update.values = recorded(state.values, state.milestones)
    update.options, update.correction = recorded_options(state.options), state.correction
    for name, text in state.texts.items():
        setattr(update, name, text)


__all__ = ["MeasureEnded", "UpdateOvertaken", "change_of", "discard", "report_unchanged", "save_draft", "submit"]
