"""The only place where a report reads other floors. Draft and final come from here alike."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from ground.models import Town
from masterplan.models import Health, HealthCriteria, Measure, ShownStatus
from masterplan.public.reported import Facts, reported, reported_measures
from masterplan.reasons import criteria_in_words
from masterplan.rules import Deadline, slip
from reporting import compare, payload
from reporting.models import Edition, EditionKind, Report
from reporting.payload import Earlier, Field, MeasureState, MilestoneState, Payload, Promise, Slip, Status

AUTHOR = "Digital Officer"


def collect(report: Report, kind: EditionKind, *, fassung: int, correction: str = "", now: datetime) -> Payload:
    """The report as it is at `now`, compared with the newest released one before it."""
    collected = _collected(report, kind, fassung=fassung, correction=correction, now=now)
    before = _edition_before(report, kind)
    told = payload.from_json(before.payload) if before else None
    return replace(
        collected,
        earlier=_earlier(before, told) if before and told else None,
        changes=compare.changes(told, collected),
        due=compare.due_milestones(told, collected),
    )


def _collected(report: Report, kind: EditionKind, *, fassung: int, correction: str, now: datetime) -> Payload:
    rows, meeting, as_of = _rows(kind), report.meeting, timezone.localtime(now).replace(microsecond=0)
    return Payload(
        schema=payload.SCHEMA_VERSION,
        kind=kind.value,
        edition=kind.label,
        year=report.year,
        half=report.half,
        fassung=fassung,
        correction=correction,
        as_of=as_of,
        town=_town(),
        author=AUTHOR,
        committee=report.committee.name,
        meeting=timezone.localtime(meeting.start) if meeting and not meeting.cancelled else None,
        address=settings.SITE_URL + reverse("public_report", args=[report.period]),
        assessment=report.assessment,
        statuses=_statuses(),
        fields=_fields(rows),
        measures=tuple(_measure(row, as_of.date()) for row in rows),
        earlier=None,
        changes=(),
        due=(),
    )


def _town() -> payload.Town:
    town = Town.objects.first() or Town()
    return payload.Town(name=town.name, office=town.office, email=town.email, is_example=town.is_example)


def has_confidential() -> bool:
    return Measure.objects.confidential().exists()


def _rows(kind: EditionKind) -> list[Facts]:
    if kind == EditionKind.PUBLIC:
        return reported_measures()
    if kind == EditionKind.CONFIDENTIAL_ANNEX:
        return reported(Measure.objects.confidential())
    return reported(Measure.objects.submitted_to_council())


def is_told_too_widely(told: Payload) -> bool:
    """Whether it names a measure that its readers may no longer see; the readers of an annex may see any."""
    if told.kind == EditionKind.CONFIDENTIAL_ANNEX:
        return False
    known = Measure.objects.published() if told.kind == EditionKind.PUBLIC else Measure.objects.submitted_to_council()
    return not {measure.number for measure in told.measures} <= set(known.values_list("number", flat=True))


def _measure(row: Facts, today: date) -> MeasureState:
    told = {name: value for name, value in row.items() if name not in ("slug", "field_title")}
    told["path"] = f"/massnahmen/{row['slug']}/" if row["slug"] else ""
    told["promises"] = tuple(Promise(**promise) for promise in row["promises"])
    told["milestones"] = tuple(MilestoneState(**milestone) for milestone in row["milestones"])
    return MeasureState(**told, **judgement(told, today))


def judgement(told: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What the rules of today say of a measure, by the names that the payload has for it."""
    names = ("phase", "planned_end", "actual_end", "resolved_end", "first_promised_end")
    deadline = Deadline(*(told[name] for name in names))
    moved = slip((promise.kind, promise.days) for promise in told["promises"])
    return {
        "baseline_end": deadline.baseline,
        "days_behind": deadline.days_behind(today),
        "is_behind": deadline.is_behind(today),
        "is_overdue": deadline.overdue_since(today) is not None,
        "slip": Slip(times=moved.times, days=moved.days),
    }


def _fields(rows: Iterable[Facts]) -> tuple[Field, ...]:
    titles = {row["field"]: row["field_title"] for row in rows}
    return tuple(Field(code=code, title=title) for code, title in titles.items())


def _statuses() -> tuple[Status, ...]:
    in_force = HealthCriteria.objects.in_force()
    criteria = {health.value: criteria_in_words(health, in_force) for health in Health}
    return tuple(
        Status(
            key=status.value,
            label=str(status.label),
            symbol=status.symbol,
            tone=status.tone,
            criteria=criteria.get(status.value, ""),
        )
        for status in ShownStatus
    )


def _edition_before(report: Report, kind: EditionKind) -> Edition | None:
    return (
        Edition.objects.released()
        .filter(snapshot__report__in=Report.objects.before(report.period), kind=kind)
        .newest_first()
        .select_related("snapshot__report")
        .first()
    )


def _earlier(edition: Edition, told: Payload) -> Earlier:
    return Earlier(
        label=edition.snapshot.report.period.label,
        code=edition.snapshot.code,
        frozen_on=timezone.localdate(edition.snapshot.frozen_at),
        total=len(told.measures),
        behind=len(told.behind),
        on_track=sum(measure.status == "ON_TRACK" for measure in told.measures),
    )
