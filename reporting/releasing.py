"""Freigabe by the Verwaltungsleitung: only then council and public see their editions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow
from ground.journal import Entry, record
from ground.models import PublicVersion
from reporting import payload
from reporting.collect import is_told_too_widely
from reporting.models import Release, RenderingState, Report, ReportState, Snapshot

RELEASED = "report.released"


class ReportNotWaiting(Exception):
    """Only the newest Fassung of a frozen report waits for its release; this one is in work, given back or released."""


class ReleasedBySubmitter(Exception):
    """Nobody releases what they froze themselves."""


class FilesNotReady(Exception):
    """An edition's file is still being made, or failed."""


class NoLongerPublic(Exception):
    """Since the freeze a measure was taken from an edition's readers; only a new Fassung leaves it out."""


@transaction.atomic
def release(*, report_id: int, expected_version: int | None = None, by: Any, now: datetime | None = None) -> Release:
    """Releases the newest Fassung. Raises StaleRow, or as `releasable`."""
    require(by, Perm.RELEASE_REPORTS)
    report = Report.locked(report_id, expected_version=None)
    snapshot = releasable(report, by=by)
    if expected_version not in (None, report.version):
        raise StaleRow(report)
    return hand_over(report, snapshot, by=by, now=now or timezone.now())


def releasable(report: Report, *, by: Any) -> Snapshot:
    """The Fassung that waits for its release.

    Raises ReportNotWaiting, ReleasedBySubmitter, FilesNotReady or NoLongerPublic.
    """
    if report.state != ReportState.FROZEN:
        raise ReportNotWaiting(report)
    snapshot = report.snapshots.order_by("-fassung")[0]
    if by is not None and snapshot.author_id == by.pk:
        raise ReleasedBySubmitter
    if snapshot.editions.exclude(state=RenderingState.READY).exists():
        raise FilesNotReady
    texts = snapshot.editions.values_list("payload", flat=True)
    if any(is_told_too_widely(payload.from_json(text)) for text in texts):
        raise NoLongerPublic
    return snapshot


def hand_over(report: Report, snapshot: Snapshot, *, by: Any, now: datetime) -> Release:
    """The release itself, in the caller's transaction; whether it may be is the caller's to know."""
    released = Release.objects.create(snapshot=snapshot, released_at=now, by=by)
    report.enter(ReportState.RELEASED)
    report.save_tracked(by=by, at=now)
    record(
        Entry(
            subject=report,
            kind=RELEASED,
            title="Bericht freigegeben",
            after=f"{snapshot.fassung}. Fassung",
            public=True,
        ),
        by=by,
        at=now,
    )
    PublicVersion.raise_()
    return released
