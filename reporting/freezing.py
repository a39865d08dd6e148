"""Freezes a report: from then on what was reported never changes; a correction is a new Fassung."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from council.models import Meeting
from ground.history import StaleRow
from ground.journal import Entry, record
from ground.models import Document, PublicVersion, Town
from ground.moments import one_moment
from reporting import payload, tasks
from reporting.collect import collect, has_confidential
from reporting.document import TEMPLATE_VERSION
from reporting.models import Draft, Edition, EditionKind, Report, ReportState, Snapshot
from reporting.rules import code_of


class ReportAlreadyFrozen(Exception):
    """Frozen before, perhaps by someone else at the same time; nothing was changed."""


class ReportNotFrozen(Exception):
    """Only what is frozen can be corrected."""


class CorrectionWithoutReason(Exception):
    """A new Fassung says why it replaces the one before."""


@dataclass(frozen=True)
class Rewritten:
    """What a correction writes anew besides the state of the measures."""

    assessment: str
    meeting: Meeting | None


@dataclass(frozen=True)
class _Reading:
    """What a report would say, all editions as of one moment; an edit in between would make them contradict."""

    version: int
    fassung: int
    texts: dict[EditionKind, str]


def freeze(*, report_id: int, expected_version: int | None = None, by: Any, now: datetime | None = None) -> Snapshot:
    """The first Fassung, with all its editions. Raises ReportAlreadyFrozen or StaleRow."""
    require(by, Perm.PREPARE_REPORTS)
    moment = now or timezone.now()
    read = _read(report_id, correction="", rewritten=None, now=moment)
    with transaction.atomic():
        report = Report.locked(report_id, expected_version=None)
        if not report.is_open:
            raise ReportAlreadyFrozen
        _refuse_stale(report, read, expected_version)
        return _freeze(report, read, correction="", by=by, now=moment)


def correct(
    *,
    report_id: int,
    reason: str,
    rewritten: Rewritten | None = None,
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Snapshot:
    """The next Fassung, with the data of now; the ones before stay as they are, and public until it is released.

    Raises CorrectionWithoutReason, ReportNotFrozen, MeetingOfAnotherCommittee or StaleRow.
    """
    require(by, Perm.PREPARE_REPORTS)
    if not reason.strip():
        raise CorrectionWithoutReason
    moment = now or timezone.now()
    read = _read(report_id, correction=reason.strip(), rewritten=rewritten, now=moment)
    with transaction.atomic():
        report = Report.locked(report_id, expected_version=None)
        if report.is_open:
            raise ReportNotFrozen
        _refuse_stale(report, read, expected_version)
        _rewrite(report, rewritten)
        PublicVersion.raise_()  # the pages of what is released say beside it when the meeting is now
        return _freeze(report, read, correction=reason.strip(), by=by, now=moment)


def _read(report_id: int, *, correction: str, rewritten: Rewritten | None, now: datetime) -> _Reading:
    """The payload of each edition; an annex only where something is confidential."""
    with one_moment():
        report = Report.objects.select_related("committee", "meeting").get(pk=report_id)
        _rewrite(report, rewritten)
        fassung = report.snapshots.count() + 1
        kinds = [EditionKind.COUNCIL, EditionKind.PUBLIC]
        if has_confidential():
            kinds.append(EditionKind.CONFIDENTIAL_ANNEX)
        told = {kind: collect(report, kind, fassung=fassung, correction=correction, now=now) for kind in kinds}
    return _Reading(report.version, fassung, {kind: payload.to_json(one) for kind, one in told.items()})


def _rewrite(report: Report, rewritten: Rewritten | None) -> None:
    if rewritten:
        report.assessment = rewritten.assessment
        report.goes_to(rewritten.meeting)


def _refuse_stale(report: Report, read: _Reading, expected_version: int | None) -> None:
    if report.version != read.version or expected_version not in (None, report.version):
        raise StaleRow(report)


def _freeze(report: Report, read: _Reading, *, correction: str, by: Any, now: datetime) -> Snapshot:
    digests = {kind: payload.sha256(text) for kind, text in read.texts.items()}
    sha256 = payload.sha256("\n".join(f"{kind.value} {digest}" for kind, digest in digests.items()))
    snapshot = Snapshot.objects.create(
        report=report,
        fassung=read.fassung,
        correction=correction,
        frozen_at=now,
        author=by,
        schema_version=payload.SCHEMA_VERSION,
        template_version=TEMPLATE_VERSION,
        code=code_of(report.year, report.half, sha256),
        sha256=sha256,
        arms=Document.objects.filter(pk__in=Town.objects.values("arms")).first(),
    )
    editions = Edition.objects.bulk_create(
        [Edition(snapshot=snapshot, kind=kind, payload=text, sha256=digests[kind]) for kind, text in read.texts.items()]
    )
    Draft.objects.filter(report=report).delete()
    report.enter(ReportState.FROZEN)
    report.save_tracked(by=by, reason=correction, at=now)
    title = "Bericht korrigiert" if correction else "Bericht eingefroren"
    entry = Entry(
        subject=report, kind="report.frozen", title=title, after=f"{read.fassung}. Fassung", reason=correction
    )
    record(entry, by=by, at=now)
    for edition in editions:
        transaction.on_commit(partial(tasks.render_edition.delay, edition.pk), robust=True)
    return snapshot
