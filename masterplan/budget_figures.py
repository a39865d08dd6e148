"""What others ask of the budget: how far a measure overspends, what falls due."""

from collections.abc import Collection
from datetime import date

from ground.formats import euro
from ground.workdays import workdays_after
from masterplan.budgeting.rules import NOTHING
from masterplan.models import BudgetLine, Grant
from masterplan.models.grant import GrantQuerySet

REMIND_WORKDAYS = 20
"""An application or a proof of use takes about a month of working days."""


def over_appropriation(measure_ids: Collection[int], today: date) -> dict[int, int]:
    """By measure the worst whole percentage, rounded down, by which an Ist up to this year exceeds what is available.

    Each year and kind counts for itself. Measures that overspend nowhere are left out. One query.
    """
    lines = BudgetLine.objects.filter(measure__in=measure_ids, year__lte=today.year)
    worst: dict[int, int] = {}
    for (_, measure, _), money in lines.sums(by=("measure", "year")).items():
        if money.over_percent > worst.get(measure, 0):
            worst[measure] = money.over_percent
    return worst


def year_in_words(measure_id: int, year: int) -> str:
    """Aufwand 140.000,00 €, Ist 52.300,00 €; "" where the year has no line. The kinds stand apart."""
    sums = BudgetLine.objects.filter(measure=measure_id, year=year).sums()
    said = [
        f"{kind.short} {euro(money.approved or NOTHING)}, Ist {euro(money.spent or NOTHING)}"
        for (kind,), money in sums.items()
    ]
    return "; ".join(said)


def grants_with_deadline_due(today: date) -> GrantQuerySet:
    """Whose application or proof of use is due within REMIND_WORKDAYS, or overdue; of current measures."""
    due = Grant.objects.due_until(workdays_after(today, REMIND_WORKDAYS))
    return due.filter(measure__withdrawn_at=None)
