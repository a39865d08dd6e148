"""Changes many measures at once: value, preview of every row, then all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import counted, day, sentence_start
from ground.history import StaleRow
from ground.overtaken import shown
from masterplan.changing import BulkAction, BulkChange, MeasureGone, Outcome, change_many, preview
from masterplan.forms.bulk import BulkForm, RowsForm
from masterplan.meanwhile import changed_since
from masterplan.models import Measure
from masterplan.refusals import REFUSED, sentences
from masterplan.views.access import inside
from masterplan.views.asking import ask_about
from masterplan.views.table import filter_form
from masterplan.worklist import selected

ASK = "erfragen"
CHOOSE = "Wählen Sie zuerst Maßnahmen aus: im Kästchen vor der Nummer oder mit „alle“."
ALL_GONE = "Nichts gespeichert: Die Maßnahmen Ihrer Auswahl gibt es nicht mehr."


@dataclass(frozen=True)
class Line:
    measure: Measure
    before: str
    after: str
    refused: str
    warnings: tuple[str, ...]


@inside
def measures_bulk(request: HttpRequest) -> HttpResponse:
    require(request.user, Perm.EDIT_MEASURES)
    if request.method != "POST":
        return redirect("measures")
    seen = _seen(request.POST)
    chosen = _chosen(request, seen)
    asks = request.POST.get("action") == ASK
    action = None if asks else _action(request.POST)
    if not chosen:
        messages.warning(request, ALL_GONE if seen else CHOOSE)
        return _back(request)
    if action is None:
        return ask_about(request, [measure.number for measure in chosen])
    step = request.POST.get("step", "")
    form = BulkForm(request.POST if step else None, action=action, measures=chosen)
    if not step and len(form.fields) == 1:
        form = BulkForm(request.POST, action=action, measures=chosen)
    if not form.is_valid():
        return _show(request, form, chosen)
    if step == "apply" and seen:
        return _apply(request, form, chosen, seen)
    return _show(request, form, chosen, outcomes=preview(chosen, form.change(), today=timezone.localdate()))


def _action(data: QueryDict) -> BulkAction:
    try:
        return BulkAction(data.get("action", ""))
    except ValueError as unknown:
        raise Http404 from unknown


def _seen(data: QueryDict) -> dict[int, int]:
    """The versions that the preview showed, by the measure's id; none where nothing was previewed."""
    form = RowsForm(data)
    if not form.is_valid():
        raise Http404
    versions: dict[int, int] = form.cleaned_data["rows"]
    return versions


def _chosen(request: HttpRequest, seen: dict[int, int]) -> list[Measure]:
    visible = Measure.objects.visible_to(request.user).select_related("lead_unit", "responsible")
    if seen:
        return list(visible.filter(pk__in=seen).in_order())
    if request.POST.get("all"):
        selection = filter_form(QueryDict(request.POST.get("query", ""))).selection()
        return list(selected(visible, selection, timezone.localdate()).in_order())
    return list(visible.filter(number__in=request.POST.getlist("pick")).in_order())


def _apply(request: HttpRequest, form: BulkForm, chosen: Sequence[Measure], seen: dict[int, int]) -> HttpResponse:
    change = form.change()
    if len(chosen) < len(seen):
        return _overtaken(request, form, chosen, seen, change)
    try:
        number = change_many(versions=seen, change=change, by=request.user)
    except (StaleRow, MeasureGone):
        return _overtaken(request, form, _chosen(request, seen), seen, change)
    except REFUSED as refused:
        for sentence in sentences(refused).values():
            form.add_error(None, sentence)
        return _show(request, form, chosen)
    done = counted(number, "Maßnahme", "Maßnahmen")
    messages.success(request, f"{form.bulk_action.label}: {done} geändert.")
    return _back(request)


def _overtaken(
    request: HttpRequest, form: BulkForm, chosen: Sequence[Measure], seen: dict[int, int], change: BulkChange
) -> HttpResponse:
    """Nothing was written: how many rows are gone since the preview, and those that others changed, as they were seen
    and as they are."""
    changed = [measure for measure in chosen if seen[measure.pk] != measure.version]
    outcomes = preview(chosen, change, today=timezone.localdate())
    missing = len(seen) - len(chosen)
    gone = f"{sentence_start(counted(missing, 'Maßnahme', 'Maßnahmen'))} Ihrer Auswahl gibt es nicht mehr"
    return _show(
        request,
        form,
        chosen,
        outcomes=outcomes,
        overtaken=changed_since(changed, seen),
        gone=missing and f"Nichts gespeichert: {gone}",
    )


def _show(
    request: HttpRequest,
    form: BulkForm,
    chosen: Sequence[Measure],
    outcomes: Sequence[Outcome] | None = None,
    **more: Any,
) -> HttpResponse:
    lines = [_line(form, outcome) for outcome in outcomes or []]
    changing = [outcome.measure for outcome in outcomes or [] if outcome.changes]
    context = {
        "form": form,
        "action": form.bulk_action,
        "chosen": chosen,
        "how_many": counted(len(chosen), "Maßnahme", "Maßnahmen"),
        "rows": ",".join(f"{measure.pk}:{measure.version}" for measure in chosen),
        "previewed": outcomes is not None,
        "changing": [line for line in lines if not line.refused and line.before != line.after],
        "refused": [line for line in lines if line.refused],
        "unchanged": [line for line in lines if not line.refused and line.before == line.after],
        "changing_rows": ",".join(f"{measure.pk}:{measure.version}" for measure in changing),
        "confirm": f"{sentence_start(counted(len(changing), 'Maßnahme', 'Maßnahmen'))} ändern",
        "promised": sum(1 for one in changing if one.planned_end and one.first_promised_end is None),
        "query": request.POST.get("query", ""),
        "back": _table(request),
        **_ends(form, outcomes or []),
        **more,
    }
    return render(request, "masterplan/bulk.html", context)


def _line(form: BulkForm, outcome: Outcome) -> Line:
    field = form.value_field()
    before, after = shown(field, outcome.before), shown(field, outcome.after)
    return Line(outcome.measure, before, after, outcome.refused, outcome.warnings)


def _ends(form: BulkForm, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The day on which what is finished now was finished, and the own days of what was finished before."""
    end = form.cleaned_data.get("actual_end") if outcomes else None
    if end is None:
        return {}
    same = [one.measure for one in outcomes if not one.refused and not one.changes]
    kept = [f"{measure.number} ({day(measure.actual_end)})" for measure in same if measure.actual_end]
    return {"end": day(end), "kept_ends": kept}


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_table(request))


def _table(request: HttpRequest) -> str:
    """The table as it was filtered."""
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return f"{reverse('measures')}{'?' if query else ''}{query}"
