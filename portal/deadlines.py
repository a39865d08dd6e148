"""What falls due in the budget, for those who keep it: applications, proofs of use, proposals to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ground import formats
from masterplan.budget_figures import grants_with_deadline_due
from masterplan.budget_profile import left_words
from masterplan.models import BudgetKind, BudgetProposal, Measure

SHOWN = 12


@dataclass(frozen=True)
class MoneyDue:
    """`day` is "" for what has no day of its own."""

    day: str
    left: str
    is_late: bool
    measure: str
    what: str
    url: str


def money_due(user: Any, today: date) -> Sequence[MoneyDue]:
    """The most pressing first; of measures that the user sees. Two queries."""
    grants = grants_with_deadline_due(today).filter(measure__in=Measure.objects.visible_to(user))
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
    in_order = [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].measure))]
    requests = BudgetProposal.objects.open().visible_to(user).select_related("measure")
    return [*in_order, *(_proposed(one) for one in requests)][:SHOWN]


def _proposed(request: BudgetProposal) -> MoneyDue:
    return MoneyDue(
        day="",
        left=f"seit {formats.day(timezone.localdate(request.created_at))}",
        is_late=False,
        measure=str(request.measure),
        what=f"Vorgeschlagener Bedarf: {BudgetKind(request.kind).short} {request.year}, {formats.euro(request.amount)}",
        url=reverse("budget_decide", args=[request.measure.number, request.pk]),
    )
