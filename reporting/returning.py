"""Gives a report back to who froze it, with a comment that stays inside; the next Fassung answers it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from ground.history import StaleRow
from ground.journal import Entry, record
from ground.models import Event
from reporting.models import Report, ReportState
from reporting.releasing import RELEASED, ReportNotWaiting

RETURNED, WITHDRAWN = "report.returned", "report.return_withdrawn"


class CommentMissing(Exception):
    """Who gets the report back is told what to change."""


class ReportNotReturned(Exception):
    """The report is not given back, or a new Fassung has answered already."""


@transaction.atomic
def give_back(
    *, report_id: int, comment: str, expected_version: int | None, by: Any, now: datetime | None = None
) -> Report:
    """Of the Fassung that waits for its release. Raises CommentMissing, ReportNotWaiting or StaleRow."""
    require(by, Perm.RELEASE_REPORTS)
    if not comment.strip():
        raise CommentMissing
    report = Report.locked(report_id, expected_version=None)
    if report.state != ReportState.FROZEN:
        raise ReportNotWaiting(report)
    if expected_version not in (None, report.version):
        raise StaleRow(report)
    return _enter(report, ReportState.RETURNED, RETURNED, "Bericht zurückgegeben", comment.strip(), by=by, now=now)


@transaction.atomic
def withdraw_return(*, report_id: int, by: Any, now: datetime | None = None) -> Report:
    """Undoes a return while no new Fassung answers it; the comment stays in the journal. Raises ReportNotReturned."""
    require(by, Perm.RELEASE_REPORTS)
    report = Report.locked(report_id, expected_version=None)
    if report.state != ReportState.RETURNED:
        raise ReportNotReturned
    return _enter(report, ReportState.FROZEN, WITHDRAWN, "Rückgabe zurückgenommen", "", by=by, now=now)


def _enter(
    report: Report, state: ReportState, kind: str, title: str, comment: str, *, by: Any, now: datetime | None
) -> Report:
    report.enter(state)
    report.save_tracked(by=by, at=now)
    fassung = f"{report.snapshots.count()}. Fassung"
    record(Entry(subject=report, kind=kind, title=title, after=fassung, reason=comment), by=by, at=now)
    return report


def latest_return(report: Report) -> Event | None:
    """The last one; None where it was withdrawn, or a later Fassung was released."""
    told = Event.objects.about(report).filter(kind__in=(RETURNED, WITHDRAWN, RELEASED))
    known = told.select_related("author").order_by("-pk").first()
    return known if known and known.kind == RETURNED else None
