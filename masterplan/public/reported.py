"""What a report tells of measures: raw values by name, never a model, nothing internal.

The same for every edition; which measures it tells of, the caller says. Eight queries for any number of measures. The
names are those under which a report freezes them, so that its payload alone says what a report holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, Count, F, Q, TextField, Value, When
from django.utils import timezone

from masterplan.models import ACTIVE_PHASES, Basis, DueDatePromise, Measure, Milestone, Phase, PromiseKind, StatusUpdate
from masterplan.models.measure import MeasureQuerySet

type Facts = dict[str, Any]

SAME = (
    *("number", "title", "teaser", "description", "objective", "beneficiaries", "phase", "progress", "planned_start"),
    *("planned_end", "actual_start", "actual_end", "resolved_on", "resolved_end", "first_promised_end"),
)
OTHERS = (
    *("pk", "slug", "visibility", "field__code", "field__title", "lead_unit__name", "lead_unit__short_name"),
    *("external_partners", "basis", "shown_status", "merged_into"),
)
MOVES = (PromiseKind.POSTPONED, PromiseKind.DROPPED)


def reported_measures() -> list[Facts]:
    """What the public edition tells of."""
    return _reported(Measure.objects.published(), Q(public=True))


def reported(measures: MeasureQuerySet) -> list[Facts]:
    """For the council: with the reasons, too, that were written before the measure was public."""
    return _reported(measures, Q(pk__isnull=False))


def _reported(measures: MeasureQuerySet, told_reasons: Q) -> list[Facts]:
    """In the order of the fields of action, then by number."""
    rows = list(measures.in_order().values(*SAME, *OTHERS))
    numbers = {row["pk"]: row["number"] for row in rows}
    found = _Parts(list(numbers), told_reasons)
    return [_measure(row, found, numbers) for row in rows]


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
            .annotate(moves=Count("promises", filter=Q(promises__kind__in=MOVES)))
            .values("measure", "title", "planned", "resolved", "first_promised", "reached_on", "moves", key=F("pk"))
        )
        self.sentences = {
            row["measure"]: row
            for row in StatusUpdate.objects.with_public_sentence()
            .filter(measure__in=ids)
            .order_by("decided_at", "pk")
            .values("measure", "public_sentence", "decided_at")
        }


def _measure(row: Mapping[str, Any], found: _Parts, numbers: Mapping[int, str]) -> Facts:
    """`slug` is empty unless the measure is public now, `merged_into` unless the other one is told of as well."""
    pk, sentence = row["pk"], found.sentences.get(row["pk"])
    return {name: row[name] for name in SAME} | {
        "slug": (row["slug"] or "") if row["visibility"] == "PUBLIC" else "",
        "field": row["field__code"],
        "field_title": row["field__title"],
        "lead_unit": row["lead_unit__short_name"] or row["lead_unit__name"] or "",
        "involved_units": tuple(found.units[pk]),
        "partners": row["external_partners"],
        "goals": tuple(found.goals[pk]),
        "basis": Basis(row["basis"]).label if row["basis"] else "",
        "phase_label": Phase(row["phase"]).label,
        "is_active": row["phase"] in ACTIVE_PHASES,
        "status": row["shown_status"],
        "merged_into": numbers.get(row["merged_into"], ""),
        "sentence": sentence["public_sentence"] if sentence else "",
        "sentence_on": timezone.localdate(sentence["decided_at"]) if sentence else None,
        "promises": [_promise(promise) for promise in found.promises[pk]],
        "milestones": found.milestones[pk],
    }


def _promise(row: Mapping[str, Any]) -> Facts:
    return {
        "kind": row["kind"],
        "label": PromiseKind(row["kind"]).label,
        "on": row["promised_on"],
        "due": row["due"],
        "days": row["days"],
        "reason": row["told"],
    }


def _grouped(rows: Iterable[Mapping[str, Any]]) -> dict[int, list[Facts]]:
    groups: dict[int, list[Facts]] = defaultdict(list)
    for row in rows:
        groups[row["measure"]].append({name: value for name, value in row.items() if name != "measure"})
    return groups


def _words(through: Any, ids: list[int], *columns: str, order: str) -> dict[int, list[str]]:
    """Of each linked row the first column that is not empty."""
    words: dict[int, list[str]] = defaultdict(list)
    links = through.objects.filter(measure__in=ids).order_by(order, "pk")
    for pk, *texts in links.values_list("measure", *columns):
        words[pk].append(next(text for text in texts if text))
    return words
