"""A Bedarf that is proposed by those whose measure it is, and the decision on it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import euro
from ground.journal import Entry, record
from masterplan.budgeting.lines import LineEdit, set_lines
from masterplan.budgeting.rights import lock_measures
from masterplan.models import BudgetKind, BudgetLine, BudgetProposal, Measure, ProposalState


class AlreadyDecided(Exception):
    """Someone else has decided on this proposal."""


class AmountNotPositive(Exception):
    """Nothing, or less, was proposed."""


class AnswerMissing(Exception):
    """A proposal was to be declined without saying why."""


@transaction.atomic
def propose(
    *, measure_id: int, year: int, kind: str, amount: Decimal, why: str, by: Any, now: datetime | None = None
) -> BudgetProposal:
    """For an own measure. Raises PermissionDenied or AmountNotPositive."""
    require(by, Perm.PROPOSE_BUDGET)
    own = Measure.objects.visible_to(by).own(by)
    measure = own.select_for_update(of=("self",)).filter(pk=measure_id).first()
    if measure is None:
        raise PermissionDenied
    if amount <= 0:
        raise AmountNotPositive(amount)
    moment = now or timezone.now()
    proposal = BudgetProposal.objects.create(
        measure=measure, year=year, kind=kind, amount=amount, why=why, author=by, created_at=moment
    )
    record(_told(proposal, "Bedarf vorgeschlagen"), by=by, at=moment)
    return proposal


@transaction.atomic
def accept(*, proposal_id: int, by: Any, now: datetime | None = None) -> BudgetLine:
    """The amount becomes the Bedarf of its line. Raises AlreadyDecided, and what `set_lines` raises."""
    proposal = _open(proposal_id, by=by)
    moment = now or timezone.now()
    lines = list(BudgetLine.objects.filter(measure=proposal.measure_id, year=proposal.year, kind=proposal.kind))
    plain = [line for line in lines if not line.account] or (lines if len(lines) == 1 else [])
    edit = LineEdit(
        measure_id=proposal.measure_id,
        year=proposal.year,
        kind=proposal.kind,
        line_id=plain[0].pk if plain else None,
        values={"requested": proposal.amount},
    )
    _decide(proposal, ProposalState.ACCEPTED, by=by, now=moment)
    record(_told(proposal, "Vorgeschlagener Bedarf übernommen"), by=by, at=moment)
    changed = set_lines([edit], by=by, now=moment)
    return changed[0] if changed else plain[0]


@transaction.atomic
def decline(*, proposal_id: int, answer: str, by: Any, now: datetime | None = None) -> BudgetProposal:
    """Raises AlreadyDecided or AnswerMissing."""
    proposal = _open(proposal_id, by=by)
    if not answer.strip():
        raise AnswerMissing(proposal_id)
    moment = now or timezone.now()
    proposal.answer = answer
    _decide(proposal, ProposalState.DECLINED, by=by, now=moment)
    record(_told(proposal, "Vorgeschlagener Bedarf abgelehnt"), by=by, at=moment)
    return proposal


def _open(proposal_id: int, *, by: Any) -> BudgetProposal:
    lock_measures([BudgetProposal.objects.values_list("measure_id", flat=True).get(pk=proposal_id)], by=by)
    proposal = BudgetProposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    if proposal.state != ProposalState.OPEN:
        raise AlreadyDecided(proposal_id)
    return proposal


def _decide(proposal: BudgetProposal, state: ProposalState, *, by: Any, now: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def _told(proposal: BudgetProposal, what: str) -> Entry:
    title = f"{what}: {BudgetKind(proposal.kind).short} {proposal.year}"
    return Entry(subject=proposal.measure, kind="budget.proposal", title=title, after=euro(proposal.amount))
