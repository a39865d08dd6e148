"""The pages of the strategy and of a field of action; they count and list measures, so they stand on this floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ground import formats
from ground.charts.distribution import Segment
from ground.frame import public_version
from ground.public_page import public_page
from ground.richtext import richtext
from masterplan.public.facets import Facets, choices_of, facets_of
from masterplan.public.measures import ordered, published_measures, read_measures
from masterplan.public.selection import Selection, one
from masterplan.public.trend import read_ends
from masterplan.public_bars import status_bar
from masterplan.public_counts import behind_words, headline
from masterplan.public_rows import rows_of
from masterplan.public_trend import trend_of_ends
from strategy.public import PublicField, PublicGoal, field_at, fields, strategies

ROWS_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Part:
    """A goal or a field with its measures; `href` leads to them."""

    title: str
    text: str
    href: str
    count: str
    bar: Sequence[Segment]


@public_page
def strategy(request: HttpRequest, today: date) -> HttpResponse:
    version = public_version(request)
    found = strategies()
    current = found[0] if found and found[0].is_in_force else None
    facets = facets_of(version, Selection(), today)
    found_fields = choices_of(version, today).fields
    by_field = {choice.value: facets_of(version, one("feld", choice), today) for choice in found_fields}
    return render(
        request,
        "masterplan/public/strategy.html",
        {
            "strategy": current,
            "vision": richtext(current.vision) if current else "",
            "since": formats.day(current.since) if current and current.since else "",
            "goals": [_goal(goal, facets) for goal in current.goals] if current else [],
            "fields": [_field(field, by_field[field.slug]) for field in fields() if field.slug in by_field],
            "older": [
                (older.title, formats.day(older.since) if older.since else "", richtext(older.vision, 4))
                for older in found
                if not older.is_in_force
            ],
            "total": facets.total,
        },
    )


@public_page
def field(request: HttpRequest, today: date, slug: str) -> HttpResponse:
    version = public_version(request)
    choice = next((choice for choice in choices_of(version, today).fields if choice.value == slug), None)
    found = field_at(slug)
    if choice is None or found is None:
        raise Http404(slug)
    facets = facets_of(version, one("feld", choice), today)
    measures = ordered(published_measures().filter(field__slug=slug), "stand")
    rows = rows_of(read_measures(measures[:ROWS_SHOWN]), today)
    return render(
        request,
        "masterplan/public/field.html",
        {
            "field": found,
            "description": richtext(found.description, 2),
            "headline": headline(facets.of_itself()),
            "behind": behind_words(facets),
            "bar": status_bar(facets, feld=slug),
            "rows": rows,
            "has_ticks": any(row.has_tick for row in rows),
            "count": facets.matching,
            "trend": trend_of_ends(read_ends(published_measures().filter(field__slug=slug)), today),
            "list_url": f"{reverse('public_measures')}?feld={slug}",
            "timeline_url": f"{reverse('public_timeline')}?feld={slug}",
            "trail": [("Strategie", reverse("public_strategy"))],
        },
    )


def _goal(goal: PublicGoal, facets: Facets) -> Part:
    count = facets.choices["ziel"].get(goal.slug, 0)
    return Part(
        title=goal.title,
        text=richtext(goal.text, 4),
        href=f"{reverse('public_measures')}?ziel={goal.slug}" if count else "",
        count=_measures(count),
        bar=(),
    )


def _field(field: PublicField, facets: Facets) -> Part:
    return Part(
        title=field.title,
        text=field.teaser,
        href=reverse("public_field", args=[field.slug]),
        count=_measures(facets.matching),
        bar=status_bar(facets, feld=field.slug),
    )


def _measures(count: int) -> str:
    return "noch keine Maßnahme" if not count else f"{formats.whole(count)} {'Maßnahme' if count == 1 else 'Maßnahmen'}"
