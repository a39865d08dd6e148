"""Budget figures as a file: out, and in again with a preview of every change."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import Perm, require
from ground.formats import counted, number_word, sentence_start
from masterplan.budgeting.tables import csv_file, ignored, text_of
from masterplan.budgeting.taking_over import BudgetPlan, ListRefused, PreviewOvertaken, import_budget, plan_budget
from masterplan.forms.importing import UploadForm
from masterplan.importing.reading import read_table
from masterplan.importing.table import Table, UnreadableFile
from masterplan.views.access import inside

SHOWN = 200


class TakeOverForm(forms.Form):
    """Carries the list itself, so that nothing is kept between preview and taking over."""

    table = forms.CharField(widget=forms.HiddenInput)
    stamp = forms.CharField(widget=forms.HiddenInput)


@inside
@require_GET
def budget_export(request: HttpRequest) -> HttpResponse:
    name = f"haushalt-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(csv_file(request.user), content_type="text/csv; charset=utf-8", headers=headers)


@inside
def budget_import(request: HttpRequest) -> HttpResponse:
    require(request.user, Perm.EDIT_BUDGET)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            table = read_table(file.read(), name=file.name)
            return _preview(request, table, plan_budget(table, by=request.user))
        except UnreadableFile as unreadable:
            form.add_error("file", str(unreadable))
    return render(request, "masterplan/budget/import.html", {"form": form}, status=422 if form.errors else 200)


@inside
def budget_import_apply(request: HttpRequest) -> HttpResponse:
    require(request.user, Perm.EDIT_BUDGET)
    form = TakeOverForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("budget_import")
    try:
        table = read_table(form.cleaned_data["table"].encode())
        plan = import_budget(table, stamp=form.cleaned_data["stamp"], by=request.user)
    except UnreadableFile:
        return redirect("budget_import")
    except (ListRefused, PreviewOvertaken):
        return _preview(request, table, plan_budget(table, by=request.user), overtaken=True)
    said = counted(len(plan.edits), "Haushaltszeile ist", "Haushaltszeilen sind")
    messages.success(request, f"{sentence_start(said)} übernommen.")
    over = sum(row.is_over for row in plan.rows)
    if over:
        where = "einer Zeile" if over == 1 else f"{number_word(over)} Zeilen"
        messages.warning(request, f"Bei {where} liegt das Ist über dem, was bereitsteht.")
    return redirect("budget")


def _preview(request: HttpRequest, table: Table, plan: BudgetPlan, *, overtaken: bool = False) -> HttpResponse:
    context = {
        "plan": plan,
        "rows": plan.rows[:SHOWN],
        "further": max(0, len(plan.rows) - SHOWN),
        "errors": plan.errors[:SHOWN],
        "source": table.source,
        "ignored": ignored(table),
        "new": sum(row.is_new for row in plan.rows),
        "changed": sum(not row.is_new for row in plan.rows),
        "form": TakeOverForm(initial={"table": text_of(table), "stamp": plan.stamp}),
        "overtaken": overtaken,
    }
    status = 409 if overtaken else 422 if plan.errors else 200
    return render(request, "masterplan/budget/preview.html", context, status=status)
