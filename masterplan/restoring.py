"""Takes an earlier value of a measure back; as a new value, so that nothing in between is lost."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from masterplan.change import CONTROLLED
from masterplan.models import Measure
from masterplan.planning import TEXTS, edit_measure
from masterplan.updating import NewState, report


class CannotRestore(Exception):
    """The field is not one whose earlier value can be taken back."""


@transaction.atomic
def restore(
    *,
    measure_id: int,
    history_id: int,
    field: str,
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Measure:
    """Gives `field` the value it had in the history row. A date becomes a new promise; none is removed.

    Raises CannotRestore, StaleRow, ReasonMissing or InvalidChange.
    """
    require(by, Perm.EDIT_MEASURES)
    earlier = Measure.history.get(history_id=history_id, id=measure_id)
    if field in TEXTS:
        value = getattr(earlier, field)
        return edit_measure(
            measure_id=measure_id, values={field: value}, expected_version=expected_version, by=by, now=now
        )
    if field not in CONTROLLED:
        raise CannotRestore(field)
    state = NewState(
        measure_id=measure_id,
        values={field: getattr(earlier, field)},
        reason=reason,
        expected_version=expected_version,
    )
    report(state, by=by, now=now)
    return Measure.objects.get(pk=measure_id)
