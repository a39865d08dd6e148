"""What falls due in the budget: applications and proofs of use, and for those who keep it proposals to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm
from ground import formats
from masterplan.budget_figures import grants_with_deadline_due
from masterplan.budget_profile import left_words
from masterplan.models import BudgetKind, BudgetProposal, Measure
from masterplan.models.measure import MeasureQuerySet

SHOWN = 6


@dataclass(frozen=True)
class MoneyDue:
    """`day` is "" for what has no day of its own."""

    day: str
    left: str
    is_late: bool
    measure: str
    what: str
    url: str


@dataclass(frozen=True)
class MoneyDues:
    """`further` counts in words what is not shown; who does not decide reads the deadlines of the own measures."""

    rows: Sequence[MoneyDue]
    further: str
    decides: bool


def money_due(user: Any, today: date, *, everything: bool = False) -> MoneyDues:
    """The most pressing first, of each kind SHOWN at most; of measures that the user sees. At most two queries."""
    decides, measures = user.has_perm(Perm.EDIT_BUDGET), Measure.objects.visible_to(user)
    kinds: list[list[MoneyDue]] = []
    if decides:
        proposals = BudgetProposal.objects.open().visible_to(user).select_related("measure")
        kinds = [_deadlines(measures, today), [_proposed(one) for one in proposals]]
    elif user.has_perm(Perm.READ_BUDGET):
        kinds = [_deadlines(measures.own(user), today)]
    rows = [one for kind in kinds for one in (kind if everything else kind[:SHOWN])]
    left_out = sum(map(len, kinds)) - len(rows)
    further = formats.counted(left_out, "weitere", "weitere") if left_out else ""
    return MoneyDues(rows, further, decides)


def _deadlines(measures: MeasureQuerySet, today: date) -> list[MoneyDue]:
    grants = grants_with_deadline_due(today).filter(measure__in=measures)
    found = [
        (
            deadline[1],
            MoneyDue(
                day=formats.day(deadline[1]),
                left=left_words(deadline[1], today),
                is_late=deadline[1] < today,
                measure=str(grant.measure),
                what=f"{deadline[0]}: {grant.programme}",
                url=reverse("measure_budget", args=[grant.measure.number]),
            ),
        )
        for grant in grants.select_related("measure")
        if (deadline := grant.deadline)
    ]
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].measure))]


def _proposed(proposal: BudgetProposal) -> MoneyDue:
    what = f"{BudgetKind(proposal.kind).short} {proposal.year}, {formats.euro(proposal.amount)}"
    return MoneyDue(
        day="",
        left=f"seit {formats.day(timezone.localdate(proposal.created_at))}",
        is_late=False,
        measure=str(proposal.measure),
        what=f"Vorgeschlagener Bedarf: {what}",
        url=reverse("budget_decide", args=[proposal.measure.number, proposal.pk]),
    )
