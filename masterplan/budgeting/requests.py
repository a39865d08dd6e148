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
from masterplan.budgeting.lines import AmountsRefused, LineEdit, set_lines
from masterplan.budgeting.rights import lock_measures
from masterplan.budgeting.rules import Money, faults_of_money
from masterplan.models import BudgetKind, BudgetLine, BudgetRequest, Measure, RequestState


class AlreadyDecided(Exception):
    """Someone else has decided on this proposal."""


class AnswerMissing(Exception):
    """A proposal was to be declined without saying why."""


@transaction.atomic
def propose(
    *, measure_id: int, year: int, kind: str, amount: Decimal, why: str, by: Any, now: datetime | None = None
) -> BudgetRequest:
    """For an own measure. Raises PermissionDenied or AmountsRefused."""
    require(by, Perm.PROPOSE_BUDGET)
    own = Measure.objects.visible_to(by).own(by)
    measure = own.select_for_update(of=("self",)).filter(pk=measure_id).first()
    if measure is None:
        raise PermissionDenied
    if faults := faults_of_money(Money(requested=amount), as_of=None):
        raise AmountsRefused({0: {"amount": faults["requested"]}})
    moment = now or timezone.now()
    request = BudgetRequest.objects.create(
        measure=measure, year=year, kind=kind, amount=amount, why=why, author=by, created_at=moment
    )
    record(_told(request, "Bedarf vorgeschlagen"), by=by, at=moment)
    return request


@transaction.atomic
def accept(*, request_id: int, by: Any, now: datetime | None = None) -> BudgetLine:
    """The amount becomes the Bedarf of its line. Raises AlreadyDecided, and what `set_lines` raises."""
    request = _open(request_id, by=by)
    moment = now or timezone.now()
    lines = list(BudgetLine.objects.filter(measure=request.measure_id, year=request.year, kind=request.kind))
    plain = [line for line in lines if not line.account] or (lines if len(lines) == 1 else [])
    edit = LineEdit(
        measure_id=request.measure_id,
        year=request.year,
        kind=request.kind,
        line_id=plain[0].pk if plain else None,
        values={"requested": request.amount},
    )
    _decide(request, RequestState.ACCEPTED, by=by, now=moment)
    record(_told(request, "Vorgeschlagener Bedarf übernommen"), by=by, at=moment)
    changed = set_lines([edit], by=by, now=moment)
    return changed[0] if changed else plain[0]


@transaction.atomic
def decline(*, request_id: int, answer: str, by: Any, now: datetime | None = None) -> BudgetRequest:
    """Raises AlreadyDecided or AnswerMissing."""
    request = _open(request_id, by=by)
    if not answer.strip():
        raise AnswerMissing(request_id)
    moment = now or timezone.now()
    request.answer = answer
    _decide(request, RequestState.DECLINED, by=by, now=moment)
    record(_told(request, "Vorgeschlagener Bedarf abgelehnt"), by=by, at=moment)
    return request


def _open(request_id: int, *, by: Any) -> BudgetRequest:
    lock_measures([BudgetRequest.objects.values_list("measure_id", flat=True).get(pk=request_id)], by=by)
    request = BudgetRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.state != RequestState.OPEN:
        raise AlreadyDecided(request_id)
    return request


def _decide(request: BudgetRequest, state: RequestState, *, by: Any, now: datetime) -> None:
    request.state, request.decided_by, request.decided_at = state, by, now
    request.save(update_fields=["state", "decided_by", "decided_at", "answer"])


def _told(request: BudgetRequest, what: str) -> Entry:
    title = f"{what}: {BudgetKind(request.kind).short} {request.year}"
    return Entry(subject=request.measure, kind="budget.request", title=title, after=euro(request.amount))
