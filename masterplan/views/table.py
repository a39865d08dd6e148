"""All measures in one table, for comparing and for changing one or many."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.access import Perm
from accounts.models import Unit
from ground import formats
from masterplan.forms.bulk import BulkAction
from masterplan.forms.filters import FilterForm
from masterplan.models import Measure
from masterplan.models.measure import MeasureQuerySet
from masterplan.views.access import inside, shown_measure
from masterplan.worklist import DEFAULT_SORT, Need, Row, counted, ordered, rows, selected
from strategy.models import FieldOfAction

PER_PAGE = 100
"""More than elsewhere: this table is for comparing and bulk changes."""
ON_ONE_PAGE = 1000
"""Who asks for all gets so many at once (`zeilen=alle`)."""
ALL_ROWS = "alle"


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    number: bool = False


TABLE = (
    (Column("massnahme", "Maßnahme"),),
    (Column("phase", "Phase"),),
    (Column("status", "Status"),),
    (Column("fortschritt", "Fortschritt", number=True),),
    (Column("ende", "Ende", number=True),),
    (Column("verzug", "Verzug, Tage", number=True),),
    (Column("einheit", "Federführung"), Column("person", "Verantwortlich")),
    (Column("sichtbarkeit", "Sichtbarkeit"),),
)
"""What stands under one heading stands in one cell."""

READING_KEYS = (
    ("J oder ↓", "nächste Zeile"),
    ("K oder ↑", "vorige Zeile"),
    ("← oder →", "Feld in der Zeile"),
    ("Eingabe", "öffnen, was den Fokus hat"),
    ("/", "zum Suchfeld"),
    ("Esc", "Feld verlassen"),
    ("?", "diese Liste"),
)
EDITING_KEYS = (("E", "Feld ändern"), ("X", "Maßnahme auswählen oder abwählen"))
"""What static/keys.js does in this table."""


@inside
def measures(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    fields = list(FieldOfAction.objects.filter(Q(withdrawn_on=None) | Q(measures__isnull=False)).distinct())
    form = filter_form(request.GET, fields)
    selection, sort = form.selection(), form.sorting()
    visible = Measure.objects.visible_to(request.user)
    counts = counted(visible, selection, fields=[one.code for one in fields], today=today)
    page: Any = _page(request, ordered(selected(visible, selection, today), sort, today), counts[("", "")])
    may_edit = request.user.has_perm(Perm.EDIT_MEASURES)
    page.object_list = [(row, drawn(row, may_edit)) for row in rows(page.object_list, today)]
    return render(
        request,
        "masterplan/measures.html",
        {
            "filter": form,
            "filters": form.groups(counts),
            "chips": [(label, _without(request.GET, name, value)) for name, value, label in form.chips()],
            "headings": [[_column(request.GET, column, sort) for column in heading] for heading in TABLE],
            "grouped": sort.removeprefix("-") == DEFAULT_SORT,
            "page": page,
            "longer": page_lengths(request.GET, page.paginator.count),
            "answer": _answer(counts, request.GET),
            "total": counts[("", "all")],
            "may_edit": may_edit,
            "keys": [*READING_KEYS, *(EDITING_KEYS if may_edit else ())],
            "actions": BulkAction.choices,
            "query": request.GET.urlencode(),
        },
    )


@lru_cache(maxsize=4 * ON_ONE_PAGE)
def drawn(row: Row, may_edit: bool) -> SafeString:
    """The row's HTML, which says nothing but what the row holds: drawn once, and again when anything of it changes."""
    return render_to_string("masterplan/measure_row.html", {"row": row, "may_edit": may_edit})


def filter_form(data: QueryDict, fields: list[FieldOfAction] | None = None) -> FilterForm:
    known = fields if fields is not None else list(FieldOfAction.objects.all())
    return FilterForm(data, units=Unit.objects.filter(led_measures__isnull=False).distinct(), fields=known)


def _answer(counts: dict[tuple[str, str], int], query: QueryDict) -> tuple[str, list[tuple[str, str]]]:
    """The sentence on top: what is chosen, and what of it is in trouble, with the addresses that show it."""
    parts = [
        ("status", "CRITICAL", "kritisch"),
        ("status", "AT_RISK", "gefährdet"),
        ("bedarf", Need.BEHIND.value, "hinter der Zusage"),
    ]
    said = [
        (f"{formats.number_word(count)} {word}".replace("eins", "eine"), _with(query, name, value))
        for name, value, word in parts
        if (count := counts[("need" if name == "bedarf" else name, value)])
    ]
    return formats.sentence_start(formats.counted(counts[("", "")], "Maßnahme", "Maßnahmen")), said


def _page(request: HttpRequest, chosen: MeasureQuerySet, count: int) -> Page:
    """`count` is known from the filter's counts."""
    paginator: Any = Paginator(chosen, ON_ONE_PAGE if request.GET.get("zeilen") == ALL_ROWS else PER_PAGE)
    paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def page_lengths(query: QueryDict, count: int) -> tuple[str, str] | None:
    """The words and address of the other length of a page; nothing where all stand on this one anyway."""
    if count <= PER_PAGE:
        return None
    if query.get("zeilen") == ALL_ROWS:
        return f"Wieder {PER_PAGE} auf einer Seite zeigen", _without(query, "zeilen", ALL_ROWS)
    shown = f"Alle {count}" if count <= ON_ONE_PAGE else f"Je {ON_ONE_PAGE}"
    return f"{shown} auf einer Seite zeigen", _with(query, "zeilen", ALL_ROWS)


def _with(query: QueryDict, name: str, value: str) -> str:
    asked = query.copy()
    asked.pop("page", None)
    asked.setlist(name, [value])
    return f"?{asked.urlencode()}"


def _column(query: QueryDict, column: Column, sort: str) -> dict[str, Any]:
    active, down = sort.removeprefix("-") == column.key, sort.startswith("-")
    asked = query.copy()
    asked.pop("page", None)
    asked["sort"] = f"-{column.key}" if active and not down else column.key
    direction = ("descending" if down else "ascending") if active else ""
    return {
        "label": column.label,
        "number": column.number,
        "href": f"?{asked.urlencode()}",
        "sorted": direction,
        "key": column.key,
    }


def _without(query: QueryDict, name: str, value: str) -> str:
    left = query.copy()
    left.setlist(name, [one for one in left.getlist(name) if one != value])
    left.pop("page", None)
    return f"?{left.urlencode()}"


@inside
def measure_row(request: HttpRequest, number: str) -> HttpResponse:
    """One row as it stands, after a change in place was given up; `zelle` names the cell that gets the focus."""
    measure = shown_measure(request, number)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("measures")
    return render(request, "masterplan/measure_row.html", row_context(request, measure, request.GET.get("zelle", "")))


def row_context(request: HttpRequest, measure: Measure, focus: str = "") -> dict[str, Any]:
    (row,) = rows(Measure.objects.filter(pk=measure.pk), timezone.localdate())
    return {"row": row, "may_edit": request.user.has_perm(Perm.EDIT_MEASURES), "focus": focus}
