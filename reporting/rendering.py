"""Makes the file of an edition or a draft from its stored payload.

Never half: the file is stored whole or the reason is shown. No transaction is open while the file is made, so
that progress can be read meanwhile.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ground.documents import Asset, Pdf
from ground.models import Document, PublicVersion
from reporting import payload
from reporting.document import arms_of_today, file_name, proof_of, write_pdf
from reporting.models import Draft, Edition, Rendering, RenderingState
from reporting.payload import Proof
from reporting.rules import expected_pages, progress_of

log = logging.getLogger(__name__)

HANGS_AFTER = timedelta(minutes=5)
"""Without a sign of life for so long, a worker is taken for dead."""
SECONDS_BETWEEN_SIGNS = 1.0

type OnPage = Callable[[int, int], None]
"""Hears of each page laid out: its number, and the number of measures in the report."""


class PayloadAltered(Exception):
    """The stored payload no longer has the SHA-256 it was frozen with."""


def render(*, edition_id: int, now: datetime | None = None) -> Document | None:
    """The stored file; None where another worker has the edition, it is done, or it failed (the row says why).

    May be called any number of times: the edition is claimed by one conditional update.
    """
    edition = Edition.claim(edition_id, hanging_since=(now or timezone.now()) - HANGS_AFTER, now=now)
    made = _made(edition, written) if edition else None
    return _store(edition, made) if edition and made else None


def render_draft(*, draft_id: int, now: datetime | None = None) -> bool:
    """Whether the draft has its file now; it has none where it was replaced meanwhile. As `render` else."""
    draft = Draft.claim(draft_id, hanging_since=(now or timezone.now()) - HANGS_AFTER, now=now)
    made = _made(draft, drafted) if draft else None
    if draft is None or made is None:
        return False
    ready = {"state": RenderingState.READY, "progress": 100, "step": "", "pages": made.pages}
    return bool(Draft.objects.mine(draft).update(**ready, content=made.content))


def written(edition: Edition, on_page: OnPage | None = None) -> Pdf:
    """The file of a frozen edition, the same bytes each time. Raises PayloadAltered."""
    if payload.sha256(edition.payload) != edition.sha256:
        raise PayloadAltered("Der gespeicherte Inhalt hat nicht mehr die Prüfsumme, mit der er eingefroren wurde.")
    kept = edition.snapshot.arms
    arms = Asset(bytes(kept.content), kept.media_type) if kept else None
    return _written(edition.payload, proof_of(edition.snapshot), arms, on_page)


def drafted(draft: Draft, on_page: OnPage | None = None) -> Pdf:
    return _written(draft.payload, None, arms_of_today(), on_page)


def _written(text: str, proof: Proof | None, arms: Asset | None, on_page: OnPage | None) -> Pdf:
    told = payload.from_json(text)
    tell = (lambda number: on_page(number, len(told.measures))) if on_page else None
    return write_pdf(told, proof, arms=arms, on_page=tell)


def _made[R: Rendering](row: R, write: Callable[[R, OnPage], Pdf]) -> Pdf | None:
    try:
        _sign(row, 3, "Inhalt wird zusammengestellt")
        return write(row, _signs(row))
    except Exception as reason:
        log.exception("%s %s was not rendered", type(row).__name__, row.pk)
        _mine(row).update(state=RenderingState.FAILED, error=f"{type(reason).__name__}: {reason}"[:1000])
        return None


def _signs(row: Rendering) -> OnPage:
    """Tells of pages at most once a second."""
    told_at = 0.0

    def on_page(number: int, measures: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= SECONDS_BETWEEN_SIGNS:
            told_at = time.monotonic()
            _sign(row, progress_of(number, expected_pages(measures)), f"Seite {number} wird gesetzt")

    return on_page


def _sign(row: Rendering, progress: int, step: str) -> None:
    _mine(row).update(progress=progress, step=step, claimed_at=timezone.now())


def _mine(row: Any) -> QuerySet[Any]:
    mine: QuerySet[Any] = type(row).objects.mine(row)
    return mine


@transaction.atomic
def _store(edition: Edition, made: Pdf) -> Document | None:
    mine = Edition.objects.mine(edition)
    if not mine.select_for_update().exists():
        return None
    document = Document.store(
        name=file_name(payload.from_json(edition.payload)), media_type="application/pdf", content=made.content
    )
    mine.update(state=RenderingState.READY, progress=100, step="", pages=made.pages, document=document)
    if Edition.objects.released().filter(pk=edition.pk).exists():
        PublicVersion.raise_()
    return document
