"""Agenda and minutes of a meeting, as the Ratsbüro keeps them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from council import deliberating
from council.forms import AgendaItemForm, MinutesForm
from council.models import AgendaItem, Meeting, Minutes
from council.views.pages import add_page, edit_page, keeps

SITTINGS = ("Sitzungen", "/gremien/sitzungen/")


@keeps
def agenda_item_add(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Meeting.objects.select_related("committee"), pk=pk)
    public = one.committee.meets_in_public and request.GET.get("teil") != "n"
    item = AgendaItem(meeting=one, public=public)
    form = AgendaItemForm(_sent(request), instance=item)
    return add_page(request, form, f"Punkt der Tagesordnung: {one}", _trail(one), _address)


@keeps
def agenda_item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, AgendaItemForm, pk, lambda row: _trail(row.meeting), _address)


@keeps
@require_POST
def agenda_item_move(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(AgendaItem, pk=pk)
    deliberating.move_item(item_id=one.pk, up=request.POST.get("step") == "up", by=request.user)
    return HttpResponseRedirect(f"{_address(one)}#tagesordnung")


@keeps
def minutes_add(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Meeting.objects.select_related("committee"), pk=pk)
    if hasattr(one, "minutes"):
        return redirect("minutes_edit", one.minutes.pk)
    form = MinutesForm(_sent(request), instance=Minutes(meeting=one))
    return add_page(request, form, f"Niederschrift: {one}", _trail(one), _address)


@keeps
def minutes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, MinutesForm, pk, lambda row: _trail(row.meeting), _address)


def _trail(one: Meeting) -> list[tuple[str, str]]:
    return [SITTINGS, (str(one), reverse("meeting", args=[one.pk]))]


def _address(row: Any) -> str:
    return reverse("meeting", args=[row.meeting_id])


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
