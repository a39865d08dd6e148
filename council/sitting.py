"""Enters terms, committees, memberships and meetings; moves, cancels and reinstates meetings."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import Perm, require
from council.models import Committee, LegislativeTerm, Meeting, Membership
from ground.formats import weekday_moment
from ground.journal import Entry, record
from ground.models import PublicVersion

Row = LegislativeTerm | Committee | Membership | Meeting


class ReasonMissing(Exception):
    """Whoever was told of a meeting is told why it moves or does not take place."""


class AlreadySo(Exception):
    """The meeting is cancelled already, or takes place."""


class IsCancelled(Exception):
    """A cancelled meeting is reinstated before it is changed."""


class Contradicts(Exception):
    """Another row stands against it, which may have been entered meanwhile. `sentences` say which, in German."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@transaction.atomic
def enter[R: Row](*, row: R, by: Any) -> R:
    """Saves a new term, committee, membership or meeting. Raises Contradicts."""
    require(by, Perm.EDIT_MEETINGS)
    _check(row)
    row.save()
    named = row.committee.short_name if isinstance(row, Membership) else str(row)
    _tell(row, "added", "eingetragen", after=named, by=by)
    return row


@transaction.atomic
def amend[R: Row](*, row: R, changed: Mapping[str, str], reason: str = "", by: Any) -> R:
    """Saves a row that is locked. `changed` are its changed fields by name, with the words for them.

    Raises Contradicts, IsCancelled, or ReasonMissing where a meeting gets another time without one.
    """
    require(by, Perm.EDIT_MEETINGS)
    if not changed:
        return row
    if isinstance(row, Meeting) and row.cancelled:
        raise IsCancelled(row.pk)
    _check(row)
    if isinstance(row, Meeting) and "start" in changed:
        others = ", ".join(word for name, word in changed.items() if name != "start")
        _move(row, others=others, reason=reason.strip(), by=by)
    else:
        row.save()
        _tell(row, "changed", "geändert", after=", ".join(changed.values()), reason=reason.strip(), by=by)
    return row


def _check(row: Row) -> None:
    """Locks the row's term, so that what is entered in it at the same time counts as well. Raises Contradicts."""
    terms = LegislativeTerm.objects.select_for_update()
    if isinstance(row, Committee):
        row.term = terms.get(pk=row.term_id)
    elif not isinstance(row, LegislativeTerm):
        row.committee.term = terms.get(pk=row.committee.term_id)
    try:
        row.clean()
    except ValidationError as refused:
        raise Contradicts(refused.messages) from refused


def _move(meeting: Meeting, *, others: str, reason: str, by: Any) -> None:
    if not reason:
        raise ReasonMissing(meeting.pk)
    before = weekday_moment(Meeting.objects.values_list("start", flat=True).get(pk=meeting.pk))
    meeting.save()
    after = weekday_moment(meeting.start) + (f"; auch geändert: {others}" if others else "")
    _tell(meeting, "moved", "verschoben", before=before, after=after, reason=reason, by=by)


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
    _tell(meeting, "cancelled", "abgesagt", reason=reason.strip(), by=by)
    return meeting


@transaction.atomic
def reinstate(*, meeting_id: int, by: Any) -> Meeting:
    """A cancelled meeting takes place after all. Raises AlreadySo, or Contradicts where its term was shortened."""
    require(by, Perm.EDIT_MEETINGS)
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if not meeting.cancelled:
        raise AlreadySo(meeting_id)
    meeting.cancelled, meeting.cancelled_because = False, ""
    _check(meeting)
    meeting.save()
    _tell(meeting, "reinstated", "findet doch statt", by=by)
    return meeting


def _tell(row: Row, verb: str, word: str, *, by: Any, **told: Any) -> None:
    name = row._meta.model_name
    record(Entry(subject=row, kind=f"{name}.{verb}", title=f"{row._meta.verbose_name} {word}", **told), by=by)
    PublicVersion.raise_()
