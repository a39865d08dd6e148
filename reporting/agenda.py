"""The meeting that a report goes to, as it stands today; what became of it since the report was frozen."""

from datetime import date, datetime
from typing import Any

from django.db.models import JSONField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from council.agenda import AgendaRow
from council.models import Meeting
from ground import formats
from reporting import context
from reporting.models import Edition, EditionKind, Report


def when(meeting: Meeting | None) -> str:
    if meeting is None:
        return ""
    return formats.weekday_moment(meeting.start) + (" (abgesagt)" if meeting.cancelled else "")


def ahead(meeting: Meeting, today: date) -> str:
    """In one line what a report has to keep to."""
    start = formats.weekday_moment(meeting.start)
    if meeting.cancelled:
        return f"Die Sitzung am {start} ist abgesagt."
    said = f"Sitzung am {start}, {formats.relative(timezone.localdate(meeting.start), today)}"
    if meeting.papers_due is None:
        return said
    due = f"{formats.day(meeting.papers_due)}, {formats.relative(meeting.papers_due, today)}"
    return f"{said}; Vorlagenschluss am {due}"


def since_frozen(report: Report) -> str:
    """Of the newest Fassung; "" where its day is today's, or nothing is frozen."""
    named = _named_by_newest(report)
    return became_of(report, named[0]) if named else ""


def became_of(report: Report, named: datetime | None) -> str:
    """Of the meeting whose day a Fassung names."""
    meeting = report.meeting
    return context.meeting_since(
        named, meeting.start if meeting else None, cancelled=bool(meeting and meeting.cancelled)
    )


def reports_of(meeting_id: int, user: Any, today: date) -> list[AgendaRow]:
    """That go to the meeting and that `user` may see; each leads to the council's edition of what is released."""
    known = Report.objects.visible_to(user).filter(meeting=meeting_id)
    editions = Edition.objects.visible_to(user, today).released().filter(snapshot__report__in=known)
    rows = editions.filter(kind=EditionKind.COUNCIL).order_by("snapshot__fassung")
    newest = dict(rows.values_list("snapshot__report", "pk"))
    return [_item(report, newest.get(report.pk)) for report in known]


def _item(report: Report, edition: int | None) -> AgendaRow:
    if edition is None:
        return AgendaRow(str(report), reverse("report_edit", args=[report.pk]), "noch nicht freigegeben")
    return AgendaRow(str(report), reverse("council_report", args=[edition]))


def _named_by_newest(report: Report) -> list[datetime | None]:
    """The one moment; the database reads it out of the payload, which may be large."""
    newest = (
        Edition.objects.filter(snapshot__report=report)
        .annotate(told=Cast("payload", JSONField()))
        .newest_first()
        .values_list(KT("told__meeting"), flat=True)
    )
    return [datetime.fromisoformat(named) if named and named != "null" else None for named in newest[:1]]
