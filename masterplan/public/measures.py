from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce

from masterplan.models import ACTIVE_PHASES, DueDatePromise, Measure, Phase, ShownStatus
from masterplan.models.measure import is_behind
from masterplan.rules import UNMOVED, Deadline, Slip, elapsed_share

COLUMNS = (
    "pk",
    "number",
    "slug",
    "title",
    "field__title",
    "field__slug",
    "lead_unit__name",
    "phase",
    "shown_status",
    "progress",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "resolved_start",
    "resolved_end",
    "first_promised_end",
)
ORDERS = {
    "stand": ("status_rank", "code", "serial"),
    "nummer": ("code", "serial"),
    "ende": (F("shown_end").asc(nulls_last=True), "code", "serial"),
    "feld": ("field__position", "field__title", "code", "serial"),
}


@dataclass(frozen=True, slots=True)
class PublicMeasure:
    """A public measure as lists and charts show it."""

    pk: int
    number: str
    slug: str
    title: str
    field: str
    field_slug: str
    unit: str | None
    phase: Phase
    status: ShownStatus
    progress: int
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    resolved_start: date | None
    resolved_end: date | None
    first_promised_end: date | None
    slip: Slip = UNMOVED

    @property
    def start(self) -> date | None:
        return self.actual_start or self.planned_start

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.phase, self.planned_end, self.actual_end, self.resolved_end, self.first_promised_end)

    @property
    def is_active(self) -> bool:
        return self.phase in ACTIVE_PHASES

    def elapsed(self, today: date) -> int | None:
        return elapsed_share(self.start, self.planned_end, today) if self.is_active else None


def published_measures() -> QuerySet[Measure]:
    return Measure.objects.published()


def public_slugs(slugs: Iterable[str]) -> frozenset[str]:
    """Those under which a measure is public now."""
    known = published_measures().filter(slug__in=list(slugs)).order_by()
    return frozenset(slug for slug in known.values_list("slug", flat=True) if slug)


def with_behind(measures: QuerySet[Measure], today: date) -> QuerySet[Measure]:
    """Marks each row that `behind_promise` would keep with `behind`."""
    return measures.annotate(behind=Case(When(is_behind(today), then=Value(True)), default=Value(False)))


def ordered(measures: QuerySet[Measure], order: str) -> QuerySet[Measure]:
    """By one of ORDERS; number and code make it stable."""
    if order == "ende":
        measures = measures.annotate(shown_end=Coalesce("actual_end", "planned_end"))
    return measures.order_by(*ORDERS[order])


def read_measures(measures: QuerySet[Measure]) -> list[PublicMeasure]:
    """Two queries: the rows and how far their ends have moved."""
    rows = [measure_of(values) for values in measures.values_list(*COLUMNS)]
    slips = DueDatePromise.objects.slips([row.pk for row in rows])
    return [replace(row, slip=slips[row.pk]) if row.pk in slips else row for row in rows]


def measure_of(values: Iterable) -> PublicMeasure:
    pk, number, slug, title, field, field_slug, unit, phase, status, *others = values
    return PublicMeasure(pk, number, slug, title, field, field_slug, unit, Phase(phase), ShownStatus(status), *others)
