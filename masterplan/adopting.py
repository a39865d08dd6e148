"""Puts a strategy in force and hands its goals the measures that served those which they continue."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ground.journal import Entry, record
from masterplan.models import Measure
from strategy.editing import put_in_force
from strategy.models import Goal, Strategy, StrategyState

OTHER_GOALS = "Ziele der neuen Strategie"


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
    moment = now or timezone.now()
    replaced = list(Goal.objects.filter(strategy__state=StrategyState.IN_FORCE))
    strategy = put_in_force(
        strategy_id=strategy_id, on=on, reason=reason, expected_version=expected_version, by=by, now=moment
    )
    new = {goal.slug: goal for goal in strategy.goals.all()}
    continued = {goal.pk: new[goal.slug] for goal in replaced if goal.slug in new}
    served = Measure.goals.through.objects.filter(goal__in=continued).values("measure")
    for measure in Measure.objects.select_for_update(of=("self",)).filter(pk__in=served).order_by("pk"):
        goals = [continued.get(goal.pk, goal) for goal in measure.goals.all()]
        measure.set_tracked({"goals": goals})
        measure.save_tracked(by=by, reason=OTHER_GOALS, at=moment)
        titles = ", ".join(sorted(goal.title for goal in goals))
        told = Entry(subject=measure, kind="measure.goals", title=OTHER_GOALS, after=titles, reason=reason.strip())
        record(told, by=by, at=moment)
    return strategy
