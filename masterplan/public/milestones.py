from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from masterplan.models import Milestone
from masterplan.rules import Promised, Slip, slip


@dataclass(frozen=True, slots=True)
class PublicMilestone:
    pk: int
    title: str
    planned: date | None
    resolved: date | None
    first_promised: date | None
    reached_on: date | None
    promises: tuple[Promised, ...] = ()

    @property
    def slip(self) -> Slip:
        return slip((one.kind, one.days) for one in self.promises)

    @property
    def day(self) -> date | None:
        """When it was reached, else when it is due."""
        return self.reached_on or self.planned

    @property
    def baseline(self) -> date | None:
        return self.resolved or self.first_promised

    def is_overdue(self, today: date) -> bool:
        return self.reached_on is None and self.planned is not None and self.planned < today


def milestones_of(measure_ids: Collection[int]) -> Mapping[int, list[PublicMilestone]]:
    """By measure, in their order; nothing of measures that are not public."""
    rows = (
        Milestone.objects.of_published()
        .filter(measure__in=measure_ids)
        .order_by("measure", "position", "pk")
        .values_list("measure", "pk", "title", "planned", "resolved", "first_promised", "reached_on")
    )
    found: defaultdict[int, list[PublicMilestone]] = defaultdict(list)
    for measure, pk, title, planned, resolved, first_promised, reached_on in rows:
        found[measure].append(PublicMilestone(pk, title, planned, resolved, first_promised, reached_on))
    return found
