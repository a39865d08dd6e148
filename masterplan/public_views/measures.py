from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ground.frame import public_version
from ground.public_page import public_page
from masterplan.public.facets import Facets, choices_of, facets_of
from masterplan.public.measures import ordered, read_measures
from masterplan.public.profile import merged_into, read_profile
from masterplan.public.selection import CHOSEN_ORDERS, Selection, select
from masterplan.public.trend import read_ends
from masterplan.public_counts import matching_words
from masterplan.public_filter import FilterBox, filter_box, filter_form
from masterplan.public_profile import profile_context
from masterplan.public_rows import rows_of
from masterplan.public_timeline import first_shown, scale_of, timeline
from masterplan.public_trend import trend_of_ends

ROWS_A_PAGE = 25
BARS_A_PAGE = 100


class Counted(Paginator):
    """Knows the count already; the facets have it."""

    def __init__(self, rows: QuerySet[Any], per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: the same of list, timeline and trend."""

    request: HttpRequest
    selection: Selection
    found: QuerySet[Any]
    facets: Facets
    box: FilterBox

    @classmethod
    def by(cls, request: HttpRequest, today: date) -> "Chosen":
        version = public_version(request)
        choices = choices_of(version, today)
        selection, found = select(request.GET, choices, today)
        facets = facets_of(version, selection, today)
        return cls(request, selection, found, facets, filter_box(selection, facets, choices, request.path))

    def context(self, **in_form: object) -> dict[str, Any]:
        """Sentence, filter and tabs; `in_form` is what else the form holds."""
        return {
            "words": matching_words(self.facets, is_filtered=bool(self.selection)),
            "facets": self.facets,
            "filter": self.box,
            "filter_form": filter_form(public_version(self.request), self.box, self.selection, **in_form),
            "tabs": tabs(self.request, self.selection),
        }

    def page(self, found: QuerySet[Any], length: int) -> Page:
        return Counted(found, length, self.facets.matching).get_page(self.request.GET.get("page"))


@public_page
def measures(request: HttpRequest, today: date) -> HttpResponse:
    chosen = Chosen.by(request, today)
    page = chosen.page(chosen.found, ROWS_A_PAGE)
    rows = rows_of(read_measures(shown(chosen.found, page)), today)
    return render(
        request,
        "masterplan/public/measures.html",
        {
            "rows": rows,
            "has_ticks": any(row.has_tick for row in rows),
            "page": page,
            "order": chosen.selection.order,
            "order_links": {order: chosen.selection.query(order=order) for order in CHOSEN_ORDERS},
            "page_ignored": page_ignored(request, page),
            **chosen.context(with_order=True),
        },
    )


@public_page
def timeline_page(request: HttpRequest, today: date) -> HttpResponse:
    chosen = Chosen.by(request, today)
    first, ignored = first_shown(request.GET.get("ab", ""), today)
    found = ordered(chosen.found, "feld")
    page = chosen.page(found, BARS_A_PAGE)
    scale = scale_of(first, today)
    return render(
        request,
        "masterplan/public/timeline.html",
        {
            "fields": timeline(read_measures(shown(found, page)), first, today),
            "scale": scale,
            "earlier": chosen.selection.query(ab=scale.earlier),
            "later": chosen.selection.query(ab=scale.later),
            "page": page,
            "page_ignored": page_ignored(request, page),
            "window_ignored": ignored,
            **chosen.context(hidden=scale.hidden),
        },
    )


@public_page
def trend_page(request: HttpRequest, today: date) -> HttpResponse:
    chosen = Chosen.by(request, today)
    trend = trend_of_ends(read_ends(chosen.found), today)
    return render(request, "masterplan/public/trend.html", {"trend": trend, **chosen.context()})


@public_page
def measure(request: HttpRequest, today: date, slug: str) -> HttpResponse:
    profile = read_profile(slug)
    if profile is None:
        raise Http404(slug)
    target = merged_into(slug) if profile.measure.phase == "MERGED" else None
    if target:
        return redirect("public_measure", target)
    return render(request, "masterplan/public/measure.html", profile_context(profile, today))


def shown(found: QuerySet[Any], page: Page) -> QuerySet[Any]:
    return found[max(0, page.start_index() - 1) : page.end_index()]


def tabs(request: HttpRequest, selection: Selection) -> list[tuple[str, str, bool]]:
    """List, timeline and trend of the same selection."""
    pages = (("Liste", "public_measures"), ("Zeitplan", "public_timeline"), ("Trend", "public_trend"))
    addresses = [(label, reverse(name)) for label, name in pages]
    query = selection.query()
    return [(label, path + (query if query != "?" else ""), path == request.path) for label, path in addresses]


def page_ignored(request: HttpRequest, page: Page) -> str:
    """The page number that was asked for and does not exist."""
    wanted = request.GET.get("page", "")
    return wanted[:20] if wanted and wanted != str(page.number) else ""
