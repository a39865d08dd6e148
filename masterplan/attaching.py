"""Files and links of a measure: added inside, published one by one, withdrawn once they were public."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.journal import Entry, record
from ground.models import Document, PublicVersion
from ground.uploads import CheckedFile
from masterplan.models import Attachment, AttachmentKind, Measure


class ReasonForWithdrawalMissing(Exception):
    """Something that the public can see was to be taken back without saying why."""


class WasPublic(Exception):
    """What was public once is withdrawn, not removed."""


class IsWithdrawn(Exception):
    """What is withdrawn is brought back before anything else is done with it."""


def may_attach(measure: Measure, user: Any) -> bool:
    """Who edits measures, and whose own the measure is."""
    return bool(
        user is None or user.has_perm(Perm.EDIT_MEASURES) or Measure.objects.own(user).filter(pk=measure.pk).exists()
    )


def may_remove(attachment: Attachment, user: Any) -> bool:
    """Who edits measures, and who added it; nobody once it was public."""
    mine = user is None or user.has_perm(Perm.EDIT_MEASURES) or attachment.added_by_id == user.pk
    return mine and not attachment.is_kept


@transaction.atomic
def add_files(
    *,
    measure_id: int,
    files: Sequence[tuple[str, CheckedFile]],
    public: bool = False,
    by: Any,
    now: datetime | None = None,
) -> list[Attachment]:
    """Stores the files in the given order, each under its title."""
    measure = _measure(measure_id, public=public, by=by)
    rows = [
        Attachment(
            measure=measure,
            kind=AttachmentKind.FILE,
            title=title,
            document=Document.store(name=file.name, media_type=file.kind.media_type, content=file.content, kept=public),
        )
        for title, file in files
    ]
    return _add(measure, rows, public=public, by=by, now=now or timezone.now())


@transaction.atomic
def add_link(
    *, measure_id: int, title: str, url: str, public: bool = False, by: Any, now: datetime | None = None
) -> Attachment:
    measure = _measure(measure_id, public=public, by=by)
    row = Attachment(measure=measure, kind=AttachmentKind.LINK, title=title, url=url)
    return _add(measure, [row], public=public, by=by, now=now or timezone.now())[0]


@transaction.atomic
def edit_attachment(
    *,
    attachment_id: int,
    title: str,
    url: str = "",
    public: bool,
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Attachment:
    """Title, a link's address, and who sees it. Raises StaleRow, IsWithdrawn or ReasonForWithdrawalMissing."""
    require(by, Perm.EDIT_MEASURES)
    one = Attachment.locked(attachment_id, expected_version=expected_version)
    if one.withdrawn_at:
        raise IsWithdrawn(one.pk)
    was_shown, was_public, before = one.public and one.measure.is_public, one.public, one.title
    if was_shown and not public and not reason.strip():
        raise ReasonForWithdrawalMissing(one.pk)
    if (one.title, one.url, one.public) == (title, url, public):
        return one
    moment = now or timezone.now()
    one.title, one.url = title, url
    _set_public(one, public, moment)
    one.save_tracked(by=by, reason=reason, at=moment)
    if was_public == public:
        _tell(one, "geändert", before=before, after=one.title, by=by, now=moment)
    else:
        _tell_visibility(one, public, reason, by=by, now=moment)
    if was_shown or (one.public and one.measure.is_public):
        PublicVersion.raise_()
    return one


@transaction.atomic
def withdraw_attachment(
    *, attachment_id: int, reason: str = "", expected_version: int | None, by: Any, now: datetime | None = None
) -> Attachment:
    """Takes back what was public; it stays stored. Raises StaleRow, IsWithdrawn or ReasonForWithdrawalMissing."""
    require(by, Perm.EDIT_MEASURES)
    one = Attachment.locked(attachment_id, expected_version=expected_version)
    if one.withdrawn_at or not one.is_kept:
        raise IsWithdrawn(one.pk)
    was_shown = one.public and one.measure.is_public
    if was_shown and not reason.strip():
        raise ReasonForWithdrawalMissing(one.pk)
    moment = now or timezone.now()
    one.public, one.withdrawn_at = False, moment
    one.save_tracked(by=by, reason=reason, at=moment)
    _tell(one, "zurückgezogen", after=one.title, reason=reason, by=by, now=moment)
    if was_shown:
        PublicVersion.raise_()
    return one


