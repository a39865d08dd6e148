"""What is due in the coming months: open milestones and ends of active public measures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import ExtractQuarter, ExtractYear, RowNumber

from masterplan.models import Measure, Milestone


@dataclass(frozen=True, slots=True)
class DueDate:
    """`moved` where the day lies after the one resolved or first promised."""

    day: date
    slug: str
    title: str
    milestone: str
    moved: bool


@dataclass(frozen=True)
class Quarter:
    """The first of its dates, and how many there are in all."""

    year: int
    number: int
    dates: tuple[DueDate, ...]
    count: int


def coming(today: date, until: date, most: int) -> list[Quarter]:
    """Quarter by quarter the first `most` dates, in two queries whose answer does not grow with the plan.

    An end counts as its milestone where both fall on one day.
    """
    active = Measure.objects.published().active()
    same_day = Milestone.objects.open().filter(measure=OuterRef("pk"), planned=OuterRef("planned_end"))
    ending = active.filter(~Exists(same_day), planned_end__range=(today, until))
    ends = _first(ending, "planned_end", most).values_list("planned_end", "slug", "title", F("baseline_end"), "total")
    milestones = _first(
        Milestone.objects.open().filter(measure__in=active, planned__range=(today, until)), "planned", most
    ).values_list("planned", "measure__slug", "measure__title", "resolved", "total", "first_promised", "title")
    quarters: dict[tuple[int, int], list[DueDate]] = {}
    totals: dict[tuple[int, int], dict[str, int]] = {}
    for kind, rows in (("end", ends), ("milestone", milestones)):
        for day, slug, title, baseline, total, *more in rows:
            key = (day.year, (day.month + 2) // 3)
            promised = baseline or (more[0] if more else None)
            due = DueDate(day, slug, title, more[1] if more else "", bool(promised and promised < day))
            quarters.setdefault(key, []).append(due)
            totals.setdefault(key, {})[kind] = total
    return [Quarter(*key, _nearest(quarters[key], most), sum(totals[key].values())) for key in sorted(quarters)]


def _nearest(dates: Sequence[DueDate], most: int) -> tuple[DueDate, ...]:
    return tuple(sorted(dates, key=lambda due: (due.day, due.title, due.milestone))[:most])


def _first(rows: QuerySet[Any], name: str, most: int) -> QuerySet[Any]:
    quarter: Iterable = [ExtractYear(name), ExtractQuarter(name)]
    return rows.annotate(
        place=Window(RowNumber(), partition_by=list(quarter), order_by=[F(name).asc(), F("pk").asc()]),
        total=Window(Count("*"), partition_by=list(quarter)),
    ).filter(place__lte=most)
