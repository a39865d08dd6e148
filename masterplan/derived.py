"""What follows from milestones, dates and money: a measure's progress and its health, unless a person states them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from masterplan.budget_figures import over_appropriation
from masterplan.checks import Proposed
from masterplan.models import ACTIVE_PHASES, Measure, Milestone
from masterplan.models.health_criteria import HealthCriteria
from masterplan.rules import Criteria, Deadline, Due, Overspent, Verdict, judged

SAY_WHY = (
    "Nach den Kriterien wäre der Status „{}“. Begründen Sie, warum er anders ist, oder wählen Sie „aus den Kriterien“."
)


@dataclass(frozen=True)
class Yardstick:
    """By what measures are judged: the criteria in force; by measure, what is spent over what is available."""

    criteria: Criteria
    overspent: Mapping[int, Overspent] = field(default_factory=dict)

    @classmethod
    def of(cls, measure_ids: Collection[int], today: date) -> Self:
        """Two queries."""
        return cls(HealthCriteria.objects.in_force(), over_appropriation(measure_ids, today))

    def verdict(self, proposed: Proposed, today: date) -> Verdict:
        measure, new = proposed.measure, proposed.new
        return judged(
            deadline=Deadline(
                new["phase"],
                new["planned_end"],
                new["actual_end"],
                measure.resolved_end,
                measure.first_promised_end,
            ),
            start=new["planned_start"],
            progress=new["progress"],
            milestones=[Due(step.title, step.baseline, step.reached_on) for step in proposed.steps],
            overspent=self.overspent.get(measure.pk, Overspent()),
            criteria=self.criteria,
            today=today,
        )


@dataclass(frozen=True)
class Stated:
    """The health as it becomes, and the reason of who states another one than the criteria give."""

    health: str
    reason: str
    needs_reason: bool = False


def verdict_now(measure: Measure, milestones: Iterable[Milestone], yardstick: Yardstick, today: date) -> Verdict:
    """What the criteria say of a measure as it is."""
    return judged(
        deadline=measure.deadline,
        start=measure.planned_start,
        progress=measure.progress,
        milestones=[Due(one.title, one.resolved or one.first_promised, one.reached_on) for one in milestones],
        overspent=yardstick.overspent.get(measure.pk, Overspent()),
        criteria=yardstick.criteria,
        today=today,
    )


def stated_health(proposed: Proposed, verdict: Verdict, values: Mapping[str, Any], reason: str | None) -> Stated:
    """`values` may hold `health` ("" or None: as the criteria say) and `health_reason`, for which `reason` stands in;
    where that is None, a preview asks for neither.

    Who sends the health that stands there already states nothing, so that a form or list which repeats it changes
    nothing. What somebody stated stays until somebody states otherwise.
    """
    measure = proposed.measure
    kept = Stated(measure.health, measure.health_reason)
    if proposed.new["phase"] not in ACTIVE_PHASES:
        return Stated(values.get("health") or measure.health, values.get("health_reason", measure.health_reason))
    derived = Stated(verdict.health, "")
    repeated = values.get("health") == measure.health and "health_reason" not in values
    if "health" not in values or repeated:
        return kept if measure.health_reason else derived
    if not values["health"] or values["health"] == verdict.health:
        return derived
    said = (values.get("health_reason") or reason or "").strip()
    return Stated(values["health"], said, needs_reason=not said and reason is not None)
