"""Whose figures one may write: with the right to edit the budget, those of the measures that one sees."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied

from accounts.access import Perm, require
from masterplan.models import Measure


def lock_measures(measure_ids: Collection[int], *, by: Any) -> dict[int, Measure]:
    """The measures by id, locked in one order. Raises PermissionDenied, also for a measure that `by` does not see."""
    require(by, Perm.EDIT_BUDGET)
    visible = Measure.objects.current() if by is None else Measure.objects.visible_to(by)
    rows = visible.select_for_update(of=("self",)).filter(pk__in=measure_ids).order_by("pk")
    found = {measure.pk: measure for measure in rows}
    if set(measure_ids) - found.keys():
        raise PermissionDenied
    return found
