"""Adds measures to the working plan and edits what describes them; never their state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow, create_tracked, keep_sets, update_tracked
from ground.journal import Entry, record
from ground.models import Document, PublicVersion
from masterplan.checks import out_of_service
from masterplan.models import Benefit, BudgetLine, Grant, GrantState, Measure, Visibility
from masterplan.models.budget_line import KEPT
from masterplan.models.kinds import ADDED
from masterplan.rules import basis_holds, numbered
from strategy.models import FieldOfAction

TEXTS = (
    "field",
    "title",
    "teaser",
    "description",
    "objective",
    "beneficiaries",
    "lead_unit",
    "external_partners",
    "responsible",
    "deputy",
    "priority",
    "origin",
    "basis",
    "internal_notes",
)
TIES = ("field", "lead_unit", "responsible", "deputy")
INTERNAL_TEXTS = ("responsible", "deputy", "priority", "internal_notes")
SETS = ("goals", "involved_units")


class SerialTaken(Exception):
    """A number was asked for that another measure has or once had."""


class DeputyIsResponsible(Exception):
    """The same person was to be responsible and deputy."""


class OutOfService(Exception):
    """A person, unit or field of action was named that no measure can be given to any more.

    `errors` names a German sentence by field.
    """

    def __init__(self, measure: Measure, errors: dict[str, str]) -> None:
        super().__init__(measure.number, errors)
        self.errors = errors


class BasisDoesNotHold(Exception):
    """The plan was named as basis without a resolution, or a resolved measure was called routine."""


class AlreadyCommitted(Exception):
    """A measure that is more than a draft (see `is_draft`) is never deleted."""


def next_serial(code: str) -> int:
    """The next running number of a field's code; counts deleted drafts too, for a number is never reused."""
    last: int | None = Measure.history.filter(code=code).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


@transaction.atomic
def add_measure(
    *,
    field: FieldOfAction,
    values: Mapping[str, Any],
    sets: Mapping[str, Collection[Any]] | None = None,
    by: Any,
    now: datetime | None = None,
) -> Measure:
    """A new internal, proposed measure with the next number of its field. `values` are TEXTS, `sets` SETS."""
    require(by, Perm.EDIT_MEASURES)
    FieldOfAction.objects.select_for_update().get(pk=field.pk)
    measure = new_measure(field=field, serial=next_serial(field.code), values=values)
    add_measures([measure], by=by, now=now)
    if sets:
        measure.set_tracked(sets)
        keep_sets([measure])
    return measure


def new_measure(*, field: FieldOfAction, serial: int, values: Mapping[str, Any]) -> Measure:
    """Unsaved, numbered in its field."""
    texts = {name: value for name, value in values.items() if name in TEXTS and name != "field"}
    return Measure(field=field, code=field.code, serial=serial, number=numbered(field.code, serial), **texts)


@transaction.atomic
def add_measures(measures: Sequence[Measure], *, by: Any, now: datetime | None = None) -> list[Measure]:
    """Inserts measures that are already numbered. Raises SerialTaken where a number was ever given, or as an edit."""
    require(by, Perm.EDIT_MEASURES)
    for measure in measures:
        _check(measure, TEXTS)
    moment = now or timezone.now()
    wanted = {measure.number for measure in measures}
    codes = {measure.code for measure in measures}
    used = set(Measure.history.filter(code__in=codes).values_list("number", flat=True))
    if len(wanted) < len(measures) or wanted & used:
        raise SerialTaken(sorted(wanted & used))
    created = create_tracked(measures, by=by, at=moment)
    record(
        *(Entry(subject=one, kind=ADDED, title="Angelegt", after=one.title) for one in created),
        by=by,
        at=moment,
    )
    return created


