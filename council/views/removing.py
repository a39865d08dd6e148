"""One page that asks before something is removed, for papers, stations, items and files."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from council import deliberating
from council.models import AgendaItem, Consultation, File, Paper
from council.views.pages import keeps


def _page(request: HttpRequest, row: Any, name: str, back: str, then: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "council/remove.html", {"name": name, "back": back})
    try:
        deliberating.remove(row=row, by=request.user)
    except deliberating.IsReleased:
        messages.error(request, "Das bleibt erhalten: Es war schon freigegeben oder genehmigt.")
    except deliberating.TookPlace:
        messages.error(request, "Das bleibt erhalten: Die Sitzung hat schon stattgefunden.")
    except deliberating.StillNeeded as needed:
        messages.error(request, needed.by)
    else:
        messages.success(request, f"Entfernt: {name}.")
        return HttpResponseRedirect(then)
    return HttpResponseRedirect(back)


def _removes(model: Any, related: tuple[str, ...], back_of: Callable[[Any], str]) -> Callable[..., HttpResponse]:
    @keeps
    def ask(request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(model._base_manager.select_related(*related), pk=pk)
        back = back_of(row)
        return _page(request, row, str(row), back, reverse("papers") if model is Paper else back)

    return ask


def _owner(one: File) -> str:
    return reverse("paper", args=[one.paper_id]) if one.paper_id else reverse("meeting", args=[_meeting(one)])


def _meeting(one: File) -> int:
    if one.minutes is None:
        raise LookupError(one.pk)
    return one.minutes.meeting_id


paper_remove = _removes(Paper, ("unit",), lambda one: reverse("paper", args=[one.pk]))
consultation_remove = _removes(Consultation, ("paper", "committee"), lambda one: reverse("paper", args=[one.paper_id]))
agenda_item_remove = _removes(AgendaItem, ("meeting",), lambda one: reverse("meeting", args=[one.meeting_id]))
council_file_remove = _removes(File, ("minutes",), _owner)
