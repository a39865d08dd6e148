"""A person reports without a login, by the personal link of the mail: the list of what is asked, then one by one."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from ground.formats import day
from ground.link_page import SignedLink, link_page
from ground.linking import LinkForged
from masterplan.by_link import STEPS, Asked, answer, asked_of, door, why_closed

TYPED = ("reason", "public_sentence", "remarks", "decision", "achieved", "next_steps", "cause")
"""What a person may have written at length and wants back."""


@link_page("status_by_link")
def status_by_link(request: HttpRequest, link: SignedLink) -> HttpResponse:
    """One address for all, so that the token stands in no other: `massnahme` and `schritt` say which page."""
    if link.for_user is None:
        raise LinkForged
    rows = asked_of(link.for_user, timezone.localdate())
    number, step = request.GET.get("massnahme", ""), request.GET.get("schritt", "")
    if not number:
        return _list(request, link, rows)
    if step not in STEPS:
        raise LinkForged
    if not any(one.number == number and one.is_open for one in rows):
        return _closed(request, link, number, rows)
    said = {"sent": _sent(request, rows), "open": sum(one.is_open for one in rows)}
    return answer(request, link, step, door(link, link.for_user, number, request.path, **said))


def _list(request: HttpRequest, link: SignedLink, rows: Sequence[Asked]) -> HttpResponse:
    """One that is asked alone, or follows on what was sent just now, is shown at once."""
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    sent = _sent(request, rows)
    waiting = [one for one in rows if one.is_open]
    if waiting and (sent or len(rows) == 1):
        follows = f"&gemeldet={sent}" if sent else ""
        return redirect(f"{request.path}?massnahme={waiting[0].number}{follows}")
    return render(request, "masterplan/report/asked.html", {**_frame(request, link), "rows": rows, "waiting": waiting})


def _sent(request: HttpRequest, rows: Sequence[Asked]) -> str:
    """The number of what was sent just now, where that is so."""
    named = request.GET.get("gemeldet", "")
    return named if any(one.number == named and not one.due for one in rows) else ""


def _closed(request: HttpRequest, link: SignedLink, number: str, rows: Sequence[Asked]) -> HttpResponse:
    """Of what is not the person's there is no page; what was typed meanwhile is shown to be taken along."""
    why = why_closed(link.for_user, number)
    if not why and not any(one.number == number for one in rows):
        raise LinkForged
    typed = [text for name in TYPED if (text := request.POST.get(name, "").strip())]
    said = {"why": why, "number": number, "typed": typed, "waiting": [one for one in rows if one.is_open]}
    return render(request, "masterplan/report/closed.html", {**_frame(request, link), **said}, status=410)


def _frame(request: HttpRequest, link: SignedLink) -> dict[str, Any]:
    return {"until": day(timezone.localdate(link.expires_at)), "list_address": request.path}
