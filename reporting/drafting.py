"""A draft of what would be frozen now, made by a worker like the final file."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from accounts.models import Unit
from council.models import Committee, Meeting
from ground.models import Event, Town
from masterplan.models import Measure
from reporting import payload, tasks
from reporting.collect import collect
from reporting.document import file_name
from reporting.models import Draft, EditionKind, Report
from reporting.opening import ReportNotOpen
from reporting.payload import Payload
from strategy.models import FieldOfAction, Goal

TOLD_OF = (Measure, Report, Meeting, Committee, FieldOfAction, Goal, Unit, Town)
"""Milestones and promises are told of with their measure."""


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
    """When something was changed last of which reports tell; whether this one would, is not looked at."""
    told = Event.objects.filter(subject_type__in=[model._meta.label_lower for model in TOLD_OF])
    return told.order_by("-occurred_at").values_list("occurred_at", flat=True).first()
