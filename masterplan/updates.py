"""The status updates that wait: for the Digital Officer to decide, for a unit to write; one flat row each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ground.formats import day, moment, relative
from ground.models.mail import UNDELIVERED
from ground.workdays import workdays_between
from masterplan.models import Measure, Reminder, StatusRequest, StatusUpdate, UpdateState
from masterplan.models.status import ENDED_PHASES, ShownStatus
from masterplan.reminding.rules import is_left_to_the_desk
from masterplan.reminding.whom import Called, called_for

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
    told: str
    """Who was asked or reminded last, and when."""
    left: str
    """Why nobody is asked any more: the answer is then up to who reads this; "" while somebody is."""
    mail_url: str
    """Of the newest mail that did not arrive; "" where all did."""
    has_stand_in: bool


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
    """Of whom an answer is awaited, the earliest day first, with whom the last mail went to. Nine queries."""
    rows = StatusRequest.objects.unanswered().filter(measure__in=Measure.objects.visible_to(user))
    found = list(rows.select_related("measure__lead_unit").order_by("due", "measure__code", "measure__serial"))
    called, told = (called_for(found, today), _told(found)) if found else ({}, {})
    return [_asked(one, called[one.measure_id], told.get(one.pk, []), today) for one in found]


def left_to_officer(user: Any, today: date) -> list[str]:
    """Numbers of the measures of which nobody else is asked any more."""
    return [one.number for one in asked(user, today) if one.left]


def _asked(one: StatusRequest, called: Called, told: list[Reminder], today: date) -> Asked:
    failed = [row.mail for row in told if row.mail and row.mail.state in UNDELIVERED]
    return Asked(
        pk=one.pk,
        number=one.measure.number,
        title=one.measure.title,
        unit=one.measure.lead_unit.label if one.measure.lead_unit else "ohne Federführung",
        due=day(one.due),
        relative=relative(one.due, today),
        late=one.due < today,
        url=reverse("measure_report", args=[one.measure.number]),
        told=f"{told[0].recipient}, {day(timezone.localdate(told[0].sent_at))}" if told else "noch niemand",
        left=_left(one, called, today),
        mail_url=reverse("post_mail", args=[failed[0].pk]) if failed else "",
        has_stand_in=called.stand_in is not None and called.stand_in not in [row.recipient_id for row in told],
    )


def _left(one: StatusRequest, called: Called, today: date) -> str:
    if not called.steps:
        return "Niemand sonst kann gefragt werden: Die Antwort bleibt bei Ihnen."
    return "Es wird nicht mehr erinnert." if is_left_to_the_desk(workdays_between(one.due, today)) else ""


def _told(requests: Sequence[StatusRequest]) -> dict[int, list[Reminder]]:
    """By request each person's newest mail, the newest first."""
    found: dict[int, dict[int, Reminder]] = {}
    rows = Reminder.objects.filter(request__in=requests).select_related("recipient", "mail").order_by("-sent_at", "-pk")
    for row in rows:
        found.setdefault(row.request_id, {}).setdefault(row.recipient_id, row)
    return {request: list(people.values()) for request, people in found.items()}


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
