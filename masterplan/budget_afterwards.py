"""What measures cost and bring once they are in use, summed by field of action and unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ground import formats
from masterplan.models import Benefit, BenefitUnit, RunningCost
from masterplan.models.measure import MeasureQuerySet

OPEN = "offen"


@dataclass(frozen=True)
class SumTable:
    """A grouped table: the name of a group in the first column, then its figures."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[str, list[tuple[str, str]]]]
    """A group's name and its figures, each with its heading."""


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> SumTable:
    return SumTable(title, head, [(name, list(zip(head[1:], figures, strict=True))) for name, *figures in sorted(rows)])


def sums_afterwards(
    measures: MeasureQuerySet, *, fields: Mapping[int, str], units: Mapping[int, str]
) -> list[SumTable]:
    """Folgekosten by field and by unit with the year from which they run, and benefits by field; a query each."""
    costs = RunningCost.objects.filter(measure__in=measures)
    return [
        _running(costs.sums(by="field"), "Folgekosten nach Handlungsfeld", "Handlungsfeld", fields),
        _running(costs.sums(by="unit"), "Folgekosten nach Federführung", "Federführung", units),
        _benefits(measures, fields),
    ]


def _running(
    sums: Mapping[tuple[int | None, int], Decimal], title: str, head: str, names: Mapping[int, str]
) -> SumTable:
    rows = [
        (names.get(key or 0, OPEN), str(from_year), formats.euro_round(yearly))
        for (key, from_year), yearly in sums.items()
    ]
    return _table(title, (head, "Ab Jahr", "Aufwand im Jahr"), rows)


def _benefits(measures: MeasureQuerySet, names: Mapping[int, str]) -> SumTable:
    rows = [
        (
            names.get(field, OPEN),
            str(BenefitUnit(unit).label),
            Benefit(unit=unit).words(claimed),
            Benefit(unit=unit).words(achieved),
        )
        for (field, unit), (claimed, achieved) in Benefit.objects.filter(measure__in=measures).sums().items()
    ]
    head = ("Handlungsfeld", "Gemessen in", "Erwartet", "Erreicht")
    return _table("Nutzen nach Handlungsfeld", head, rows)
