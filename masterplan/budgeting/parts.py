"""Grants, running costs and benefits of a measure: added, changed, removed. All of it stays inside."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ground.journal import Entry, record
from masterplan.budgeting.rights import lock_measures
from masterplan.models import Benefit, Grant, RunningCost

type Part = Grant | RunningCost | Benefit
PARTS: tuple[type[Part], ...] = (Grant, RunningCost, Benefit)


class PartIsKept(Exception):
    """What was applied for, or achieved, is ended by its state or figure, never removed."""


@transaction.atomic
def add_part(
    model: type[Part], *, measure_id: int, values: Mapping[str, Any], by: Any, now: datetime | None = None
) -> Part:
    measure = lock_measures([measure_id], by=by)[measure_id]
    part = model(measure=measure, **values)
    part.save_tracked(by=by, at=now)
    record(_told(part, "angelegt"), by=by, at=now)
    return part


@transaction.atomic
def edit_part(
    model: type[Part],
    *,
    part_id: int,
    values: Mapping[str, Any],
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Part:
    """Raises StaleRow."""
    part = _locked(model, part_id, expected_version, by=by)
    if any(getattr(part, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(part, name, value)
        part.save_tracked(by=by, at=now)
        record(_told(part, "geändert"), by=by, at=now)
    return part


@transaction.atomic
def remove_part(
    model: type[Part], *, part_id: int, expected_version: int | None, by: Any, now: datetime | None = None
) -> None:
    """Raises StaleRow or PartIsKept."""
    part = _locked(model, part_id, expected_version, by=by)
    if part.is_kept:
        raise PartIsKept(part_id)
    record(_told(part, "gelöscht"), by=by, at=now)
    part._history_user = by
    part.delete()


def _locked(model: type[Part], part_id: int, expected_version: int | None, *, by: Any) -> Part:
    lock_measures([model._base_manager.values_list("measure_id", flat=True).get(pk=part_id)], by=by)
    part: Part = model.locked(part_id, expected_version=expected_version)
    return part


def _told(part: Part, what: str) -> Entry:
    name = str(part._meta.verbose_name)
    return Entry(subject=part.measure, kind=f"budget.{part._meta.model_name}", title=f"{name} {what}", after=str(part))
