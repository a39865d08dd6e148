"""The Digital Officer decides on what units sent: takes it over, as it is or worded anew, or gives it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.journal import Entry, record
from masterplan.asking import reopen
from masterplan.models import Measure, Phase, StatusUpdate, UpdateState
from masterplan.models.kinds import RETURNED, TAKEN_OVER
from masterplan.new_state import state_of
from masterplan.reminding.mailing import tell_returned
from masterplan.updating import take_over

PUBLISHED = ("public_sentence", "reason")
"""What the approval may word anew."""


class AlreadyDecided(Exception):
    """The update was taken over, given back or taken back by its author since it was read. `update` is as it is now."""

    def __init__(self, update: StatusUpdate | None) -> None:
        super().__init__(update)
        self.update = update


class MeasureEnded(Exception):
    """Nothing is reported of a measure any more that became part of another one or is withdrawn."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure.number)
        self.measure = measure


def has_ended(measure: Measure) -> bool:
    return measure.phase == Phase.MERGED or measure.withdrawn_at is not None


class CommentMissing(Exception):
    """An update was to be given back without saying why."""


@transaction.atomic
def approve(
    *,
    update_id: int,
    seen: int,
    measure_version: int | None = None,
    wording: Mapping[str, str] | None = None,
    by: Any,
    now: datetime | None = None,
) -> StatusUpdate:
    """`seen` is the version of the update that was read, `measure_version` that of its measure beside it; `wording`
    replaces texts of PUBLISHED.

    Raises AlreadyDecided, StaleRow, MeasureEnded, InvalidChange or ReasonMissing.
    """
    require(by, Perm.APPROVE_STATUS)
    moment = now or timezone.now()
    update = _submitted(update_id, seen, measure_version)
    if has_ended(update.measure):
        raise MeasureEnded(update.measure)
    worded = {name: text.strip() for name, text in (wording or {}).items() if name in PUBLISHED}
    update.as_submitted = {name: getattr(update, name) for name in worded if worded[name] != getattr(update, name)}
    take_over(update=update, state=state_of(update, **worded), by=by, now=moment)
    if by != update.author:
        record(Entry(subject=update.measure, kind=TAKEN_OVER, title="Statusmeldung übernommen"), by=by, at=moment)
    return update


@transaction.atomic
def approve_unchanged(*, seen: Mapping[int, int], by: Any, now: datetime | None = None) -> list[StatusUpdate]:
    """Takes over, all or none, updates that change nothing; `seen` holds the version that was read by the update's id.

    Raises AlreadyDecided, also for one that changes something.
    """
    require(by, Perm.APPROVE_STATUS)
    moment = now or timezone.now()
    wanted = StatusUpdate.objects.filter(pk__in=seen).order_by("measure", "pk")
    for update in wanted:
        if not update.says_unchanged:
            raise AlreadyDecided(update)
    return [approve(update_id=one.pk, seen=seen[one.pk], by=by, now=moment) for one in wanted]


@transaction.atomic
def give_back(*, update_id: int, seen: int, comment: str, by: Any, now: datetime | None = None) -> StatusUpdate:
    """What was asked is open again. The comment is for those who report, so the journal keeps none.

    Raises AlreadyDecided or CommentMissing.
    """
    require(by, Perm.APPROVE_STATUS)
    if not comment.strip():
        raise CommentMissing
    moment = now or timezone.now()
    update = _submitted(update_id, seen, None)
    update.state, update.comment = UpdateState.RETURNED, comment.strip()
    update.decided_by, update.decided_at = by, moment
    update.version += 1
    update.save()
    reopen(update, now=moment)
    record(Entry(subject=update.measure, kind=RETURNED, title="Statusmeldung zurückgegeben"), by=by, at=moment)
    tell_returned(update, by=by, now=moment)
    return update


def _submitted(update_id: int, seen: int, measure_version: int | None) -> StatusUpdate:
    """Locked, its measure before it: whoever meets here waits in one order."""
    found = StatusUpdate.objects.filter(pk=update_id).values_list("measure_id", flat=True).first()
    if found is None:
        raise AlreadyDecided(None)
    Measure.locked(found, expected_version=measure_version)
    update = StatusUpdate.objects.select_for_update(of=("self",)).select_related("measure").filter(pk=update_id).first()
    if update is None or update.state != UpdateState.SUBMITTED or update.version != seen:
        raise AlreadyDecided(update)
    return update
