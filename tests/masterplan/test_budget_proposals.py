"""A Bedarf that whose measure it is proposes, and the decision on it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Function
from masterplan.budgeting.proposals import AlreadyDecided, AmountNotPositive, AnswerMissing, accept, decline, propose
from masterplan.models import BudgetLine, BudgetProposal
from tests.builders import appoint, make_line, make_measure, make_officer, make_user

pytestmark = pytest.mark.django_db


def proposed(measure, by, **values):
    return propose(
        measure_id=measure.pk,
        **{"year": 2027, "kind": "EXPENSE", "amount": Decimal(900), "why": "Schulung", "by": by, **values},
    )


def test_a_bedarf_is_proposed_for_own_measures_only():
    clerk = make_user()
    own, other = make_measure("Eigene", responsible=clerk), make_measure("Andere")

    proposal = proposed(own, clerk)
    with pytest.raises(PermissionDenied):
        proposed(other, clerk)

    assert (proposal.state, BudgetLine.objects.exists()) == ("OPEN", False)


@pytest.mark.parametrize("amount", [0, -5])
def test_a_bedarf_of_nothing_is_refused_and_the_database_refuses_it_as_well(amount):
    clerk = make_user()
    measure = make_measure(responsible=clerk)

    with pytest.raises(AmountNotPositive):
        proposed(measure, clerk, amount=Decimal(amount))
    proposal = proposed(measure, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetProposal.objects.filter(pk=proposal.pk).update(amount=amount)


@pytest.mark.parametrize(
    ("lines", "becomes"),
    [
        ([], {"": 900}),
        ([("A", 100)], {"A": 900}),
        ([("A", 100), ("B", 200)], {"A": 100, "B": 200, "": 900}),
        ([("", 100), ("B", 200)], {"": 900, "B": 200}),
    ],
)
def test_an_accepted_bedarf_stands_on_its_line(lines, becomes):
    clerk, kaemmerei = make_user(), make_user()
    appoint(kaemmerei, Function.TREASURY)
    measure = make_measure(responsible=clerk)
    for product, amount in lines:
        make_line(measure, 2027, requested=amount, product=product)

    accept(proposal_id=proposed(measure, clerk).pk, by=kaemmerei)

    assert dict(BudgetLine.objects.values_list("product", "requested")) == becomes


def test_a_bedarf_is_decided_once_and_declined_with_a_reason():
    clerk, officer = make_user(), make_officer()
    proposal = proposed(make_measure(responsible=clerk), clerk)

    with pytest.raises(AnswerMissing):
        decline(proposal_id=proposal.pk, answer=" ", by=officer)
    decline(proposal_id=proposal.pk, answer="Erst 2028.", by=officer)
    with pytest.raises(AlreadyDecided):
        accept(proposal_id=proposal.pk, by=officer)

    kept = BudgetProposal.objects.get()
    assert (kept.state, kept.answer, kept.decided_by, BudgetLine.objects.exists()) == (
        "DECLINED",
        "Erst 2028.",
        officer,
        False,
    )
