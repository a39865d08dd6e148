"""Enters and amends what the Ratsbüro keeps; moves, cancels and reinstates meetings."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.access import Perm, require
from council.models import (
    AgendaItem,
    Committee,
    Consultation,
    Faction,
    LegislativeTerm,
    Meeting,
    Membership,
    Minutes,
    Paper,
)
from ground.formats import weekday_moment
from ground.journal import Entry, record
from ground.models import PublicVersion

Row = LegislativeTerm | Committee | Membership | Meeting | Faction | Paper | Consultation | AgendaItem | Minutes


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
    """Saves a new row; an item comes last in its part of the agenda. Raises Contradicts."""
    require(by, Perm.EDIT_MEETINGS)
    _check(row)
    if isinstance(row, AgendaItem):
        row.order = 1 + (row.meeting.agenda_items.aggregate(last=Max("order"))["last"] or 0)
    row.save()
    _tell(row, "added", "eingetragen", after=named(row), by=by)
    return row


def named(row: Row) -> str:
    """As the journal says it for ever: without a person and without the subject of what may not be public."""
    if isinstance(row, Membership):
        return row.committee.short_name
    return row.number if isinstance(row, AgendaItem) else str(row)


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
    """Locks what the row belongs to, so that what is entered there at the same time counts as well.

    Raises Contradicts.
    """
    _lock(row)
    try:
        row.clean()
        row.validate_constraints()
    except ValidationError as refused:
        raise Contradicts(refused.messages) from refused


def _lock(row: Row) -> None:
    terms = LegislativeTerm.objects.select_for_update()
    if isinstance(row, Committee | Faction):
        row.term = terms.get(pk=row.term_id)
    elif isinstance(row, Membership | Meeting):
        row.committee.term = terms.get(pk=row.committee.term_id)
    elif isinstance(row, Consultation):
        row.paper = Paper.objects.select_for_update().get(pk=row.paper_id)
    elif isinstance(row, AgendaItem):
        row.meeting = Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=row.meeting_id)


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
