"""Opens a report for a half-year, plans its meeting, writes its paragraph."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from council.models import Committee, Meeting
from ground.halfyears import HalfYear
from ground.journal import Entry, record
from reporting.models import Report


class NoCommittee(Exception):
    """No committee of the half-year receives reports; the system administrator marks one."""


class ReportNotOpen(Exception):
    """The report is frozen; its text changes with a new Fassung only."""


def receiving_committee(period: HalfYear) -> Committee:
    """Of the term on the half-year's last day. Raises NoCommittee."""
    committee = Committee.objects.of_day(period.end).reported_to().first()
    if committee is None:
        raise NoCommittee(str(period))
    return committee


@transaction.atomic
def open_report(
    *,
    period: HalfYear,
    committee: Committee | None = None,
    meeting: Meeting | None = None,
    by: Any,
    now: datetime | None = None,
) -> Report:
    """The report of the half-year; opened now or, where there is one, as it is, whoever receives reports since then.

    Raises NoCommittee or MeetingOfAnotherCommittee.
    """
    require(by, Perm.PREPARE_REPORTS)
    known = Report.objects.of(period).first()
    if known:
        return known
    now = now or timezone.now()
    receiver = committee or receiving_committee(period)
    report = Report(year=period.year, half=period.half, committee=receiver, opened_at=now)
    report.goes_to(meeting)
    report.save_tracked(by=by, at=now)
    entry = Entry(subject=report, kind="report.opened", title="Bericht angelegt", after=period.label)
    record(entry, by=by, at=now)
    return report


@transaction.atomic
def write_report(
    *,
    report_id: int,
    assessment: str,
    meeting: Meeting | None,
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Report:
    """Saves paragraph and meeting. Raises StaleRow, ReportNotOpen or MeetingOfAnotherCommittee."""
    require(by, Perm.PREPARE_REPORTS)
    report = Report.locked(report_id, expected_version=expected_version)
    if not report.is_open:
        raise ReportNotOpen
    before = (report.assessment, report.meeting)
    report.assessment = assessment
    report.goes_to(meeting)
    if (report.assessment, report.meeting) != before:
        report.save_tracked(by=by, at=now)
        record(Entry(subject=report, kind="report.edited", title="Bericht bearbeitet"), by=by, at=now)
    return report
