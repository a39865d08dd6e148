"""One public measure with all that its page tells."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from accounts.models import Unit
from masterplan.models import Basis, DueDatePromise, HealthCriteria, Measure, Origin, PromiseKind, StatusUpdate
from masterplan.public.attachments import PublicAttachment, attachments_of
from masterplan.public.events import PublicEvent, history_of
from masterplan.public.measures import COLUMNS, PublicMeasure, measure_of
from masterplan.public.milestones import PublicMilestone, milestones_of
from masterplan.public.money import PublicMoney, money_of
from masterplan.rules import Criteria, Promised, slip
from strategy.models import Goal


@dataclass(frozen=True, slots=True)
class PublicPromise:
    """`reason` only where it was written for the public."""

    kind: PromiseKind
    promised_on: date
    due: date | None
    previous: date | None
    days: int
    reason: str


@dataclass(frozen=True, slots=True)
class Texts:
    teaser: str
    description: str
    objective: str
    beneficiaries: str
    external_partners: str


@dataclass(frozen=True, slots=True)
class Reported:
    """The newest approved status update that speaks to the public."""

    sentence: str
    at: datetime
    unit: str | None


@dataclass(frozen=True, slots=True)
class PublicProfile:
    measure: PublicMeasure
    texts: Texts
    basis: Basis | None
    origin: Origin
    resolved_on: date | None
    health_reason: str
    """Of who stated another health than the criteria give; "" where it follows from them."""
    criteria: Criteria
    mailbox: str
    involved: tuple[str, ...]
    goals: tuple[str, ...]
    reported: Reported | None
    milestones: tuple[PublicMilestone, ...]
    promises: tuple[PublicPromise, ...]
    events: tuple[PublicEvent, ...]
    attachments: tuple[PublicAttachment, ...]
    money: tuple[PublicMoney, ...]


TEXTS = ("teaser", "description", "objective", "beneficiaries", "external_partners")
FACTS = ("basis", "origin", "resolved_on", "health_reason", "lead_unit__email")


def merged_into(slug: str) -> str | None:
    """The address of the public measure in which a public one was merged."""
    return (
        Measure.objects.published()
        .filter(slug=slug, merged_into__in=Measure.objects.published())
        .values_list("merged_into__slug", flat=True)
        .first()
    )


def read_profile(slug: str) -> PublicProfile | None:
    """None where no public measure has this address. Seven queries."""
    rows = _with_newest_sentence(Measure.objects.published().filter(slug=slug))
    values = rows.values_list(*COLUMNS, *TEXTS, *FACTS, "sentence", "reported_at", "reported_by").first()
    if values is None:
        return None
    measure = measure_of(values[: len(COLUMNS)])
    rest = values[len(COLUMNS) :]
    basis, origin, resolved_on, health_reason, mailbox, sentence, at, unit = rest[len(TEXTS) :]
    end_promises, milestones = _promised(measure.pk)
    return PublicProfile(
        measure=replace(measure, slip=slip((promise.kind, promise.days) for promise in end_promises)),
        texts=Texts(*rest[: len(TEXTS)]),
        basis=Basis(basis) if basis else None,
        origin=Origin(origin),
        resolved_on=resolved_on,
        health_reason=health_reason,
        criteria=HealthCriteria.objects.in_force(),
        mailbox=mailbox or "",
        involved=tuple(Unit.objects.filter(shared_measures=measure.pk).order_by("name").values_list("name", flat=True)),
        goals=tuple(
            Goal.objects.published().filter(measures=measure.pk).order_by("position").values_list("title", flat=True)
        ),
        reported=Reported(sentence, at, unit) if sentence else None,
        milestones=milestones,
        promises=end_promises,
        events=tuple(history_of(measure.pk)),
        attachments=attachments_of(measure.pk),
        money=money_of(measure.pk),
    )


def _with_newest_sentence(measures: Any) -> Any:
    newest = StatusUpdate.objects.with_public_sentence().filter(measure=OuterRef("pk")).order_by("-decided_at", "-pk")
    return measures.annotate(
        sentence=Subquery(newest.values("public_sentence")[:1]),
        reported_at=Subquery(newest.values("decided_at")[:1]),
        reported_by=Subquery(newest.values("author__unit__name")[:1]),
    )


def _promised(measure_id: int) -> tuple[tuple[PublicPromise, ...], tuple[PublicMilestone, ...]]:
    """The promises of the end, and the milestones with how far each was moved."""
    rows = DueDatePromise.objects.filter(measure=measure_id).values_list(
        "milestone_id", "kind", "promised_on", "due", "previous", "days", "reason", "public"
    )
    of_end: list[PublicPromise] = []
    of_milestones: dict[int, list[Promised]] = {}
    for milestone, kind, promised_on, due, previous, days, reason, public in rows:
        promise = PublicPromise(PromiseKind(kind), promised_on, due, previous, days, reason if public else "")
        if not milestone:
            of_end.append(promise)
        else:
            of_milestones.setdefault(milestone, []).append(Promised(kind, promised_on, due, days))
    milestones = milestones_of([measure_id]).get(measure_id, [])
    return tuple(of_end), tuple(
        replace(milestone, promises=tuple(of_milestones.get(milestone.pk, ()))) for milestone in milestones
    )
