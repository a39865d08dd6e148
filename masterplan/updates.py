"""The status updates that wait: for the Digital Officer to decide, for a unit to write; one flat row each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ground.formats import day, moment, relative
from masterplan.models import Measure, StatusRequest, StatusUpdate, UpdateState
from masterplan.models.status import ENDED_PHASES, ShownStatus

DECIDED_SHOWN = 20
LATELY = timedelta(days=45)
"""How far back a request belongs to the present round."""


@dataclass(frozen=True)
class Queued:
    """A submitted update in the list beside the one that is read."""

    pk: int
    version: int
    number: str
    title: str
    age: str
    unchanged: bool
    url: str


@dataclass(frozen=True)
class OwnMeasure:
    """A measure with what its reporter has to do; `due` is the day for which an answer is asked, `what` became of the
    newest update, "" where nothing is reported any more."""

    number: str
    title: str
    status: ShownStatus
    what: str
    due: str
    late: bool
    comment: str
    step: str
    url: str


@dataclass(frozen=True)
class Asked:
    pk: int
    number: str
    title: str
    unit: str
    due: str
    relative: str
    late: bool
    url: str


@dataclass(frozen=True)
class UnitAnswers:
    """`there` of `asked` updates of a unit are there; `missing` are the numbers of the other measures."""

    unit: str
    there: int
    asked: int
    missing: str


def queue(user: Any, today: date) -> list[Queued]:
    """What was sent and nobody decided on, the oldest first."""
    rows = (
        StatusUpdate.objects.submitted()
        .filter(measure__in=Measure.objects.visible_to(user))
        .select_related("measure")
        .order_by("submitted_at", "pk")
    )
    return [
        Queued(
            pk=one.pk,
            version=one.version,
            number=one.measure.number,
            title=one.measure.title,
            age=relative(timezone.localdate(one.submitted_at), today) if one.submitted_at else "",
            unchanged=one.says_unchanged,
            url=reverse("update_review", args=[one.pk]),
        )
        for one in rows
    ]


def asked(user: Any, today: date) -> list[Asked]:
    """Of whom an answer is awaited, the earliest day first."""
    rows = StatusRequest.objects.unanswered().filter(measure__in=Measure.objects.visible_to(user))
    return [
        Asked(
            pk=one.pk,
            number=one.measure.number,
            title=one.measure.title,
            unit=one.measure.lead_unit.label if one.measure.lead_unit else "ohne Federführung",
            due=day(one.due),
            relative=relative(one.due, today),
            late=one.due < today,
            url=reverse("measure_report", args=[one.measure.number]),
        )
        for one in rows.select_related("measure__lead_unit").order_by("due", "measure__code", "measure__serial")
    ]


def answers(user: Any, today: date) -> list[UnitAnswers]:
    """Who has answered what was asked lately and who has not; units with the most missing first. One query."""
    rows = (
        StatusRequest.objects.of_running()
        .filter(withdrawn_at=None, asked_at__date__gt=today - LATELY)
        .filter(measure__in=Measure.objects.visible_to(user))
        .order_by("measure__code", "measure__serial")
        .values_list("measure__lead_unit__short_name", "measure__lead_unit__name", "measure__number", "answer")
    )
    found: dict[str, dict[str, bool]] = {}
    for short, name, number, answer in rows:
        unit = found.setdefault(short or name or "ohne Federführung", {})
        unit[number] = answer is not None
    told = [
        UnitAnswers(unit, sum(given.values()), len(given), ", ".join(one for one, came in given.items() if not came))
        for unit, given in found.items()
    ]
    return sorted(told, key=lambda one: (one.there - one.asked, one.unit))


def own(user: Any, today: date) -> list[OwnMeasure]:
    """The measures on which the user reports, those first of which an answer is awaited. Four queries."""
    measures = list(Measure.objects.reportable_by(user).in_order())
    requests = {one.measure_id: one for one in StatusRequest.objects.unanswered().filter(measure__in=measures)}
    newest: dict[int, StatusUpdate] = {}
    updates = StatusUpdate.objects.filter(measure__in=measures).exclude(author=None).select_related("author")
    for update in updates.order_by("created_at", "pk"):
        if update.is_of_unit or update.measure_id not in newest or not newest[update.measure_id].is_of_unit:
            newest[update.measure_id] = update
    found = [_own(one, requests.get(one.pk), newest.get(one.pk), today) for one in measures]
    return sorted(found, key=lambda row: (not row.due, not row.late, not row.what))


def _own(measure: Measure, request: StatusRequest | None, update: StatusUpdate | None, today: date) -> OwnMeasure:
    what, step = _state_words(update)
    if measure.phase in ENDED_PHASES:
        what, step = "", "Ansehen"
    return OwnMeasure(
        number=measure.number,
        title=measure.title,
        status=measure.status,
        what=what,
        due=day(request.due) if request else "",
        late=bool(request and request.due < today),
        comment=update.comment if update and update.state == UpdateState.RETURNED else "",
        step=step,
        url=reverse("measure_edit" if measure.phase in ENDED_PHASES else "measure_report", args=[measure.number]),
    )


def _state_words(update: StatusUpdate | None) -> tuple[str, str]:
    """What became of the newest update, and the next step."""
    if update is None:
        return "noch nie gemeldet", "Stand melden"
    if update.state == UpdateState.DRAFT:
        return f"Entwurf von {update.author or 'Unbekannt'}", "Weiterschreiben"
    if update.state == UpdateState.SUBMITTED:
        sent = f" am {moment(update.submitted_at)}" if update.submitted_at else ""
        return f"abgeschickt{sent}, wird geprüft", "Ansehen"
    if update.state == UpdateState.RETURNED:
        return "zurückgegeben", "Überarbeiten"
    told = day(timezone.localdate(update.decided_at)) if update.decided_at else ""
    return f"zuletzt gemeldet {told}", "Stand melden"


def decided(user: Any) -> Iterable[StatusUpdate]:
    """What was decided last of what others sent."""
    rows = StatusUpdate.objects.filter(measure__in=Measure.objects.visible_to(user), submitted_at__isnull=False)
    return (
        rows.filter(decided_at__isnull=False)
        .select_related("measure", "author")
        .order_by("-decided_at")[:DECIDED_SHOWN]
    )
