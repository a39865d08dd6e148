"""Writes the lines of the budget: Bedarf, Ansatz, Ist and what lies between."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ground.history import StaleRow, create_tracked, update_tracked
from ground.journal import record
from ground.models import PublicVersion
from masterplan.budgeting.narrating import entries_of, line_removed, source_changed
from masterplan.budgeting.rights import lock_measures
from masterplan.budgeting.rules import faults_of_money
from masterplan.deriving import derive_health
from masterplan.models import BudgetLine, BudgetSource, Measure
from masterplan.models.budget_line import KEPT

AMOUNTS = (
    "requested",
    "appropriated",
    "supplementary",
    "carried_over",
    "extra",
    "spent",
    "commitment",
)
FIGURES = (*AMOUNTS[:-1], "as_of", AMOUNTS[-1])
"""In the order in which they are entered: the day after its Ist."""
ACCOUNT = ("sub_budget", "product")

HOLDS_MONEY = reduce(or_, (~Q(**{name: 0}) & Q(**{f"{name}__isnull": False}) for name in AMOUNTS))

type Key = tuple[int, int, str, str, str]


class LinesOvertaken(Exception):
    """Someone saved in between; `rows` are these lines as they are now (None: removed), by the edit's place."""

    def __init__(self, rows: Mapping[int, BudgetLine | None]) -> None:
        super().__init__(sorted(rows))
        self.rows = rows


