"""A draft of what would be frozen now, made by a worker like the final file."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.models import Event
from masterplan.models import Measure
from reporting import payload, tasks
from reporting.collect import collect
from reporting.document import file_name
from reporting.models import Draft, EditionKind, Report
from reporting.opening import ReportNotOpen
from reporting.payload import Payload


@transaction.atomic
def ask_for_draft(*, report_id: int, kind: EditionKind, by: Any, now: datetime | None = None) -> Draft:
    """Replaces the edition's draft before; one that is still being made is left to finish. Raises ReportNotOpen."""
    require(by, Perm.PREPARE_REPORTS)
    report = Report.locked(report_id, expected_version=None)
    if not report.is_open:
        raise ReportNotOpen
    drafts = Draft.objects.filter(report=report, kind=kind)
    known = drafts.being_made().first()
    if known:
        return known
    drafts.delete()
    moment = now or timezone.now()
    told = told_by_draft(report, kind, moment)
    draft = Draft.objects.create(
        report=report,
        kind=kind,
        payload=payload.to_json(told),
        asked_at=moment,
        name=f"entwurf-{file_name(told)}",
    )
    transaction.on_commit(partial(tasks.render_draft.delay, draft.pk), robust=True)
    return draft


def told_by_draft(report: Report, kind: EditionKind, now: datetime) -> Payload:
    return collect(report, kind, fassung=1, now=now)


def last_change() -> datetime | None:
    """When a measure or a report was changed last; whether a report would tell of it, is not looked at."""
    told = Event.objects.filter(subject_type__in=[Measure._meta.label_lower, Report._meta.label_lower])
    return told.order_by("-occurred_at").values_list("occurred_at", flat=True).first()
