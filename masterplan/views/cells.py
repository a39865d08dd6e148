"""Change of one field in the table: in place with script, on a page of its own without."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ground.history import StaleRow
from ground.overtaken import shown
from masterplan.change import CONTROLLED
from masterplan.conflicts import compare
from masterplan.consequences import consequences
from masterplan.forms.cells import VALUES, CellForm
from masterplan.hints import hints
from masterplan.knock_on import Consequence
from masterplan.models import Measure, Visibility
from masterplan.planning import edit_measure
from masterplan.publishing import set_visibility
from masterplan.refusals import REFUSED, sentences
from masterplan.updating import NewState, report
from masterplan.views.access import editable_measure, inside, not_seen
from masterplan.views.table import row_context


@inside
def measure_cell(request: HttpRequest, number: str, name: str) -> HttpResponse:
    measure = _measure_with(request, number, name)
    if request.method != "POST":
        return _show(request, measure, CellForm(measure=measure, name=name))
    form = CellForm(request.POST, measure=measure, name=name)
    if not form.is_valid():
        return _show(request, measure, form)
    found = hints(measure, form.values(), sentence="", today=timezone.localdate()) if name in CONTROLLED else []
    if not_seen(request.POST, found):
        return _show(request, measure, form, hints=found)
    try:
        _save(form, by=request.user)
    except StaleRow as stale:
        return _show_both(request, form, stale)
    except REFUSED as refused:
        for field, sentence in sentences(refused).items():
            asked = "reason" if field == "health_reason" else field
            form.add_error(asked if asked in form.fields else None, sentence)
        return _show(request, measure, form)
    return _saved(request, measure, form)


@inside
def measure_cell_consequences(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """What follows from the value in the form, before it is saved."""
    measure = _measure_with(request, number, name)
    form = CellForm(request.GET, measure=measure, name=name)
    form.is_valid()
    return render(request, "masterplan/consequences.html", {"consequences": _consequences(request, form)})


def _measure_with(request: HttpRequest, number: str, name: str) -> Measure:
    if name not in VALUES:
        raise Http404
    return editable_measure(request, number, "responsible")


def _consequences(request: HttpRequest, form: CellForm) -> list[Consequence]:
    if form.name != "planned_end" or not form.is_bound or form.name not in form.cleaned_data:
        return []
    return consequences(
        form.measure,
        values={"planned_end": form.cleaned_data["planned_end"]},
        correction=bool(form.cleaned_data.get("correction")),
        reader=request.user,
        now=timezone.now(),
    )


def _save(form: CellForm, *, by: Any) -> None:
    """Through the one activity that may write the field."""
    measure, name, sent = form.measure, form.name, form.cleaned_data
    version, reason = sent["version"], sent.get("reason", "")
    if name == "visibility":
        wanted, versions = Visibility(sent[name]), {measure.pk: version}
        set_visibility(measure_ids=[measure.pk], visibility=wanted, reason=reason, versions=versions, by=by)
    elif name in CONTROLLED:
        correction = bool(sent.get("correction"))
        state = NewState(
            measure_id=measure.pk,
            values=form.values(),
            reason=reason,
            correction=correction,
            expected_version=version,
        )
        report(state, by=by)
    else:
        edit_measure(measure_id=measure.pk, values={name: sent[name]}, expected_version=version, by=by)


def _show(request: HttpRequest, measure: Measure, form: CellForm, **more: Any) -> HttpResponse:
    context = {
        "measure": measure,
        "form": form,
        "name": form.name,
        "value": form[form.name],
        "before": shown(form.fields[form.name], getattr(measure, form.name)),
        "consequences": _consequences(request, form) if form.is_bound else [],
        "table_url": f"{reverse('measures')}#m-{measure.number}",
        **more,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "masterplan/measure_row.html", {**row_context(request, measure), **context})
    return render(request, "masterplan/cell_page.html", context)


def _show_both(request: HttpRequest, form: CellForm, stale: StaleRow) -> HttpResponse:
    """The row is newer than the form: both values, and the form again with what was typed."""
    data = request.POST.copy()
    data["version"] = str(stale.current.version)
    current = editable_measure(request, form.measure.number, "responsible")
    again = CellForm(data, measure=current, name=form.name)
    again.is_valid()
    return _show(request, current, again, both=compare(form, current, [form.name]))


def _saved(request: HttpRequest, measure: Measure, form: CellForm) -> HttpResponse:
    after = shown(form.fields[form.name], form.cleaned_data[form.name])
    said = f"{measure.number}: {form[form.name].label} {after}. Gespeichert."
    if request.htmx:  # type: ignore[attr-defined]
        return render(
            request,
            "masterplan/measure_row.html",
            {**row_context(request, measure, focus=form.name), "saved": said},
        )
    messages.success(request, said)
    return redirect(f"{reverse('measures')}#m-{measure.number}")
