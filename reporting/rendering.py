"""Makes an edition's file from its frozen payload. Never half: the file is stored whole or the reason is shown.

No transaction is open while the file is made, so that progress can be read meanwhile.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ground.documents import Asset
from ground.models import Document, PublicVersion
from reporting import payload
from reporting.document import file_name, proof_of, write_pdf
from reporting.models import Edition, RenderingState
from reporting.models.edition import EditionQuerySet
from reporting.rules import expected_pages, progress_of

log = logging.getLogger(__name__)

HANGS_AFTER = timedelta(minutes=5)
"""Without a sign of life for so long, a worker is taken for dead."""
SECONDS_BETWEEN_SIGNS = 1.0


class PayloadAltered(Exception):
    """The stored payload no longer has the SHA-256 it was frozen with."""


def render(*, edition_id: int, now: datetime | None = None) -> Document | None:
    """The stored file; None where another worker has the edition, it is done, or it failed (the row says why).

    May be called any number of times: the edition is claimed by one conditional update.
    """
    moment = now or timezone.now()
    edition = Edition.claim(edition_id, hanging_since=moment - HANGS_AFTER, now=moment)
    if edition is None:
        return None
    try:
        _sign(edition, 3, "Inhalt wird zusammengestellt")
        content = written(edition, on_page=_signs(edition))
    except Exception as reason:
        log.exception("Edition %s was not rendered", edition.pk)
        _mine(edition).update(state=RenderingState.FAILED, error=f"{type(reason).__name__}: {reason}"[:1000])
        return None
    return _store(edition, content)


def written(edition: Edition, on_page: Callable[[int, int], None] | None = None) -> bytes:
    """The file of a frozen edition, the same bytes each time; `on_page` hears of each page laid out and the number of
    measures. Raises PayloadAltered."""
    if payload.sha256(edition.payload) != edition.sha256:
        raise PayloadAltered("Der gespeicherte Inhalt hat nicht mehr die Prüfsumme, mit der er eingefroren wurde.")
    told, kept = payload.from_json(edition.payload), edition.snapshot.arms
    return write_pdf(
        told,
        proof_of(edition.snapshot),
        arms=Asset(bytes(kept.content), kept.media_type) if kept else None,
        on_page=(lambda number: on_page(number, len(told.measures))) if on_page else None,
    )


def _signs(edition: Edition) -> Callable[[int, int], None]:
    """Tells of pages at most once a second."""
    told_at = 0.0

    def on_page(number: int, measures: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= SECONDS_BETWEEN_SIGNS:
            told_at = time.monotonic()
            _sign(edition, progress_of(number, expected_pages(measures)), f"Seite {number} wird gesetzt")

    return on_page


def _sign(edition: Edition, progress: int, step: str) -> None:
    _mine(edition).update(progress=progress, step=step, claimed_at=timezone.now())


def _mine(edition: Edition) -> EditionQuerySet:
    """The row while this attempt still has it; a worker that was taken for dead writes nothing more."""
    return Edition.objects.filter(pk=edition.pk, state=RenderingState.RENDERING, attempts=edition.attempts)


@transaction.atomic
def _store(edition: Edition, content: bytes) -> Document | None:
    if not _mine(edition).select_for_update().exists():
        return None
    document = Document.store(
        name=file_name(payload.from_json(edition.payload)), media_type="application/pdf", content=content
    )
    _mine(edition).update(state=RenderingState.READY, progress=100, step="", document=document)
    if Edition.objects.released().filter(pk=edition.pk).exists():
        PublicVersion.raise_()
    return document
