"""What a report tells of measures: raw values in frozen dataclasses, never a model, nothing internal.

The same for every edition; which measures it tells of, the caller says. Eight queries for any number of measures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, TextField, Value, When
from django.utils import timezone

from masterplan.models import ACTIVE_PHASES, Basis, DueDatePromise, Measure, Milestone, Phase, PromiseKind, StatusUpdate
from masterplan.models.measure import MeasureQuerySet


@dataclass(frozen=True, kw_only=True)
class ReportedPromise:
    kind: str
    label: str
    on: date
    due: date | None
    days: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportedMilestone:
    title: str
    planned: date | None
    resolved: date | None
    first_promised: date | None
    reached_on: date | None


@dataclass(frozen=True, kw_only=True)
class ReportedMeasure:
    number: str
    title: str
    slug: str
    """Empty unless the measure is public now."""
    field: str
    field_title: str
    lead_unit: str
    involved_units: tuple[str, ...]
    partners: str
    goals: tuple[str, ...]
    teaser: str
    description: str
    objective: str
    beneficiaries: str
    basis: str
    phase: str
    phase_label: str
    is_active: bool
    status: str
    progress: int
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    resolved_on: date | None
    resolved_end: date | None
    first_promised_end: date | None
    merged_into: str
    """Number of the other measure, where it is told of as well."""
    sentence: str
    sentence_on: date | None
    promises: tuple[ReportedPromise, ...]
    milestones: tuple[ReportedMilestone, ...]


COLUMNS = (
    *("pk", "number", "title", "slug", "visibility", "field__code", "field__title"),
    *("lead_unit__name", "lead_unit__short_name"),
    *("external_partners", "teaser", "description", "objective", "beneficiaries", "basis", "phase", "shown_status"),
    *("progress", "planned_start", "planned_end", "actual_start", "actual_end", "resolved_on", "resolved_end"),
    *("first_promised_end", "merged_into"),
)
SAME = (
    *("number", "title", "teaser", "description", "objective", "beneficiaries", "phase", "progress", "planned_start"),
    *("planned_end", "actual_start", "actual_end", "resolved_on", "resolved_end", "first_promised_end"),
)


def reported_measures() -> tuple[ReportedMeasure, ...]:
    """What the public edition tells of."""
    return _reported(Measure.objects.published(), Q(public=True))


def reported(measures: MeasureQuerySet) -> tuple[ReportedMeasure, ...]:
    """For the council: with the reasons, too, that were written before the measure was public."""
    return _reported(measures, Q(pk__isnull=False))


def _reported(measures: MeasureQuerySet, told_reasons: Q) -> tuple[ReportedMeasure, ...]:
    """In the order of the fields of action, then by number."""
    rows = list(measures.in_order().values(*COLUMNS))
    numbers = {row["pk"]: row["number"] for row in rows}
    found = _Parts(list(numbers), told_reasons)
    return tuple(_measure(row, found, numbers) for row in rows)


class _Parts:
    """What hangs on the measures, by their ids."""

    def __init__(self, ids: list[int], told_reasons: Q) -> None:
        self.goals = _words(Measure.goals.through, ids, "goal__title", order="goal__position")
        self.units = _words(Measure.involved_units.through, ids, "unit__short_name", "unit__name", order="unit__name")
        self.promises = _grouped(
            DueDatePromise.objects.of_end()
            .filter(measure__in=ids)
            .order_by("promised_on", "pk")
            .annotate(told=Case(When(told_reasons, then="reason"), default=Value(""), output_field=TextField()))
            .values("measure", "kind", "promised_on", "due", "days", "told")
        )
        self.milestones = _grouped(
            Milestone.objects.current()
            .filter(measure__in=ids)
            .order_by("position", "pk")
            .values("measure", "title", "planned", "resolved", "first_promised", "reached_on")
        )
        self.sentences = {
            row["measure"]: row
            for row in StatusUpdate.objects.with_public_sentence()
            .filter(measure__in=ids)
            .order_by("decided_at", "pk")
            .values("measure", "public_sentence", "decided_at")
        }


def _measure(row: Mapping[str, Any], found: _Parts, numbers: Mapping[int, str]) -> ReportedMeasure:
    pk, sentence = row["pk"], found.sentences.get(row["pk"])
    return ReportedMeasure(
        **{name: row[name] for name in SAME},
        slug=(row["slug"] or "") if row["visibility"] == "PUBLIC" else "",
        field=row["field__code"],
        field_title=row["field__title"],
        lead_unit=row["lead_unit__short_name"] or row["lead_unit__name"] or "",
        involved_units=tuple(found.units[pk]),
        partners=row["external_partners"],
        goals=tuple(found.goals[pk]),
        basis=Basis(row["basis"]).label if row["basis"] else "",
        phase_label=Phase(row["phase"]).label,
        is_active=row["phase"] in ACTIVE_PHASES,
        status=row["shown_status"],
        merged_into=numbers.get(row["merged_into"], ""),
        sentence=sentence["public_sentence"] if sentence else "",
        sentence_on=timezone.localdate(sentence["decided_at"]) if sentence else None,
        promises=tuple(_promise(promise) for promise in found.promises[pk]),
        milestones=tuple(
            ReportedMilestone(**{name: value for name, value in milestone.items() if name != "measure"})
            for milestone in found.milestones[pk]
        ),
    )


def _promise(row: Mapping[str, Any]) -> ReportedPromise:
    return ReportedPromise(
        kind=row["kind"],
        label=PromiseKind(row["kind"]).label,
        on=row["promised_on"],
        due=row["due"],
        days=row["days"],
        reason=row["told"],
    )


def _grouped(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Mapping[str, Any]]]:
    groups: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["measure"]].append(row)
    return groups


def _words(through: Any, ids: list[int], *columns: str, order: str) -> dict[int, list[str]]:
    """Of each linked row the first column that is not empty."""
    words: dict[int, list[str]] = defaultdict(list)
    links = through.objects.filter(measure__in=ids).order_by(order, "pk")
    for pk, *texts in links.values_list("measure", *columns):
        words[pk].append(next(text for text in texts if text))
    return words