class AmountsRefused(Exception):
    """Amounts that cannot be; `errors` holds by the place of the edit a German sentence for each field."""

    def __init__(self, errors: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


class HasNoOwnBudget(Exception):
    """Money was entered for a measure that is said to be paid from elsewhere."""

    def __init__(self, measures: Collection[Measure]) -> None:
        super().__init__([measure.number for measure in measures])
        self.measures = measures


class HasOwnBudget(Exception):
    """A measure was to have no Ansatz of its own, but has lines that hold amounts other than zero."""


class LineTaken(Exception):
    """Another line has this year, budget, Teilhaushalt and Produkt."""


class LineIsKept(Exception):
    """The line once held an Ansatz, an Ist or a resolved amount and is never removed."""


@dataclass(frozen=True, kw_only=True)
class LineEdit:
    """New FIGURES (and ACCOUNT) of one line; without `line_id` of the one with this key, which may be new."""

    measure_id: int
    year: int
    kind: str
    sub_budget: str = ""
    product: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    line_id: int | None = None
    expected_version: int | None = None

    @property
    def key(self) -> Key:
        return self.measure_id, self.year, self.kind, self.sub_budget, self.product


def key_of(line: BudgetLine) -> Key:
    return line.measure_id, line.year, line.kind, line.sub_budget, line.product


@transaction.atomic
def set_lines(edits: Sequence[LineEdit], *, by: Any, now: datetime | None = None) -> list[BudgetLine]:
    """Writes all edits or none; returns the lines that changed. The health of their measures follows at once.

    Raises LinesOvertaken, AmountsRefused, HasNoOwnBudget or LineTaken.
    """
    measures = lock_measures({edit.measure_id for edit in edits}, by=by)
    _refuse_paid_elsewhere(measures)
    lines = list(BudgetLine.objects.select_for_update(of=("self",)).filter(measure__in=measures).order_by("pk"))
    before = [_copy(line) for line in lines]
    found = _matched(edits, lines)
    names = [_set(line, edit) for line, edit in zip(found, edits, strict=True)]
    _refuse_impossible(found, names)
    changed = [(line, fields) for line, fields in zip(found, names, strict=True) if fields]
    new = [line for line, _ in changed if line.pk is None]
    old = [line for line, _ in changed if line.pk]
    if len({key_of(line) for line in (*lines, *new)}) < len(lines) + len(new):
        raise LineTaken
    moment = now or timezone.now()
    entries = list(entries_of(measures, before, [*lines, *new], changed))
    update_tracked(old, {name for fields in names for name in fields}, by=by, at=moment)
    create_tracked(new, by=by, at=moment)
    record(*entries, by=by, at=moment)
    if any(entry.public for entry in entries):
        PublicVersion.raise_()
    derive_health(measure_ids={line.measure_id for line, _ in changed}, now=moment)
    return [line for line, _ in changed]


def _copy(line: BudgetLine) -> BudgetLine:
    names = [one.attname for one in BudgetLine._meta.concrete_fields]
    return BudgetLine(**{name: getattr(line, name) for name in names})


def _refuse_paid_elsewhere(measures: Mapping[int, Measure]) -> None:
    answered = BudgetSource.objects.filter(measure__in=measures).exclude(product="")
    if refused := [measures[pk] for pk in answered.values_list("measure", flat=True)]:
        raise HasNoOwnBudget(refused)


def _matched(edits: Sequence[LineEdit], lines: Iterable[BudgetLine]) -> list[BudgetLine]:
    """The line of each edit, an unsaved one where there is none yet. Raises LinesOvertaken."""
    rows = list(lines)
    by_id, by_key = {line.pk: line for line in rows}, {key_of(line): line for line in rows}
    found: list[BudgetLine] = []
    overtaken: dict[int, BudgetLine | None] = {}
    for place, edit in enumerate(edits):
        line = by_id.get(edit.line_id) if edit.line_id else by_key.get(edit.key)
        if edit.line_id and line is None:
            overtaken[place] = line
        if line is None:
            names = ("measure_id", "year", "kind", *ACCOUNT)
            line = BudgetLine(**{name: getattr(edit, name) for name in names})
        elif edit.expected_version not in (None, line.version):
            overtaken[place] = line
        found.append(line)
    if overtaken:
        raise LinesOvertaken(overtaken)
    return found


def _set(line: BudgetLine, edit: LineEdit) -> list[str]:
    names = [name for name, value in edit.values.items() if getattr(line, name) != value]
    for name in names:
        setattr(line, name, edit.values[name])
    return names


def _refuse_impossible(found: Sequence[BudgetLine], names: Sequence[list[str]]) -> None:
    errors = {
        place: faults
        for place, line in enumerate(found)
        if names[place] and (faults := faults_of_money(line.money, as_of=line.as_of))
    }
    if errors:
        raise AmountsRefused(errors)


@transaction.atomic
def remove_line(*, line_id: int, expected_version: int | None, by: Any, now: datetime | None = None) -> None:
    """Only where it never held an Ansatz, an Ist or a resolved amount. Raises StaleRow or LineIsKept."""
    measures = lock_measures([BudgetLine.objects.values_list("measure_id", flat=True).get(pk=line_id)], by=by)
    line = BudgetLine.locked(line_id, expected_version=expected_version)
    if BudgetLine.history.filter(KEPT, id=line_id).exists():
        raise LineIsKept(line_id)
    record(line_removed(measures[line.measure_id], line), by=by, at=now)
    line._history_user = by
    line.delete()


@transaction.atomic
def set_source(
    *, measure_id: int, product: str, expected_version: int | None, by: Any, now: datetime | None = None
) -> BudgetSource:
    """„Kein eigener Ansatz (aus Produkt …)“; an empty product takes that back. Raises StaleRow or HasOwnBudget.

    `expected_version` is 0 where nothing had been answered.
    """
    measure = lock_measures([measure_id], by=by)[measure_id]
    source = BudgetSource.objects.select_for_update(of=("self",)).filter(measure=measure).first()
    if source and expected_version not in (None, source.version):
        raise StaleRow(source)
    if product and BudgetLine.objects.filter(HOLDS_MONEY, measure=measure).exists():
        raise HasOwnBudget(measure.number)
    source = source or BudgetSource(measure=measure)
    if source.product != product:
        before, source.product = source.product, product
        source.save_tracked(by=by, at=now)
        record(source_changed(measure, before, product), by=by, at=now)
    return source


def keep_resolved(measures: Collection[Measure], *, by: Any, now: datetime) -> None:
    """Today's Bedarf becomes the resolved amount, in the transaction of `masterplan.resolving`.

    A later resolution resolves anew; an edit never touches it.
    """
    days = {measure.pk: measure.resolved_on for measure in measures}
    lines = list(BudgetLine.objects.select_for_update(of=("self",)).filter(measure__in=days).order_by("pk"))
    for line in lines:
        line.resolved, line.resolved_on = line.requested, days[line.measure_id]
    update_tracked(lines, ["resolved", "resolved_on"], by=by, at=now)
