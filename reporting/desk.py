"""Rows of the internal pages, with texts ready to show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models.functions import Length
from django.utils import timezone

from ground import formats
from reporting.collect import has_confidential
from reporting.drafting import last_change
from reporting.models import (
    Draft,
    Edition,
    EditionKind,
    Rendering,
    RenderingState,
    Report,
    ReportState,
    Snapshot,
    takes_part,
)
from reporting.returning import latest_return

AUDIENCE = {
    EditionKind.COUNCIL: "für Rat und Ausschüsse",
    EditionKind.PUBLIC: "für alle, auf der öffentlichen Seite",
    EditionKind.CONFIDENTIAL_ANNEX: "nur für Mitglieder, die Zugang haben",
}
SLUGS = {
    EditionKind.COUNCIL: "rat",
    EditionKind.PUBLIC: "oeffentlichkeit",
    EditionKind.CONFIDENTIAL_ANNEX: "anlage",
}
"""How an edition stands in an address."""
ORDER = list(SLUGS)


@dataclass(frozen=True)
class EditionRow:
    pk: int
    label: str
    audience: str
    state: str
    state_label: str
    progress: int
    step: str
    error: str
    pages: str
    size: str
    file_sha256: str


@dataclass(frozen=True)
class DraftRow:
    """One edition's draft, asked for or not yet; `is_outdated` where a measure or a report changed since."""

    slug: str
    label: str
    audience: str
    state: str = ""
    state_label: str = ""
    progress: int = 0
    step: str = ""
    error: str = ""
    asked: str = ""
    pages: str = ""
    size: str = ""
    is_outdated: bool = False

    @property
    def is_being_made(self) -> bool:
        return self.state in ("WAITING", "RENDERING")


@dataclass(frozen=True)
class FassungRow:
    number: int
    code: str
    sha256: str
    frozen: str
    released: str
    correction: str
    editions: Sequence[EditionRow]

    @property
    def short_sha256(self) -> str:
        return self.sha256[:12]

    @property
    def is_rendering(self) -> bool:
        return any(row.state in ("WAITING", "RENDERING") for row in self.editions)

    @property
    def is_ready(self) -> bool:
        return all(row.state == "READY" for row in self.editions)


def planned_editions() -> list[tuple[str, str]]:
    """What a freeze would make now: label and audience."""
    return [(str(kind.label), AUDIENCE[kind]) for kind in planned_kinds()]


def planned_kinds() -> list[EditionKind]:
    return ORDER if has_confidential() else ORDER[:2]


def draft_rows(report: Report) -> list[DraftRow]:
    """Of each edition that a freeze would make now."""
    drafts = Draft.objects.filter(report=report).defer("content", "payload").annotate(size=Length("content"))
    known, changed_at = {draft.kind: draft for draft in drafts}, last_change()
    return [_draft_row(kind, known.get(kind), changed_at) for kind in planned_kinds()]


def _draft_row(kind: EditionKind, draft: Any, changed_at: datetime | None) -> DraftRow:
    named: Any = {"slug": SLUGS[kind], "label": str(kind.label), "audience": AUDIENCE[kind]}
    if draft is None:
        return DraftRow(**named)
    return DraftRow(
        **named,
        state=draft.state,
        state_label=RenderingState(draft.state).label,
        progress=draft.progress,
        step=_step(draft),
        error=draft.error,
        asked=formats.moment(draft.asked_at),
        pages=_pages(draft),
        size=formats.file_size(draft.size) if draft.size else "",
        is_outdated=changed_at is not None and draft.asked_at < changed_at,
    )


def _step(row: Rendering) -> str:
    return row.step or ("gleich geht es los" if row.state == RenderingState.WAITING else "")


def _pages(row: Rendering) -> str:
    return f"{row.pages}{formats.NBSP}{'Seite' if row.pages == 1 else 'Seiten'}" if row.pages else ""


def fassungen(report: Report, user: Any, today: date) -> list[FassungRow]:
    """Newest first, each with the editions that this user may see."""
    visible = (
        Edition.objects.visible_to(user, today)
        .filter(snapshot__report=report)
        .select_related("snapshot__release", "document")
        .defer("payload", "document__content")
    )
    by_snapshot: dict[Snapshot, list[Edition]] = {}
    for edition in visible.newest_first():
        by_snapshot.setdefault(edition.snapshot, []).append(edition)
    return [fassung_row(snapshot, editions) for snapshot, editions in by_snapshot.items()]


def fassung_row(snapshot: Snapshot, editions: Iterable[Edition]) -> FassungRow:
    release = getattr(snapshot, "release", None)
    return FassungRow(
        number=snapshot.fassung,
        code=snapshot.code,
        sha256=snapshot.sha256,
        frozen=formats.moment(snapshot.frozen_at),
        released=formats.moment(release.released_at) if release else "",
        correction=snapshot.correction,
        editions=[edition_row(one) for one in sorted(editions, key=lambda one: ORDER.index(EditionKind(one.kind)))],
    )


def edition_row(edition: Edition) -> EditionRow:
    return EditionRow(
        pk=edition.pk,
        label=edition.get_kind_display(),
        audience=AUDIENCE[EditionKind(edition.kind)],
        state=edition.state,
        state_label=RenderingState(edition.state).label,
        progress=edition.progress,
        step=_step(edition),
        error=edition.error,
        pages=_pages(edition),
        size=formats.file_size(edition.document.size) if edition.document else "",
        file_sha256=edition.document.sha256 if edition.document else "",
    )


@dataclass(frozen=True)
class ReturnRow:
    fassung: str
    when: str
    who: str
    comment: str


def return_row(report: Report, user: Any) -> ReturnRow | None:
    """The comment with which the report last went back; for those who prepare or release it alone."""
    told = latest_return(report) if takes_part(user) else None
    if told is None:
        return None
    return ReturnRow(told.after, formats.moment(told.occurred_at), str(told.author or "System"), told.reason)


def stations(report: Report, newest: FassungRow | None) -> list[tuple[str, str, str, str]]:
    """Date, title, note and state of each step, for the component of that name."""
    frozen = newest is not None and not report.is_open
    released, returned = bool(newest and newest.released), report.state == ReportState.RETURNED
    meeting = report.meeting
    due = meeting.papers_due if meeting and not meeting.cancelled else None
    return [
        (formats.day(timezone.localdate(report.opened_at)), "angelegt", "", "done"),
        (newest.frozen if newest and frozen else "", "eingefroren", "", "done" if frozen else "current"),
        (
            newest.released if newest else "",
            "zurückgegeben" if returned and not released else "freigegeben",
            "durch die Verwaltungsleitung",
            "done" if released else "current" if frozen else "open",
        ),
        *([(formats.day(due), "Vorlagenschluss", "", "done" if released else "open")] if due else []),
        (
            formats.moment(meeting.start) if meeting else "",
            "Sitzung abgesagt" if meeting and meeting.cancelled else "in der Sitzung",
            report.committee.name,
            "open",
        ),
    ]
