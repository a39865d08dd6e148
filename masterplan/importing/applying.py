"""Takes a list over, all of it or nothing."""

from collections.abc import Mapping as Versions
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow
from masterplan.importing.checking import CellError
from masterplan.importing.columns import COLUMNS, Kind
from masterplan.importing.comparing import plan_import
from masterplan.importing.differing import in_words
from masterplan.importing.known import known_to
from masterplan.importing.mapping import Mapping
from masterplan.importing.meanings import Meanings
from masterplan.importing.plan import Difference, ImportPlan, PlannedRow, Verdict
from masterplan.importing.table import Table
from masterplan.models import Measure
from masterplan.planning import Edit, SerialTaken, add_measures, edit_each
from masterplan.updating import NewState, report_many
from strategy.adding import add_fields
from strategy.models import FieldOfAction


class ListHasErrors(Exception):
    """Rows of the list cannot be taken over; `errors` names them."""

    def __init__(self, errors: tuple[CellError, ...]) -> None:
        super().__init__(len(errors))
        self.errors = errors


class ImportReasonMissing(Exception):
    """The list changes the state of public or resolved measures, and no reason was given."""


@dataclass(frozen=True)
class Overtaken:
    """A measure that someone changed after the preview: what was shown then, what is there now."""

    number: str
    title: str
    differences: tuple[Difference, ...]


class PreviewOvertaken(Exception):
    """Measures changed after the preview was made; nothing was written."""

    def __init__(self, measures: tuple[Overtaken, ...] = ()) -> None:
        super().__init__([measure.number for measure in measures])
        self.measures = measures


def import_table(
    table: Table,
    mapping: Mapping,
    *,
    meanings: Meanings | None = None,
    versions: Versions[str, int] | None = None,
    reason: str = "",
    by: Any,
    now: datetime | None = None,
) -> ImportPlan:
    """Writes what the list changes and returns it. `versions` are those that the preview was made from.

    Raises ListHasErrors, ImportReasonMissing or PreviewOvertaken; then nothing was written.
    """
    require(by, Perm.IMPORT_MEASURES)
    moment = now or timezone.now()
    try:
        with transaction.atomic():
            list(FieldOfAction.objects.select_for_update().order_by("pk"))
            known, today = known_to(by), timezone.localdate(moment)
            plan = plan_import(table, mapping, known, meanings=meanings, today=today)
            if plan.errors:
                raise ListHasErrors(plan.errors)
            _check_versions(plan, versions)
            if plan.needs_reason and not reason.strip():
                raise ImportReasonMissing
            _write(plan, reason, by=by, now=moment)
    except (IntegrityError, SerialTaken, StaleRow) as meanwhile:
        raise PreviewOvertaken from meanwhile
    return plan


def _check_versions(plan: ImportPlan, versions: Versions[str, int] | None) -> None:
    if versions is None:
        return
    overtaken = [
        row
        for row in plan.changes
        if versions.get(row.measure.number) != (row.measure.version if row.verdict == Verdict.CHANGED else None)
    ]
    if overtaken:
        raise PreviewOvertaken(_told(overtaken, versions))


def _told(rows: list[PlannedRow], versions: Versions[str, int]) -> tuple[Overtaken, ...]:
    """What changed since the preview, from the history of each measure."""
    then = {
        (row.id, row.version): row
        for row in Measure.history.filter(id__in=[row.measure.pk for row in rows if row.measure.pk])
        .select_related("field", "lead_unit", "responsible", "deputy")
        .order_by("history_id")
    }
    told = []
    for row in rows:
        now = row.measure
        earlier = then.get((now.pk, versions.get(now.number)))
        told.append(Overtaken(now.number, now.title, _between(earlier, now) if earlier else ()))
    return tuple(told)


def _between(earlier: Any, now: Measure) -> tuple[Difference, ...]:
    pairs = [
        (
            column.label,
            in_words(column.key, getattr(earlier, column.key)),
            in_words(column.key, getattr(now, column.key)),
        )
        for column in COLUMNS
        if column.kind not in (Kind.NUMBER, Kind.SHOWN)
    ]
    return tuple(Difference(label, before, after) for label, before, after in pairs if before != after)


def _write(plan: ImportPlan, reason: str, *, by: Any, now: datetime) -> None:
    add_fields(plan.new_fields, by=by, now=now)
    add_measures([row.measure for row in plan.rows if row.verdict == Verdict.NEW], by=by, now=now)
    edit_each(
        [
            Edit(measure_id=row.measure.pk, values=row.texts, expected_version=row.measure.version)
            for row in plan.rows
            if row.verdict == Verdict.CHANGED and row.texts
        ],
        by=by,
        now=now,
    )
    report_many(
        [
            NewState(
                measure_id=row.measure.pk,
                values=row.state,
                reason=reason,
                expected_version=None if row.texts or row.verdict == Verdict.NEW else row.measure.version,
            )
            for row in plan.rows
            if row.state
        ],
        by=by,
        now=now,
    )
