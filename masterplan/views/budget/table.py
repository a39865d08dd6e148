"""The money of all measures in one table, for one year and one of the two budgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Perm, require
from accounts.models import Unit
from ground import formats
from masterplan.budget_afterwards import sums_afterwards
from masterplan.budget_profile import money_hint
from masterplan.budgeting.lines import HasNoOwnBudget, LinesOvertaken, set_lines
from masterplan.budgeting.rules import NOTHING, Money
from masterplan.forms.budget_filter import BudgetFilter
from masterplan.forms.budget_table import BudgetTable, TableRow
from masterplan.models import BudgetKind, BudgetLine, BudgetSource, Measure
from masterplan.views.access import inside
from strategy.models import FieldOfAction

PER_PAGE = 25
STALE = (
    "Andere haben in der Zwischenzeit gespeichert. Es ist noch nichts von Ihnen gespeichert, aber alles da: Bei den "
    "markierten Zeilen steht, was jetzt gilt. Prüfen Sie sie und speichern Sie noch einmal."
)
COLUMNS = (
    ("Bedarf", ("requested",)),
    ("Ansatz", ("appropriated",)),
    ("Nachtrag", ("supplementary",)),
    ("Übertragen", ("carried_over",)),
    ("Über-/außerpl.", ("extra",)),
    ("Ist und Stand", ("spent", "as_of")),
    ("VE", ("commitment",)),
)
"""What stands under one heading stands in one cell."""
SUMMED = (
    ("approved", "Ansatz mit Nachtrag"),
    ("financed", "Finanziert"),
    ("spent", "Ist"),
)


@dataclass(frozen=True)
class ShownRow:
    """`cells` are bound fields where one may edit, else words; `theirs` what others saved meanwhile."""

    row: TableRow
    cells: list[tuple[str, list[Any]]]
    version: Any
    hint: str
    theirs: list[tuple[str, str]]


@inside
def budget(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    require(user, Perm.READ_BUDGET)
    asked = _filter(request)
    measures = asked.measures(Measure.objects.visible_to(user)).select_related("field", "lead_unit").in_order()
    page = Paginator(measures, PER_PAGE).get_page(request.GET.get("page"))
    rows = _rows(page.object_list, asked)
    if request.method == "POST":
        require(user, Perm.EDIT_BUDGET)
        return _save(request, asked, page, rows)
    form = BudgetTable(None, rows=rows, year=asked.year, kind=asked.kind)
    return _show(request, asked, page, rows, form)


def _filter(request: HttpRequest) -> BudgetFilter:
    visible = Measure.objects.visible_to(request.user)
    return BudgetFilter(
        request.GET,
        years=BudgetLine.objects.visible_to(request.user).order_by("year").values_list("year", flat=True).distinct(),
        fields=FieldOfAction.objects.filter(Q(withdrawn_on=None) | Q(measures__in=visible)).distinct(),
        units=Unit.objects.filter(led_measures__in=visible).distinct(),
        today=timezone.localdate(),
    )


def _rows(measures: Any, asked: BudgetFilter) -> list[TableRow]:
    """Of each measure its lines, else one row to fill. Two queries beside that of the measures."""
    shown = list(measures)
    lines: dict[int, list[BudgetLine]] = {}
    for line in BudgetLine.objects.filter(measure__in=shown, year=asked.year, kind=asked.kind):
        lines.setdefault(line.measure_id, []).append(line)
    elsewhere = BudgetSource.objects.filter(measure__in=shown).exclude(product="")
    paid = dict(elsewhere.values_list("measure", "product"))
    return [
        TableRow(measure, line, paid.get(measure.pk, ""))
        for measure in shown
        for line in lines.get(measure.pk) or [None]  # type: ignore[list-item]
    ]


def _save(request: HttpRequest, asked: BudgetFilter, page: Any, rows: Sequence[TableRow]) -> HttpResponse:
    form = BudgetTable(request.POST, rows=rows, year=asked.year, kind=asked.kind)
    if not form.is_valid():
        return _show(request, asked, page, rows, form, status=422)
    if form.lost():
        return _show(request, asked, page, rows, form, status=409)
    try:
        changed = set_lines(list(form.edits().values()), by=request.user)
    except (LinesOvertaken, HasNoOwnBudget):
        fresh = _rows(page.object_list, asked)
        again, theirs = form.renewed(fresh)
        return _show(request, asked, page, fresh, again, theirs=theirs, status=409)
    count = formats.counted(len(changed), "Zeile ist", "Zeilen sind")
    said = f"{formats.sentence_start(count)} gespeichert." if changed else "Es war nichts geändert."
    messages.success(request, said)
    numbers = {row.measure.pk: row.measure.number for row in rows}
    for line in changed:
        if said := money_hint(f"{numbers[line.measure_id]}, {line.year}", line.money):
            messages.warning(request, said)
    return redirect(request.get_full_path())


def _show(
    request: HttpRequest,
    asked: BudgetFilter,
    page: Any,
    rows: Sequence[TableRow],
    form: BudgetTable,
    *,
    theirs: dict[str, list[tuple[str, str]]] | None = None,
    status: int = 200,
) -> HttpResponse:
    may_edit = request.user.has_perm(Perm.EDIT_BUDGET)
    measures = asked.measures(Measure.objects.visible_to(request.user))
    lines = BudgetLine.objects.filter(measure__in=measures)
    context = {
        "filter": asked,
        "tabs": asked.tabs(),
        "page": page,
        "form": form,
        "rows": [_shown(row, form, (theirs or {}).get(row.key, []), may_edit=may_edit) for row in rows],
        "headings": [label for label, _ in COLUMNS],
        "may_edit": may_edit,
        "sees_all": request.user.has_perm(Perm.READ_CONFIDENTIAL_MEASURES),
        "lost": form.lost(),
        "stale": STALE if theirs is not None else "",
        "query": request.GET.urlencode(),
        "kind": BudgetKind(asked.kind),
        "sums": _sums(lines, asked),
        "afterwards": sums_afterwards(measures, fields=asked.field_names(), units=asked.unit_names()),
        "answer": _answer(lines, asked),
    }
    return render(request, "masterplan/budget/table.html", context, status=status)


def _shown(row: TableRow, form: BudgetTable, theirs: list[tuple[str, str]], *, may_edit: bool) -> ShownRow:
    edits = may_edit and not row.paid_from
    line = row.line or BudgetLine()
    return ShownRow(
        row=row,
        cells=[
            (
                label,
                [
                    form[f"{row.key}-{name}"] if edits else formats.in_words(getattr(line, name) if row.line else None)
                    for name in names
                ],
            )
            for label, names in COLUMNS
        ],
        version=form[f"{row.key}-version"] if edits else "",
        hint=money_hint(str(form.year), line.money),
        theirs=theirs,
    )


def _answer(lines: Any, asked: BudgetFilter) -> str:
    total = lines.filter(year=asked.year, kind=asked.kind).sums().get((BudgetKind(asked.kind),), Money())
    kind = BudgetKind(asked.kind).short
    if not total.financed and not total.spent:
        return f"{kind} {asked.year}: Noch ist nichts finanziert."
    return (
        f"{kind} {asked.year}: {formats.euro_round(total.financed)} finanziert, "
        f"{formats.euro_round(total.spent or NOTHING)} ausgegeben."
    )


def _sums(lines: Any, asked: BudgetFilter) -> list[dict[str, Any]]:
    """By field and unit in the chosen year, and by year; one grouped query each."""
    in_year = lines.filter(year=asked.year, kind=asked.kind)
    named = {"field": asked.field_names(), "unit": asked.unit_names()}
    found = []
    for by, title, chosen in (
        ("field", f"Nach Handlungsfeld, {asked.year}", in_year),
        ("unit", f"Nach Federführung, {asked.year}", in_year),
        ("year", "Nach Jahr", lines.filter(kind=asked.kind)),
    ):
        names = named.get(by, {})
        sums = [(names.get(key[1], str(key[1] or "offen")), money) for key, money in chosen.sums(by=(by,)).items()]
        rows = [(name, [_amount(money, one) for one, _ in SUMMED]) for name, money in sorted(sums, key=lambda s: s[0])]
        found.append({"title": title, "head": title.split(",")[0].removeprefix("Nach "), "rows": rows})
    return found


def _amount(money: Money, name: str) -> str:
    return formats.euro_or_dash(getattr(money, name))
