"""Enters terms, committees, memberships and meetings; moves, cancels and reinstates meetings."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from council.models import Meeting
from ground.formats import weekday_moment
from ground.journal import Entry, record
from ground.models import PublicVersion


class ReasonMissing(Exception):
    """Whoever was told of a meeting is told why it moves or does not take place."""


class AlreadySo(Exception):
    """The meeting is cancelled already, or takes place."""


@transaction.atomic
def enter(row: Any, *, by: Any) -> Any:
    """Saves a new term, committee, membership or meeting."""
    require(by, Perm.EDIT_MEETINGS)
    row.save()
    return _told(row, "added", "eingetragen", after=str(row), by=by)


@transaction.atomic
def amend(row: Any, *, changed: Mapping[str, str], reason: str = "", by: Any) -> Any:
    """Saves a row that is locked. `changed` are its changed fields by name, with the words for them.

    Raises ReasonMissing where a meeting gets another time without one.
    """
    require(by, Perm.EDIT_MEETINGS)
    if not changed:
        return row
    if isinstance(row, Meeting) and "start" in changed:
        return _move(row, reason=reason.strip(), by=by)
    row.save()
    return _told(row, "changed", "geändert", after=", ".join(changed.values()), reason=reason.strip(), by=by)


def _move(meeting: Meeting, *, reason: str, by: Any) -> Meeting:
    if not reason:
        raise ReasonMissing(meeting.pk)
    before = weekday_moment(Meeting.objects.values_list("start", flat=True).get(pk=meeting.pk))
    meeting.save()
    return _told(
        meeting, "moved", "verschoben", before=before, after=weekday_moment(meeting.start), reason=reason, by=by
    )


@transaction.atomic
def cancel(*, meeting_id: int, reason: str, by: Any) -> Meeting:
    """Raises ReasonMissing or AlreadySo."""
    require(by, Perm.EDIT_MEETINGS)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.cancelled:
        raise AlreadySo(meeting_id)
    if not reason.strip():
        raise ReasonMissing(meeting_id)
    meeting.cancelled, meeting.cancelled_because = True, reason.strip()
    meeting.save()
    return _told(meeting, "cancelled", "abgesagt", reason=reason.strip(), by=by)


@transaction.atomic
def reinstate(*, meeting_id: int, by: Any) -> Meeting:
    """A cancelled meeting takes place after all. Raises AlreadySo."""
    require(by, Perm.EDIT_MEETINGS)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if not meeting.cancelled:
        raise AlreadySo(meeting_id)
    meeting.cancelled, meeting.cancelled_because = False, ""
    meeting.save()
    return _told(meeting, "reinstated", "findet doch statt", by=by)


def _told(row: Any, verb: str, word: str, *, by: Any, **told: Any) -> Any:
    name = row._meta.model_name
    record(Entry(subject=row, kind=f"{name}.{verb}", title=f"{row._meta.verbose_name} {word}", **told), by=by)
    PublicVersion.raise_()
    return row
