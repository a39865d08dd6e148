"""What others ask of the budget: how far a measure overspends, what falls due."""

from collections.abc import Collection
from datetime import date

from ground.formats import euro
from ground.workdays import workdays_after
from masterplan.budgeting.rules import NOTHING, years_judged
from masterplan.models import BudgetLine, Grant
from masterplan.models.grant import GrantQuerySet
from masterplan.reminding.rules import REMIND_WORKDAYS
from masterplan.rules import Overspent


def over_appropriation(measure_ids: Collection[int], today: date) -> dict[int, Overspent]:
    """By measure the worst whole percentage, rounded down, by which an Ist exceeds what is available, and of what.

    Judged are this year and, until 31 March, when its Ist is closed, the one before: what was overspent in a closed
    year can no more be put right. Each year and kind counts for itself. Measures that overspend nowhere are left out.
    One query.
    """
    lines = BudgetLine.objects.filter(measure__in=measure_ids, year__in=years_judged(today))
    worst: dict[int, Overspent] = {}
    for (kind, measure, year), money in lines.sums(by=("measure", "year")).items():
        if money.over_percent > worst.get(measure, Overspent()).percent:
            worst[measure] = Overspent(money.over_percent, f"{kind.short} {year}")
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
