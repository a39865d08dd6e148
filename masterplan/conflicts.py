"""What a form of a measure began from and what the row says now, for a form that was overtaken."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.forms import BaseForm

from ground.overtaken import Overtaken, overtaken
from masterplan.models import Measure, Milestone
from masterplan.planning import SETS
from masterplan.restoring import set_in


def compare(form: BaseForm, current: Measure | Milestone, names: Iterable[str]) -> Overtaken | None:
    """None where the version that the form began from was never kept."""
    history: Any = type(current).history
    rows = history.filter(id=current.pk).order_by("-history_id").select_related("history_user")
    base, last = rows.filter(version=form.cleaned_data["version"]).first(), rows.first()
    if base is None or last is None:
        return None
    return overtaken(
        form,
        base={name: _value(base, name, historic=True) for name in names},
        theirs={name: _value(current, name, historic=False) for name in names},
        who=last.history_user,
        when=last.history_date,
    )


def _value(row: Model, name: str, *, historic: bool) -> Any:
    if name in SETS:
        return set_in(row, name) if historic else list(getattr(row, name).all())
    return getattr(row, name)
