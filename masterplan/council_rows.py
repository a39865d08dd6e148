"""What the council reads of each measure in one list: its money in the two budgets and its gravest risk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from ground import formats
from masterplan.budget_profile import totals_in_words
from masterplan.budgeting.rules import Money
from masterplan.models import BudgetKind, BudgetLine, Measure, RiskLevel, ShownStatus
from masterplan.models.budget_line import BudgetLineQuerySet
from masterplan.models.risk import RiskQuerySet


@dataclass(frozen=True)
class Amounts:
    kind: str
    financed: str
    spent: str


@dataclass(frozen=True)
class CouncilRow:
    number: str
    title: str
    url: str
    status: ShownStatus
    money: list[Amounts]
    """One for each of the two budgets, whether the measure has lines in it or not."""
    risk: RiskLevel | None
    """The gravest that is present."""


def totals(lines: BudgetLineQuerySet) -> str:
    return totals_in_words({kind: money for (kind,), money in lines.sums().items()})


def rows(measures: Sequence[Measure], risks: RiskQuerySet) -> list[CouncilRow]:
    """Two queries."""
    sums = BudgetLine.objects.filter(measure__in=measures).sums(by=("measure",))
    gravest: dict[int, RiskLevel] = {}
    for risk in risks.filter(measure__in=measures).present().gravest_first():
        gravest.setdefault(risk.measure_id, risk.level)
    return [
        CouncilRow(
            number=measure.number,
            title=measure.title,
            url=reverse("council_measure", args=[measure.number]),
            status=measure.status,
            money=[_amounts(kind, sums.get((kind, measure.pk))) for kind in BudgetKind],
            risk=gravest.get(measure.pk),
        )
        for measure in measures
    ]


def _amounts(kind: BudgetKind, money: Money | None) -> Amounts:
    return Amounts(
        kind=kind.short,
        financed=formats.euro_or_dash(money.financed if money else None),
        spent=formats.euro_or_dash(money.spent if money else None),
    )
