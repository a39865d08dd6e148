"""The money of one measure: read by the house, its lines kept by Kämmerei and Digital Officer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow
from ground.overtaken import compare, taken_over
from masterplan.budget_profile import budget_profile, money_hint
from masterplan.budgeting.lines import (
    ACCOUNT,
    FIGURES,
    HasNoOwnBudget,
    HasOwnBudget,
    LineEdit,
    LineIsKept,
    LinesOvertaken,
    LineTaken,
    remove_line,
    set_lines,
    set_source,
)
from masterplan.forms.budget import LineForm, SourceForm
from masterplan.forms.status import ReasonForm
from masterplan.models import BudgetKind, BudgetLine, BudgetSource, Measure
from masterplan.views.access import inside, shown_measure
from masterplan.views.measure import frame_of

TAKEN = "Diese Zeile gibt es schon: dasselbe Jahr, derselbe Haushalt, dasselbe Produkt. Ändern Sie die vorhandene."
PAID_ELSEWHERE = (
    "Die Maßnahme hat nach der Angabe keinen eigenen Ansatz. Nehmen Sie das zurück, bevor Sie Beträge eintragen."
)
HAS_LINES = "Die Maßnahme hat eigene Haushaltszeilen mit Beträgen. Löschen Sie sie oder setzen Sie alles auf 0."
KEPT = (
    "Diese Zeile bleibt: Sie hatte einen Ansatz, ein Ist oder einen beschlossenen Betrag. Setzen Sie die Beträge auf 0."
)
OVERTAKEN = "Seit Sie diese Seite geöffnet haben, hat jemand anderes gespeichert. Prüfen Sie den neuen Stand."
REMOVED = (
    "Diese Zeile hat inzwischen jemand gelöscht. Es ist nichts gespeichert, aber alles da: Speichern legt sie neu an."
)
NAMES = (*ACCOUNT, *FIGURES)


def money_measure(request: HttpRequest, number: str) -> Measure:
    """404 for what one may not see, PermissionDenied for whose figures one may only read."""
    measure = shown_measure(request, number, "budget_source")
    require(request.user, Perm.EDIT_BUDGET)
    return measure


@inside
def measure_budget(request: HttpRequest, number: str) -> HttpResponse:
    measure, user = shown_measure(request, number, "budget_source"), request.user
    require(user, Perm.READ_BUDGET)
    own = Measure.objects.own(user).filter(pk=measure.pk).exists()  # type: ignore[arg-type]
    context = {
        "budget": budget_profile(measure, timezone.localdate()),
        "may_edit": user.has_perm(Perm.EDIT_BUDGET),
        "may_propose": own and user.has_perm(Perm.PROPOSE_BUDGET),
    }
    return render(request, "masterplan/budget/measure.html", frame_of(measure, "measure_budget", **context))


@inside
def budget_line_add(request: HttpRequest, number: str) -> HttpResponse:
    measure = money_measure(request, number)
    form = LineForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        sent = form.cleaned_data
        place = {"year": sent["year"], "kind": sent["kind"], **form.account()}
        edit = LineEdit(measure_id=measure.pk, expected_version=0, values=form.values(), **place)
        if saved := _saved(request, form, edit):
            return saved
    return _show(request, measure, form, None)


@inside
def budget_line_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = money_measure(request, number)
    line = BudgetLine.objects.filter(measure=measure, pk=pk).first()
    if line is None:
        return _show_removed(request, measure, pk)
    if request.method != "POST":
        return _show(request, measure, LineForm(line=line), line)
    form = LineForm(taken_over(request.POST, LineForm(line=line)), line=line)
    if form.is_valid():
        edit = LineEdit(
            measure_id=measure.pk,
            year=line.year,
            kind=line.kind,
            line_id=pk,
            expected_version=form.cleaned_data["version"],
            values=form.values() | form.account(),
        )
        if saved := _saved(request, form, edit):
            return saved
        if form.has_error(NON_FIELD_ERRORS, "overtaken"):
            return _show_both(request, measure, form, pk)
    return _show(request, measure, form, line)


def _saved(request: HttpRequest, form: LineForm, edit: LineEdit) -> HttpResponse | None:
    """Leads on where the edit is written, else explains in the form why not."""
    try:
        changed = set_lines([edit], by=request.user)
    except LinesOvertaken:
        sentence = TAKEN if edit.line_id is None else OVERTAKEN
        form.add_error(None, ValidationError(sentence, code="overtaken"))
    except LineTaken:
        form.add_error(None, TAKEN)
    except HasNoOwnBudget:
        form.add_error(None, PAID_ELSEWHERE)
    else:
        if not changed and edit.line_id is None:
            form.add_error("requested", "Tragen Sie mindestens einen Betrag ein.")
            return None
        messages.success(request, f"{BudgetKind(edit.kind).short} {edit.year} gespeichert.")
        for line in changed:
            if said := money_hint(f"{BudgetKind(line.kind).short} {line.year}", line.money):
                messages.warning(request, said)
        return redirect("measure_budget", Measure.objects.get(pk=edit.measure_id).number)
    return None


def _show(request: HttpRequest, measure: Measure, form: LineForm, line: BudgetLine | None, **more: Any) -> HttpResponse:
    title = f"{BudgetKind(line.kind).short} {line.year}" if line else "Neue Haushaltszeile"
    context = frame_of(measure, "measure_budget", form=form, line=line, title=title, **more)
    return render(request, "masterplan/budget/line.html", context)


def _show_both(request: HttpRequest, measure: Measure, form: LineForm, pk: int) -> HttpResponse:
    line = BudgetLine.objects.filter(pk=pk).first()
    if line is None:
        return _show_removed(request, measure, pk)
    both = compare(form, line, NAMES)
    data: Any = form.data
    data["version"] = str(line.version)
    return _show(request, measure, LineForm(data, line=line), line, both=both)


def _show_removed(request: HttpRequest, measure: Measure, pk: int) -> HttpResponse:
    """What was typed for a line that is gone stays, to be entered anew; 404 where nothing was typed."""
    was = BudgetLine.history.filter(id=pk, measure_id=measure.pk).first()
    if request.method != "POST" or was is None:
        raise Http404(pk)
    data = request.POST.copy()
    data.update({"year": str(was.year), "kind": was.kind})
    form = LineForm(data)
    form.add_error(None, REMOVED)
    return _show(request, measure, form, None, action=reverse("budget_line_add", args=[measure.number]))


@inside
def budget_line_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = money_measure(request, number)
    line = get_object_or_404(BudgetLine.objects.filter(measure=measure), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, needed=False, initial={"version": line.version})
    what = f"{BudgetKind(line.kind).short} {line.year}"
    if request.method == "POST" and form.is_valid():
        try:
            remove_line(line_id=pk, expected_version=form.cleaned_data["version"], by=request.user)
        except LineIsKept:
            messages.error(request, KEPT)
        except StaleRow:
            messages.warning(request, OVERTAKEN)
            return redirect("budget_line_remove", number, pk)
        else:
            messages.success(request, f"Die Haushaltszeile {what} ist gelöscht.")
        return redirect("measure_budget", number)
    context = frame_of(measure, "measure_budget", form=form, line=line, what=what)
    return render(request, "masterplan/budget/line_remove.html", context)


@inside
def budget_source(request: HttpRequest, number: str) -> HttpResponse:
    measure = money_measure(request, number)
    source = BudgetSource.objects.filter(measure=measure).first()
    form = SourceForm(request.POST if request.method == "POST" else None, source=source)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            set_source(
                measure_id=measure.pk, product=sent["product"], expected_version=sent["version"], by=request.user
            )
        except HasOwnBudget:
            form.add_error(None, HAS_LINES)
        except StaleRow:
            messages.warning(request, OVERTAKEN)
            return redirect("budget_source", number)
        else:
            messages.success(request, f"{number}: Angabe zum Ansatz gespeichert.")
            return redirect("measure_budget", number)
    return render(request, "masterplan/budget/source.html", frame_of(measure, "measure_budget", form=form))
