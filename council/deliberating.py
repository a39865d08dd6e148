"""Releases papers, files what belongs to them and to minutes, orders agendas, and removes what nothing rests on yet."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.access import Perm, require
from council.models import AgendaItem, Consultation, File, Minutes, Paper
from ground.journal import Entry, record
from ground.models import Document
from ground.uploads import CheckedFile

Removable = Paper | Consultation | AgendaItem | File


class IsReleased(Exception):
    """What was shown to the council is kept."""


class TookPlace(Exception):
    """The meeting was held: what it dealt with is kept."""


class StillNeeded(Exception):
    """Another row names this one; that goes first. `by` says which, in German."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


@transaction.atomic
def release_paper(*, paper_id: int, by: Any, now: datetime | None = None) -> Paper:
    """Records that the paper was released, and shows it from now on. Raises IsReleased."""
    require(by, Perm.EDIT_MEETINGS)
    paper = Paper.objects.select_for_update().get(pk=paper_id)
    if paper.released_at:
        raise IsReleased(paper_id)
    moment = now or timezone.now()
    paper.released_at = moment
    paper.save()
    Document.objects.filter(pk__in=paper.files.values("document")).keep()
    record(Entry(subject=paper, kind="paper.released", title="Vorlage freigegeben", after=str(paper)), by=by, at=moment)
    return paper


@transaction.atomic
def add_file(*, of: Paper | Minutes, title: str, file: CheckedFile, public: bool, main: bool = False, by: Any) -> File:
    """Stores a file of a paper, which has one main document, or of minutes. Raises StillNeeded."""
    require(by, Perm.EDIT_MEETINGS)
    owner: Any = type(of)._base_manager.select_for_update().get(pk=of.pk)
    if main and owner.files.filter(main=True).exists():
        raise StillNeeded("Ein Hauptdokument gibt es schon.")
    kept = isinstance(owner, Paper) and owner.released_at is not None
    document = Document.store(name=file.name, media_type=file.kind.media_type, content=file.content, kept=kept)
    belongs = {"paper": owner} if isinstance(owner, Paper) else {"minutes": owner}
    row = File.objects.create(title=title, document=document, public=public, main=main, **belongs)
    _tell(owner, "file_added", "Datei hinzugefügt", by=by)
    return row


@transaction.atomic
def move_item(*, item_id: int, up: bool, by: Any) -> None:
    """Changes places with the neighbour in the same part of the agenda, where there is one."""
    require(by, Perm.EDIT_MEETINGS)
    one = AgendaItem.objects.get(pk=item_id)
    rows = list(AgendaItem.objects.select_for_update().filter(meeting=one.meeting_id, public=one.public))
    place = rows.index(one)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for order, row in enumerate(rows, start=1):
        row.order = order
    AgendaItem.objects.bulk_update(rows, ["order"])
    _tell(one.meeting, "agenda", "Tagesordnung umgestellt", after=one.number, by=by)


@transaction.atomic
def remove(*, row: Removable, by: Any, now: datetime | None = None) -> None:
    """Raises IsReleased, TookPlace or StillNeeded where something rests on it."""
    require(by, Perm.EDIT_MEETINGS)
    locked: Any = type(row)._base_manager.select_for_update().get(pk=row.pk)
    _refuse(locked, now or timezone.now())
    if isinstance(locked, File):
        _tell(locked.paper or locked.minutes, "file_removed", "Datei entfernt", by=by)
        document = locked.document_id
        locked.delete()
        Document.objects.filter(pk=document).erase()
        return
    _tell(locked, "removed", "entfernt", by=by)
    if isinstance(locked, Paper):
        locked.consultations.all().delete()
    locked.delete()
    if isinstance(locked, Consultation):
        _close_gap(locked)


def _close_gap(gone: Consultation) -> None:
    """The stations after one that stood alone at its place move up."""
    others = Consultation.objects.filter(paper=gone.paper_id)
    if not others.filter(position=gone.position).exists():
        others.filter(position__gt=gone.position).update(position=F("position") - 1)


def _refuse(row: Removable, now: datetime) -> None:
    if isinstance(row, File):
        _refuse_file(row)
        return
    if isinstance(row, AgendaItem):
        held = row.meeting.start <= now and not row.meeting.cancelled
    else:
        stations = row.consultations.all() if isinstance(row, Paper) else Consultation.objects.filter(pk=row.pk)
        held = stations.filter(meeting__start__lte=now, meeting__cancelled=False).exists()
        if not held and stations.filter(agenda_item__isnull=False).exists():
            raise StillNeeded("Nehmen Sie zuerst den Punkt von der Tagesordnung.")
    if held:
        raise TookPlace(row.pk)
    if isinstance(row, Paper):
        if row.released_at:
            raise IsReleased(row.pk)
        if row.files.exists():
            raise StillNeeded("Entfernen Sie zuerst die Dateien.")


def _refuse_file(row: File) -> None:
    if (row.paper and row.paper.released_at) or (row.minutes and row.minutes.approved_on):
        raise IsReleased(row.pk)


def _tell(row: Any, verb: str, title: str, *, after: str = "", by: Any) -> None:
    if verb == "removed":
        title = f"{row._meta.verbose_name} {title}"
    record(Entry(subject=row, kind=f"{row._meta.model_name}.{verb}", title=title, after=after), by=by)