@transaction.atomic
def restore_attachment(*, attachment_id: int, by: Any, now: datetime | None = None) -> Attachment:
    """Brings back what was withdrawn, as internal."""
    require(by, Perm.EDIT_MEASURES)
    one = Attachment.locked(attachment_id, expected_version=None)
    if one.withdrawn_at:
        moment = now or timezone.now()
        one.withdrawn_at = None
        one.save_tracked(by=by, at=moment)
        _tell(one, "wiederhergestellt", after=one.title, by=by, now=moment)
    return one


@transaction.atomic
def remove_attachment(
    *, attachment_id: int, expected_version: int | None, by: Any, now: datetime | None = None
) -> None:
    """Erases what was never public, a file with its bytes. Raises StaleRow or WasPublic."""
    one = Attachment.locked(attachment_id, expected_version=expected_version)
    if one.is_kept:
        raise WasPublic(one.pk)
    if not may_remove(one, by):
        raise PermissionDenied
    moment = now or timezone.now()
    _tell(one, "entfernt", before=one.title, by=by, now=moment)
    documents = [one.document_id] if one.document_id else []
    one._history_user, one._history_date = by, moment
    one.delete()
    Document.objects.filter(pk__in=documents).erase()


@transaction.atomic
def move_attachment(*, attachment_id: int, up: bool, by: Any, now: datetime | None = None) -> None:
    """Changes places with the neighbour above or below, where there is one."""
    require(by, Perm.EDIT_MEASURES)
    one = Attachment.locked(attachment_id, expected_version=None)
    rows = list(one.measure.attachments.current().in_order())
    place = rows.index(one) if one in rows else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    moment = now or timezone.now()
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save_tracked(by=by, at=moment)
    if one.measure.is_public:
        PublicVersion.raise_()


def _measure(measure_id: int, *, public: bool, by: Any) -> Measure:
    measure = Measure.locked(measure_id, expected_version=None)
    if public:
        require(by, Perm.EDIT_MEASURES)
    if not may_attach(measure, by):
        raise PermissionDenied
    return measure


def _add(measure: Measure, rows: list[Attachment], *, public: bool, by: Any, now: datetime) -> list[Attachment]:
    last = measure.attachments.order_by("-position").values_list("position", flat=True).first() or 0
    for place, one in enumerate(rows, start=1):
        one.position, one.added_by, one.added_at = last + place, by, now
        _set_public(one, public, now)
        one.save_tracked(by=by, at=now)
        _tell(one, "hinzugefügt", after=one.title, by=by, now=now)
    if public and rows:
        _tell_published(rows, by=by, now=now)
        if measure.is_public:
            PublicVersion.raise_()
    return rows


def _set_public(one: Attachment, public: bool, now: datetime) -> None:
    one.public = public
    if public and not one.is_kept:
        one.published_at = now
        if one.document_id:
            Document.objects.filter(pk=one.document_id).keep()


def _tell(
    one: Attachment, what: str, *, before: str = "", after: str = "", reason: str = "", by: Any, now: datetime
) -> None:
    """Inside: titles are read there alone, as one that was withdrawn may not stay in the public history."""
    kind = {"hinzugefügt": "added", "entfernt": "removed"}.get(what, "changed")
    noun = AttachmentKind(one.kind).label
    told = Entry(
        subject=one.measure,
        kind=f"attachment.{kind}",
        title=f"{noun} {what}",
        before=before if before != after else "",
        after=after,
        reason=reason,
    )
    record(told, by=by, at=now)


def _tell_visibility(one: Attachment, public: bool, reason: str, *, by: Any, now: datetime) -> None:
    _tell(one, "jetzt öffentlich" if public else "wieder intern", after=one.title, reason=reason, by=by, now=now)
    if public:
        _tell_published([one], by=by, now=now)


def _tell_published(rows: Sequence[Attachment], *, by: Any, now: datetime) -> None:
    """For everyone, while the measure is public: that there is something new to read."""
    measure = rows[0].measure
    if measure.is_public:
        noun = AttachmentKind(rows[0].kind).label
        title = f"{noun} veröffentlicht" if len(rows) == 1 else "Dateien veröffentlicht"
        record(Entry(subject=measure, kind="attachment.published", title=title, public=True), by=by, at=now)
