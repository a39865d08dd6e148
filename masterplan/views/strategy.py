"""Putting a strategy in force; measures go over to its goals, so that it stands on this floor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import Perm
from accounts.doors import needs
from ground.history import StaleRow
from masterplan.adopting import adopt
from strategy.comparing import differences
from strategy.forms import InForceForm
from strategy.models import Strategy, StrategyState


@needs(Perm.EDIT_STRATEGY)
def strategy_in_force(request: HttpRequest, pk: int) -> HttpResponse:
    strategy = get_object_or_404(Strategy, pk=pk, state=StrategyState.DRAFT)
    replaced = Strategy.objects.in_force().first()
    today = timezone.localdate()
    initial = {"version": strategy.version, "on": today}
    sent = request.POST if request.method == "POST" else None
    form = InForceForm(sent, replaces=replaced is not None, today=today, initial=initial)
    if not form.is_valid():
        context = {"form": form, "strategy": strategy, "replaced": replaced, "heading": "In Kraft setzen"}
        context |= {
            "label": "Strategie in Kraft setzen",
            "changes": differences(strategy, replaced) if replaced else [],
        }
        return render(request, "strategy/form.html", context)
    given = {"on": form.cleaned_data["on"], "reason": form.cleaned_data.get("reason", "")}
    try:
        adopt(strategy_id=pk, **given, expected_version=form.cleaned_data["version"], by=request.user)
    except StaleRow:
        messages.warning(request, "Jemand hat den Entwurf gerade geändert. Lesen Sie ihn noch einmal.")
        return redirect("strategy_edit")
    messages.success(request, f"„{strategy.title}“ ist in Kraft.")
    return redirect("strategy_edit")
