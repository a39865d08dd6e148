"""What a personal link shows its holder: the measures of which that person is asked, and nothing of any other."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.access import Perm
from ground.formats import day
from ground.linking import use_link
from ground.models import SignedLink
from masterplan import report_pages
from masterplan.models import Measure, Phase, StatusUpdate, UpdateState, Visibility
from masterplan.reminding.whom import awaited, called_for
from masterplan.report_pages import Door

STEPS = {
    "": report_pages.start,
    "unveraendert": report_pages.unchanged,
    "angaben": report_pages.form,
    "pruefen": report_pages.check,
    "verwerfen": report_pages.throw_away,
}
TEMPLATE = "link.html"


@dataclass(frozen=True)
class Asked:
    """`title` is empty where the measure is nichtöffentlich: of these a link says the number, and reports none."""

    number: str
    title: str
    state: str
    due: str
    late: bool
    confidential: bool
    is_open: bool


def asked_of(user: Any, today: date) -> list[Asked]:
    """Those that wait for an answer first, then what the person sent and nobody has decided on yet."""
    requests = [] if user.has_perm(Perm.APPROVE_STATUS) else list(awaited())
    called = called_for(requests, today)
    mine = [one for one in requests if user.pk in called[one.measure_id].answering]
    begun = StatusUpdate.objects.filter(measure__in=[one.measure_id for one in mine])
    states = dict(begun.order_by("created_at", "pk").values_list("measure", "state"))
    waiting = [
        _asked(one.measure, _state(states.get(one.measure_id)), due=one.due, late=one.due < today) for one in mine
    ]
    sent = StatusUpdate.objects.submitted().filter(author=user, answers__isnull=False).select_related("measure")
    return waiting + [
        _asked(one.measure, "abgeschickt, wird geprüft") for one in sent.distinct().order_by("submitted_at")
    ]


def _asked(measure: Measure, state: str, due: date | None = None, late: bool = False) -> Asked:
    confidential = measure.visibility == Visibility.CONFIDENTIAL
    return Asked(
        number=measure.number,
        title="" if confidential else measure.title,
        state=state,
        due=day(due) if due else "",
        late=late,
        confidential=confidential,
        is_open=due is not None and not confidential,
    )


def _state(newest: str | None) -> str:
    return {UpdateState.DRAFT: "Entwurf gesichert", UpdateState.RETURNED: "mit Hinweis zurückgegeben"}.get(
        UpdateState(newest or UpdateState.APPROVED), "offen"
    )


def why_closed(user: Any, number: str) -> str:
    """Of a measure on which the person reports but is not asked now; "" of any other, which does not exist here."""
    own = Measure.objects.exclude(visibility=Visibility.CONFIDENTIAL).filter(number=number)
    measure = None if user.has_perm(Perm.APPROVE_STATUS) else own.reportable_by(user).first()
    if measure is None:
        return ""
    if measure.phase == Phase.MERGED:
        return "merged"
    asked = measure.requests.first()
    return "answered" if asked and (asked.answer_id or measure.updates.submitted().exists()) else "not asked"


def door(link: SignedLink, user: Any, number: str, here: str, **frame: Any) -> Door:
    """For a measure that is asked of the link's holder; the caller has looked."""
    measure = Measure.objects.select_related("field", "lead_unit", "merged_into").get(number=number)
    start = f"{here}?massnahme={number}"
    return Door(
        measure=measure,
        user=user,
        via_link=True,
        template=TEMPLATE,
        addresses={
            "start": start,
            "unchanged": f"{start}&schritt=unveraendert",
            "form": f"{start}&schritt=angaben",
            "check": f"{start}&schritt=pruefen",
            "discard": f"{start}&schritt=verwerfen",
            "sent": f"{here}?gemeldet={number}",
            "back": here,
        },
        frame={"until": day(timezone.localdate(link.expires_at)), "list_address": here, **frame},
    )


def answer(request: HttpRequest, link: SignedLink, step: str, way_in: Door) -> HttpResponse:
    """What is written counts only while the link holds: it is locked and checked in the same transaction."""
    if request.method != "POST":
        return STEPS[step](request, way_in)
    with transaction.atomic():
        use_link(link_id=link.pk, now=timezone.now())
        return STEPS[step](request, way_in)
