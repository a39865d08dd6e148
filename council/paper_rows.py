"""Papers, their Beratungsfolge and files as pages show them to one user."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm
from council.models import Committee, Consultation, File, Paper
from ground import formats
from ground.uploads import kind_of


@dataclass(frozen=True)
class FileRow:
    pk: int
    title: str
    url: str
    kind: str
    size: str
    public: bool


@dataclass(frozen=True)
class Station:
    pk: int
    position: int
    committee: str
    role: str
    when: str
    meeting: int | None
    item: str
    hidden: bool
    """Another's part that is not public: its day and nothing else."""


def file_rows(files: Iterable[File]) -> list[FileRow]:
    """Of files read with their document but without its bytes."""
    return [
        FileRow(
            pk=one.pk,
            title=one.title + (" (Hauptdokument)" if one.main else ""),
            url=reverse("council_file", args=[one.pk]),
            kind=kind_of(one.document.media_type).label,
            size=formats.file_size(one.document.size),
            public=one.public,
        )
        for one in files
    ]


def origin(paper: Paper) -> str:
    return str(paper.unit or paper.faction or "")


def stations(paper: Paper, user: Any, today: date) -> list[Station]:
    rows = paper.consultations.select_related("committee", "meeting", "agenda_item")
    if user.has_perm(Perm.OPEN_WORKSPACE) or user.has_perm(Perm.EDIT_MEETINGS):
        return [_station(one, hidden=False) for one in rows]
    own = set(Committee.objects.open_to(user, today).values_list("pk", flat=True))
    return [_station(one, hidden=not one.committee.meets_in_public and one.committee_id not in own) for one in rows]


def _station(one: Consultation, *, hidden: bool) -> Station:
    item = getattr(one, "agenda_item", None)
    return Station(
        pk=one.pk,
        position=one.position,
        committee="nichtöffentlich" if hidden else one.committee.name,
        role="" if hidden else one.get_role_display() + (", abschließend" if one.authoritative else ""),
        when=_when(one),
        meeting=None if hidden else one.meeting_id,
        item=item.number if item and not hidden else "",
        hidden=hidden,
    )


def _when(one: Consultation) -> str:
    if one.in_writing:
        return "Umlaufverfahren"
    if one.meeting is None:
        return "Sitzung noch offen"
    day = formats.day(timezone.localdate(one.meeting.start))
    return f"{day} (abgesagt)" if one.meeting.cancelled else day
