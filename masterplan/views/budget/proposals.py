"""A Bedarf proposed by those whose measure it is, and the decision on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import euro
from masterplan.budgeting.lines import HasNoOwnBudget
from masterplan.budgeting.proposals import AlreadyDecided, accept, decline, propose
from masterplan.forms.budget import DecisionForm, ProposalForm
from masterplan.models import BudgetKind, BudgetProposal, Measure
from masterplan.views.access import inside, shown_measure
from masterplan.views.budget.measure import PAID_ELSEWHERE, money_measure
from masterplan.views.measure import frame_of


@inside
def budget_propose(request: HttpRequest, number: str) -> HttpResponse:
    user: Any = request.user
    measure = shown_measure(request, number)
    require(user, Perm.PROPOSE_BUDGET)
    if not Measure.objects.own(user).filter(pk=measure.pk).exists():
        raise PermissionDenied
    form = ProposalForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        propose(measure_id=measure.pk, by=user, **form.cleaned_data)
        messages.success(request, "Ihr Vorschlag liegt jetzt bei Kämmerei und Digital Officer.")
        return redirect("measure_budget", number)
    return render(request, "masterplan/budget/propose.html", frame_of(measure, "measure_budget", form=form))


@inside
def budget_decide(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    measure = money_measure(request, number)
    proposal = get_object_or_404(BudgetProposal.objects.filter(measure=measure).select_related("author"), pk=pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    what = f"{BudgetKind(proposal.kind).short} {proposal.year}"
    if request.method == "POST" and form.is_valid():
        try:
            if "decline" in request.POST:
                decline(proposal_id=pk, answer=form.cleaned_data["answer"], by=request.user)
                messages.success(request, f"Der Bedarf {what} ist abgelehnt; der Grund steht bei der Maßnahme.")
            else:
                accept(proposal_id=pk, by=request.user)
                messages.success(request, f"Der Bedarf {what} ist übernommen.")
            return redirect("measure_budget", number)
        except AlreadyDecided:
            messages.warning(request, "Über diesen Vorschlag hat gerade jemand anderes entschieden.")
            return redirect("measure_budget", number)
        except HasNoOwnBudget:
            form.add_error(None, PAID_ELSEWHERE)
    context = {"form": form, "proposal": proposal, "what": what, "amount": euro(proposal.amount)}
    return render(request, "masterplan/budget/decide.html", frame_of(measure, "measure_budget", **context))
