from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import Perm
from council import sitting
from council.agenda import agenda_of
from council.forms import CancelForm, MeetingFilter, MeetingForm
from council.meeting_page import deliberation_of
from council.models import Meeting
from council.views.pages import add_page, edit_page, keeps, reads
from ground import formats
from ground.models import Event

SITTINGS = ("Sitzungen", "/gremien/sitzungen/")
PAST_SHOWN = 25


@reads
def meetings(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    now = timezone.now()
    chosen = MeetingFilter(request.GET)
    committee = chosen.cleaned_data.get("gremium") if chosen.is_valid() else None
    visible = Meeting.objects.visible_to(user, timezone.localdate(now)).select_related("committee")
    if committee:
        visible = visible.filter(committee=committee)
    coming = [_row(one, now) for one in visible.filter(start__gte=now).order_by("start", "pk")]
    past = Paginator(visible.filter(start__lt=now).order_by("-start", "-pk"), PAST_SHOWN)
    page = past.get_page(request.GET.get("page"))
    context = {
        "coming": coming,
        "months": [(month, list(rows)) for month, rows in groupby(coming, key=lambda row: row["month"])],
        "past": [_row(one, now) for one in page],
        "page": page,
        "filter": chosen,
        "filtered": committee is not None,
        "may_edit": user.has_perm(Perm.EDIT_MEETINGS),
    }
    return render(request, "council/meetings.html", context)


def _row(one: Meeting, now: datetime) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "committee": one.committee.name,
        "month": formats.month(timezone.localdate(one.start)),
        "when": formats.weekday_moment(one.start),
        "relative": formats.relative(timezone.localdate(one.start), timezone.localdate(now)),
        "location": one.location,
        "papers_due": formats.day(one.papers_due) if one.papers_due else "",
        "cancelled": one.cancelled,
        "in_public": one.committee.meets_in_public,
    }


@reads
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    now = timezone.now()
    rows = Meeting.objects.visible_to(user, timezone.localdate(now)).select_related("committee__term")
    one = get_object_or_404(rows, pk=pk)
    context = {
        "meeting": one,
        "row": _row(one, now),
        "events": [
            (formats.moment(event.occurred_at), event) for event in Event.objects.about(one).select_related("author")
        ],
        **deliberation_of(one, user, timezone.localdate(now)),
        "held": one.start <= now,
        "agenda": agenda_of(pk, user, timezone.localdate(now)),
        "may_edit": user.has_perm(Perm.EDIT_MEETINGS),
    }
    return render(request, "council/meeting.html", context)


@keeps
def meeting_add(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = MeetingForm(sent, initial={"committee": request.GET.get("gremium")})
    return add_page(request, form, "Sitzung eintragen", [SITTINGS], _address)


@keeps
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        return edit_page(request, MeetingForm, pk, lambda one: [SITTINGS, (str(one), _address(one))], _address)
    except sitting.IsCancelled:
        messages.error(request, "Die Sitzung ist abgesagt. Tragen Sie zuerst ein, dass sie doch stattfindet.")
        return redirect("meeting", pk)


@keeps
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Meeting, pk=pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"meeting": one, "when": formats.weekday_moment(one.start), "form": form}
        return render(request, "council/cancel.html", context, status=422 if form.errors else 200)
    try:
        sitting.cancel(meeting_id=pk, reason=form.cleaned_data["reason"], by=request.user)
    except sitting.AlreadySo:
        messages.info(request, "Die Sitzung war schon abgesagt.")
    else:
        messages.success(request, "Die Sitzung ist abgesagt.")
    return redirect("meeting", pk)


@keeps
@require_POST
def meeting_reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Meeting, pk=pk)
    try:
        sitting.reinstate(meeting_id=one.pk, by=request.user)
    except sitting.AlreadySo:
        messages.info(request, "Die Sitzung findet schon statt.")
    except sitting.Contradicts as refused:
        messages.error(request, " ".join(refused.sentences))
    else:
        messages.success(request, "Die Sitzung findet doch statt.")
    return redirect("meeting", pk)


def _address(one: Meeting) -> str:
    return reverse("meeting", args=[one.pk])
