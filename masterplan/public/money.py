"""What the public reads of a measure's money: Ansatz with its Nachtrag, and Ist; nothing else of the budget."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Min

from masterplan.models import BudgetKind, BudgetLine
from masterplan.models.budget_line import cents, euros


@dataclass(frozen=True, slots=True)
class PublicMoney:
    """Of one year and one of the two budgets; `as_of` is the day up to which every Ist in it is booked."""

    kind: BudgetKind
    year: int
    approved: Decimal | None
    spent: Decimal | None
    as_of: date | None


def money_of(measure_id: int) -> tuple[PublicMoney, ...]:
    """By kind and year; the kinds are never added. One query."""
    lines = BudgetLine.objects.of_published().filter(measure=measure_id).order_by("kind", "year")
    grouped = lines.values("kind", "year").annotate(
        appropriated_sum=cents("appropriated"),
        supplementary_sum=cents("supplementary"),
        spent_sum=cents("spent"),
        oldest=Min("as_of"),
    )
    rows = grouped.values_list("kind", "year", "appropriated_sum", "supplementary_sum", "spent_sum", "oldest")
    return tuple(
        PublicMoney(BudgetKind(kind), year, _approved(appropriated, supplementary), euros(spent), as_of)
        for kind, year, appropriated, supplementary, spent, as_of in rows
    )


def _approved(appropriated: int | None, supplementary: int | None) -> Decimal | None:
    return None if appropriated is None else euros(appropriated + (supplementary or 0))
