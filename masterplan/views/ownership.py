"""Measures for which nobody answers, and how what one person answers for passes to another."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import counted, sentence_start
from masterplan.forms.handing_over import HandOverForm
from masterplan.granting import CannotAnswer
from masterplan.handing_over import NothingChosen, PreviewOvertaken, hand_over, preview
from masterplan.models import Measure
from masterplan.ownership import Gap, missing, with_any_gap
from masterplan.radar import concerned, radar_rows
from masterplan.views.access import inside

PER_PAGE = 25
OVERTAKEN = "Nichts übergeben: Seit der Vorschau hat sich etwas geändert. Prüfen Sie sie noch einmal."
NOTHING_CHOSEN = "Wählen Sie mindestens eine Maßnahme aus."
CANNOT_ANSWER = "Diese Person kann nicht mehr für Maßnahmen antworten. Wählen Sie eine andere."


@inside
def measures_radar(request: HttpRequest) -> HttpResponse:
    require(request.user, Perm.EDIT_MEASURES)
    today, visible = timezone.localdate(), Measure.objects.visible_to(request.user)
    listed = concerned(visible, today)
    wanted = request.GET.get("befund", "")
    chosen = Gap(wanted) if wanted in Gap.values else None
    found = visible.filter(missing(chosen, today)) if chosen else with_any_gap(visible, today)
    page: Any = Paginator(found.in_order(), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = radar_rows(page.object_list, today)
    return render(
        request,
        "masterplan/radar.html",
        {
            "page": page,
            "how_many": sentence_start(counted(page.paginator.count, "Maßnahme", "Maßnahmen")),
            "one": page.paginator.count == 1,
            "gaps": [("Alle Befunde", "?", chosen is None)]
            + [
                (f"{sentence_start(str(gap.label))} ({len(numbers)})", f"?befund={gap}", gap == chosen)
                for gap, numbers in listed.items()
                if numbers
            ],
        },
    )


@inside
def measures_hand_over(request: HttpRequest) -> HttpResponse:
    """Asked with both persons it shows what would become of each measure; sent, it does so."""
    require(request.user, Perm.EDIT_MEASURES)
    if request.method == "POST":
        return _apply(request)
    asked = "an" in request.GET
    form = HandOverForm(request.GET) if asked else HandOverForm(initial=request.GET.dict())
    return _show(request, form, previewed=asked and form.is_valid())


def _apply(request: HttpRequest) -> HttpResponse:
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _show(request, form, previewed=False)
    person, successor = form.cleaned_data["von"], form.cleaned_data["an"]
    picked = {int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal()}
    try:
        handed = hand_over(
            person=person,
            successor=successor,
            seen=request.POST.getlist("seen"),
            chosen=picked,
            by=request.user,  # type: ignore[arg-type]
        )
    except PreviewOvertaken:
        return _show(request, form, previewed=True, refused=OVERTAKEN, picked=picked)
    except NothingChosen:
        return _show(request, form, previewed=True, refused=NOTHING_CHOSEN, picked=picked)
    except CannotAnswer:
        form.add_error("an", CANNOT_ANSWER)
        return _show(request, form, previewed=False)
    done = sentence_start(counted(len(handed), "Maßnahme", "Maßnahmen"))
    messages.success(request, f"{done} von {person} an {successor} übergeben. Zurück geht es auf demselben Weg.")
    return redirect("measures_radar")


def _show(
    request: HttpRequest, form: HandOverForm, *, previewed: bool, refused: str = "", picked: set[int] | None = None
) -> HttpResponse:
    handovers = preview(person=form.cleaned_data["von"], successor=form.cleaned_data["an"]) if previewed else []
    lines = [
        {
            "measure": one.measure,
            "what": [outcome.label for outcome in one.outcomes],
            "picked": picked is None or one.measure.pk in picked,
            "token": one.token,
        }
        for one in handovers
    ]
    context = {"form": form, "previewed": previewed, "lines": lines, "refused": refused}
    return render(request, "masterplan/hand_over.html", context, status=422 if form.errors or refused else 200)
