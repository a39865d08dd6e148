"""Puts a strategy in force and hands its goals the measures that served those which they continue."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from masterplan.models import Measure
from strategy.editing import put_in_force
from strategy.models import Goal, Strategy, StrategyState


@transaction.atomic
def adopt(
    *,
    strategy_id: int,
    on: date,
    reason: str = "",
    expected_version: int | None = None,
    by: Any,
    now: datetime | None = None,
) -> Strategy:
    """As `put_in_force`, with its errors. A goal continues the one of the same address; what nothing continues stays
    with its measures."""
    replaced = list(Goal.objects.filter(strategy__state=StrategyState.IN_FORCE))
    strategy = put_in_force(
        strategy_id=strategy_id, on=on, reason=reason, expected_version=expected_version, by=by, now=now
    )
    new = {goal.slug: goal for goal in strategy.goals.all()}
    continued = {goal.pk: new[goal.slug] for goal in replaced if goal.slug in new}
    served = Measure.goals.through.objects.filter(goal__in=continued).values("measure")
    for measure in Measure.objects.select_for_update(of=("self",)).filter(pk__in=served).order_by("pk"):
        measure.set_tracked({"goals": [continued.get(goal.pk, goal) for goal in measure.goals.all()]})
        measure.save_tracked(by=by, reason="Ziele der neuen Strategie", at=now)
    return strategy
