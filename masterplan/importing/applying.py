"""Takes a list over, all of it or nothing."""

from collections.abc import Mapping as Versions
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow
from ground.moments import one_at_a_time
from masterplan.importing.checking import CellError
from masterplan.importing.comparing import plan_import
from masterplan.importing.known import known_to
from masterplan.importing.mapping import Mapping
from masterplan.importing.meanings import Meanings
from masterplan.importing.plan import ImportPlan, PlannedRow, Verdict
from masterplan.importing.table import Table
from masterplan.linking import DEPENDENCIES, DependencyRefused, Link, depend_many, undepend
from masterplan.meanwhile import Meanwhile, changed_since
from masterplan.models import Dependency, Measure
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


class PreviewOvertaken(Exception):
    """Measures changed after the preview was made; nothing was written."""

    def __init__(self, measures: tuple[Meanwhile, ...] = ()) -> None:
        super().__init__([one.measure.number for one in measures])
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
            one_at_a_time(DEPENDENCIES)
            today = timezone.localdate(moment)
            known = known_to(by, today)
            plan = plan_import(table, mapping, known, meanings=meanings, today=today)
            if plan.errors:
                raise ListHasErrors(plan.errors)
            _check_versions(plan, versions)
            if plan.needs_reason and not reason.strip():
                raise ImportReasonMissing
            _write(plan, reason, by=by, now=moment)
    except (IntegrityError, SerialTaken, StaleRow, DependencyRefused) as meanwhile:
        raise PreviewOvertaken from meanwhile
    return plan


def _check_versions(plan: ImportPlan, versions: Versions[str, int] | None) -> None:
    if versions is None:
        return
    overtaken = [
        row.measure
        for row in plan.changes
        if versions.get(row.measure.number) != (row.measure.version if row.verdict == Verdict.CHANGED else None)
        or (row.waits and row.measure.pk and versions.get(row.waiting) != row.waits.version)
    ]
    if overtaken:
        seen = {measure.pk: versions[measure.number] for measure in overtaken if measure.number in versions}
        raise PreviewOvertaken(changed_since(overtaken, seen))


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
    _let_wait([row for row in plan.rows if row.waits], by=by, now=now)


def _let_wait(rows: list[PlannedRow], *, by: Any, now: datetime) -> None:
    waits = {row.measure.pk: row.waits for row in rows if row.waits and (row.waits.added or row.waits.removed)}
    current = Dependency.objects.current().between_measures().filter(successor__in=waits)
    ended = [
        pk
        for pk, before, after in current.values_list("pk", "predecessor__number", "successor")
        if before in waits[after].removed
    ]
    if ended:
        undepend(dependency_ids=ended, by=by, now=now)
    numbers = {number for one in waits.values() for number in one.added}
    ids = dict(Measure.objects.filter(number__in=numbers).values_list("number", "pk"))
    links = [Link(predecessor_id=ids[number], successor_id=pk) for pk, one in waits.items() for number in one.added]
    if links:
        depend_many(links, by=by, now=now)
