from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Perm
from council import deliberating
from council.forms import ConsultationForm, PaperFilter, PaperForm
from council.models import Consultation, File, Paper
from council.paper_rows import file_rows, origin, stations
from council.views.pages import add_page, edit_page, keeps, reads
from ground import formats

PAPERS = ("Vorlagen", "/gremien/vorlagen/")
SHOWN = 25


@reads
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    visible = Paper.objects.visible_to(user, timezone.localdate()).select_related("unit", "faction")
    form = PaperFilter(request.GET)
    sent = form.cleaned_data if form.is_valid() else {}
    if word := sent.get("wort"):
        visible = visible.filter(Q(reference__icontains=word) | Q(name__icontains=word))
    if kind := sent.get("art"):
        visible = visible.filter(kind=kind)
    page = Paginator(visible, SHOWN).get_page(request.GET.get("page"))
    context = {
        "rows": [_row(one) for one in page],
        "page": page,
        "filter": form,
        "filtered": bool(sent.get("wort") or sent.get("art")),
        "may_edit": user.has_perm(Perm.EDIT_MEETINGS),
    }
    return render(request, "council/papers.html", context)


def _row(one: Paper) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "reference": one.reference,
        "name": one.name,
        "kind": one.get_kind_display(),
        "date": formats.day(one.date),
        "origin": origin(one),
        "public": one.public,
        "released": bool(one.released_at),
        "released_on": formats.day(timezone.localdate(one.released_at)) if one.released_at else "",
    }


@reads
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    today = timezone.localdate()
    visible = Paper.objects.visible_to(user, today).select_related("unit", "faction")
    one = get_object_or_404(visible, pk=pk)
    files = File.objects.visible_to(user, today).filter(paper=one)
    context = {
        "paper": one,
        "row": _row(one),
        "stations": stations(one, user, today),
        "files": file_rows(files.select_related("document").defer("document__content")),
        "may_edit": user.has_perm(Perm.EDIT_MEETINGS),
    }
    return render(request, "council/paper.html", context)


@keeps
def paper_add(request: HttpRequest) -> HttpResponse:
    form = PaperForm(_sent(request), initial={"date": timezone.localdate()})
    return add_page(request, form, "Vorlage eintragen", [PAPERS], _address)


@keeps
def paper_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, PaperForm, pk, _trail, _address)


@keeps
@require_POST
def paper_release(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Paper, pk=pk)
    try:
        deliberating.release_paper(paper_id=one.pk, by=request.user)
    except deliberating.IsReleased:
        messages.info(request, "Die Vorlage war schon freigegeben.")
    else:
        messages.success(request, "Die Vorlage ist freigegeben. Wer sie lesen darf, sieht sie jetzt.")
    return redirect("paper", pk)


@keeps
def consultation_add(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Paper, pk=pk)
    last = one.consultations.order_by("-position").values_list("position", flat=True).first() or 0
    form = ConsultationForm(_sent(request), instance=Consultation(paper=one), initial={"position": last + 1})
    return add_page(request, form, f"Station: {one}", _trail(one), lambda row: _address(row.paper))


@keeps
def consultation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit_page(request, ConsultationForm, pk, lambda row: _trail(row.paper), lambda row: _address(row.paper))


def _trail(one: Paper) -> list[tuple[str, str]]:
    return [PAPERS, (one.reference, _address(one))]


def _address(one: Paper) -> str:
    return reverse("paper", args=[one.pk])


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
