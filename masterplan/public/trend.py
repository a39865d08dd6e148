"""How the promised ends of public measures moved."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from masterplan.models import ACTIVE_PHASES, DueDatePromise, Measure, Phase
from masterplan.rules import Promised


@dataclass(frozen=True, slots=True)
class PublicEnd:
    number: str
    title: str
    slug: str
    phase: Phase
    actual_end: date | None
    resolved_on: date | None
    promises: tuple[Promised, ...]

    @property
    def is_active(self) -> bool:
        return self.phase in ACTIVE_PHASES


def read_ends(measures: QuerySet[Measure]) -> list[PublicEnd]:
    """Of public measures, in the order of their numbers; those without a promised end are left out. Two queries."""
    columns = ("pk", "number", "title", "slug", "phase", "actual_end", "resolved_on")
    rows = list(measures.order_by("code", "serial").values_list(*columns))
    promises = DueDatePromise.objects.of_end().filter(measure__in=measures.order_by().values("pk")).by_date()
    return [
        PublicEnd(number, title, slug or "", Phase(phase), actual_end, resolved_on, tuple(promises[pk, None]))
        for pk, number, title, slug, phase, actual_end, resolved_on in rows
        if (pk, None) in promises
    ]
