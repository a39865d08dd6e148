"""The money of measures: who may use its pages, and rows that the public must not see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.access import Function, Perm
from accounts.models import User
from masterplan.budgeting.lines import set_source
from masterplan.granting import allow_reporting
from masterplan.models import Benefit, BudgetLine, BudgetProposal, Measure, Visibility
from tests.builders import make_benefit, make_grant, make_line, make_measure, make_running_cost

PROPOSERS = frozenset({"ADMINISTRATION"}) | frozenset(function.name for function in Function)
"""Who stands in for a function is of the administration; each proposes for an own measure."""


def addresses(house: frozenset[str], officer: frozenset[str]) -> dict[str, frozenset[str]]:
    editors = officer | {"TREASURY"}
    return {
        **dict.fromkeys(("measure_budget", "budget", "budget_export"), house),
        **{f"budget_{step}": editors for step in ("source", "decide", "import", "import_apply")},
        **{f"budget_{what}_{step}": editors for what in ("line", "part") for step in ("add", "edit", "remove")},
        "budget_propose": PROPOSERS,
    }


def own_measure(town: Any, user: Any) -> str:
    """Made one's own for those who may propose a Bedarf."""
    if user is not None and user.has_perm(Perm.PROPOSE_BUDGET):
        allow_reporting(measure_id=town.shown.pk, user=user, by=town.officer)
    return str(town.shown.number)


PARAMETERS: dict[str, Callable[[Any, Any], Any]] = {
    "budget_propose number": own_measure,
    "part": lambda town, user: "nutzen",
    **{f"budget_line_{step} pk": lambda town, user: town.money.line.pk for step in ("edit", "remove")},
    **{f"budget_part_{step} pk": lambda town, user: town.money.benefit.pk for step in ("edit", "remove")},
    "budget_decide pk": lambda town, user: town.money.proposal.pk,
}


@dataclass(frozen=True)
class Money:
    line: BudgetLine
    benefit: Benefit
    proposal: BudgetProposal


def add_money(measure: Measure, officer: User) -> Money:
    """Of every kind that the budget knows; of a public measure also a line without Ansatz and Ist."""
    account = {"sub_budget": "THH 1", "product": "11.1.99 Geheim"}
    line = make_line(measure, 2030, appropriated=1000, spent=200, requested=3000, commitment=50, **account)
    make_line(measure, 2031, requested=777, **account)
    make_grant(measure)
    make_running_cost(measure)
    proposal = BudgetProposal.objects.create(
        measure=measure, year=2031, kind="EXPENSE", amount=5, why="intern", author=officer, created_at=timezone.now()
    )
    elsewhere = make_measure(f"Aus anderem Produkt {measure.number}", visibility=Visibility.PUBLIC)
    set_source(measure_id=elsewhere.pk, product="11.1.99 Geheim", expected_version=None, by=officer)
    return Money(line, make_benefit(measure), proposal)
