"""Grants, running costs and benefits of a measure; one way in for all three."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from masterplan.budgeting.parts import Part, PartIsKept, add_part, edit_part, remove_part
from masterplan.forms.budget import BenefitForm, GrantForm, RunningCostForm
from masterplan.forms.status import ReasonForm
from masterplan.models import Benefit, Grant, Measure, RunningCost
from masterplan.views.access import inside
from masterplan.views.budget.measure import OVERTAKEN, money_measure
from masterplan.views.measure import frame_of


@dataclass(frozen=True)
class Kind:
    model: type[Part]
    form: type[forms.ModelForm]
    add: str
    edit: str
    keeps: str
    """Why a row may not be deleted any more."""


KINDS = {
    "zuwendung": Kind(
        Grant, GrantForm, "Zuwendung eintragen", "Zuwendung ändern", "Sie ist beantragt; ändern Sie ihren Stand."
    ),
    "folgekosten": Kind(RunningCost, RunningCostForm, "Folgekosten eintragen", "Folgekosten ändern", ""),
    "nutzen": Kind(
        Benefit, BenefitForm, "Nutzen eintragen", "Nutzen ändern", "Er ist gemessen; ändern Sie den erreichten Wert."
    ),
}


def _kind(part: str) -> Kind:
    if part not in KINDS:
        raise Http404(part)
    return KINDS[part]


@inside
def budget_part_add(request: HttpRequest, number: str, part: str) -> HttpResponse:
    measure, kind = money_measure(request, number), _kind(part)
    form = kind.form(request.POST if request.method == "POST" else None, initial={"version": 0})
    if form.is_valid():
        add_part(kind.model, measure_id=measure.pk, values=_values(form), by=request.user)
        messages.success(request, f"{number}: {kind.model._meta.verbose_name} eingetragen.")
        return redirect("measure_budget", number)
    return _show(request, measure, form, part, title=kind.add)


@inside
def budget_part_edit(request: HttpRequest, number: str, part: str, pk: int) -> HttpResponse:
    measure, kind = money_measure(request, number), _kind(part)
    row: Any = get_object_or_404(kind.model._default_manager.filter(measure=measure), pk=pk)
    blank = kind.form(instance=row, initial={"version": row.version})
    if request.method != "POST":
        return _show(request, measure, blank, part, pk, title=kind.edit)
    form = kind.form(taken_over(request.POST, blank), instance=kind.model._default_manager.get(pk=pk))
    if not form.is_valid():
        return _show(request, measure, form, part, pk, title=kind.edit)
    version = form.cleaned_data["version"]
    try:
        edit_part(kind.model, part_id=pk, values=_values(form), expected_version=version, by=request.user)
    except StaleRow as stale:
        both = compare(form, stale.current, list(_values(form)))
        data: Any = form.data
        data["version"] = str(stale.current.version)
        again = kind.form(data, instance=kind.model._default_manager.get(pk=pk))
        return _show(request, measure, again, part, pk, title=kind.edit, both=both)
    messages.success(request, f"{number}: {kind.model._meta.verbose_name} gespeichert.")
    return redirect("measure_budget", number)


@inside
def budget_part_remove(request: HttpRequest, number: str, part: str, pk: int) -> HttpResponse:
    measure, kind = money_measure(request, number), _kind(part)
    row: Any = get_object_or_404(kind.model._default_manager.filter(measure=measure), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, needed=False, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            remove_part(kind.model, part_id=pk, expected_version=form.cleaned_data["version"], by=request.user)
        except PartIsKept:
            messages.error(request, f"„{row}“ bleibt. {kind.keeps}")
        except StaleRow:
            messages.warning(request, OVERTAKEN)
            return redirect("budget_part_remove", number, part, pk)
        else:
            messages.success(request, f"„{row}“ ist gelöscht.")
        return redirect("measure_budget", number)
    context = frame_of(measure, "measure_budget", form=form, row=row, part=part)
    return render(request, "masterplan/budget/part_remove.html", context)


def _values(form: forms.BaseForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _show(
    request: HttpRequest, measure: Measure, form: forms.BaseForm, part: str, pk: int | None = None, **more: Any
) -> HttpResponse:
    context = frame_of(measure, "measure_budget", form=form, part=part, pk=pk, **more)
    return render(request, "masterplan/budget/part.html", context)