@transaction.atomic
def edit_measure(
    *,
    measure_id: int,
    values: Mapping[str, Any],
    sets: Mapping[str, Collection[Any]] | None = None,
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Measure:
    """Changes what describes a measure; the reason stays inside.

    Raises StaleRow, DeputyIsResponsible, BasisDoesNotHold or OutOfService.
    """
    require(by, Perm.EDIT_MEASURES)
    moment = now or timezone.now()
    measure = Measure.locked(measure_id, expected_version=expected_version)
    changed = [name for name in TEXTS if name in values and getattr(measure, name) != values[name]]
    changed_sets = [name for name in SETS if sets and name in sets and _differs(measure, name, sets[name])]
    if not changed and not changed_sets:
        return measure
    for name in changed:
        setattr(measure, name, values[name])
    _check(measure, changed)
    measure.set_tracked({name: (sets or {})[name] for name in changed_sets})
    measure.save_tracked(by=by, reason=reason, at=moment)
    record(_edited(measure, [*changed, *changed_sets], reason), by=by, at=moment)
    if measure.is_public and (changed_sets or set(changed) - set(INTERNAL_TEXTS)):
        PublicVersion.raise_()
    return measure


def edit_measures(
    *, versions: Mapping[int, int | None], values: Mapping[str, Any], by: Any, now: datetime | None = None
) -> list[Measure]:
    """Gives many measures the same TEXTS, all or none; returns those that changed.

    `versions` holds the expected version (or None) by the measure's id. Raises as `edit_measure` does.
    """
    edits = [Edit(measure_id=pk, values=values, expected_version=version) for pk, version in versions.items()]
    return edit_each(edits, by=by, now=now)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """New TEXTS for one measure."""

    measure_id: int
    values: Mapping[str, Any]
    expected_version: int | None = None


@transaction.atomic
def edit_each(edits: Sequence[Edit], *, by: Any, now: datetime | None = None) -> list[Measure]:
    """Gives each measure its own TEXTS, all or none; returns those that changed.

    Raises StaleRow, DeputyIsResponsible, BasisDoesNotHold or OutOfService.
    """
    require(by, Perm.EDIT_MEASURES)
    moment = now or timezone.now()
    wanted = {edit.measure_id: edit for edit in edits}
    rows = Measure.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    changes: dict[Measure, list[str]] = {}
    for measure in rows.select_related("field", "lead_unit", "responsible", "deputy"):
        edit = wanted[measure.pk]
        if edit.expected_version not in (None, measure.version):
            raise StaleRow(measure)
        if names := [name for name in TEXTS if name in edit.values and getattr(measure, name) != edit.values[name]]:
            for name in names:
                setattr(measure, name, edit.values[name])
            _check(measure, names)
            changes[measure] = names
    update_tracked(list(changes), {name for names in changes.values() for name in names}, by=by, at=moment)
    record(*(_edited(measure, names) for measure, names in changes.items()), by=by, at=moment)
    if any(measure.is_public and set(names) - set(INTERNAL_TEXTS) for measure, names in changes.items()):
        PublicVersion.raise_()
    return list(changes)


@transaction.atomic
def delete_draft(*, measure_id: int, by: Any) -> None:
    """Removes a measure that is but a draft; its number stays used. Raises AlreadyCommitted."""
    require(by, Perm.EDIT_MEASURES)
    measure = Measure.locked(measure_id, expected_version=None)
    if not is_draft(measure):
        raise AlreadyCommitted(measure.number)
    record(Entry(subject=measure, kind="measure.deleted", title="Entwurf gelöscht", before=measure.title), by=by)
    measure._history_user = by
    documents = list(measure.attachments.values_list("document", flat=True))
    measure.delete()
    Document.objects.filter(pk__in=documents).erase()


def is_draft(measure: Measure) -> bool:
    """Never public, confidential or resolved, so that no report told of it; nothing reported, promised or merged, no
    money appropriated or spent, no grant applied for, no benefit measured, no risk, and nothing that waits."""
    kept = (
        Measure.history.filter(id=measure.pk).exclude(visibility=Visibility.INTERNAL),
        BudgetLine.history.filter(KEPT, measure_id=measure.pk),
        Grant.history.filter(measure_id=measure.pk).exclude(state=GrantState.PLANNED),
        Benefit.history.filter(measure_id=measure.pk).exclude(achieved=None),
        measure.updates.all(),
        measure.promises.all(),
        measure.merged_from.all(),
        measure.attachments.exclude(published_at=None),
        measure.risks.all(),
        measure.dependencies_before.all(),
        measure.dependencies_after.all(),
    )
    return not measure.is_committed and not any(rows.exists() for rows in kept)


def _check(measure: Measure, changed: Collection[str]) -> None:
    if measure.responsible_id and measure.responsible_id == measure.deputy_id:
        raise DeputyIsResponsible(measure.number)
    if "basis" in changed and not basis_holds(measure.basis, is_resolved=measure.resolved_on is not None):
        raise BasisDoesNotHold(measure.number)
    if found := {name: said for name in changed if name in TIES and (said := out_of_service(getattr(measure, name)))}:
        raise OutOfService(measure, found)


def _edited(measure: Measure, names: Sequence[str], reason: str = "") -> Entry:
    labels = ", ".join(str(label_for_field(name, Measure)) for name in names)
    return Entry(subject=measure, kind="measure.edited", title="Bearbeitet", after=labels, reason=reason)


def _differs(measure: Measure, name: str, wanted: Collection[Any]) -> bool:
    return {row.pk for row in getattr(measure, name).all()} != {row.pk for row in wanted}
