"""Reads a measure's fields, sets included, from the row or from its history, for a form that was overtaken."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm

from ground import overtaken
from ground.overtaken import Overtaken
from masterplan.models import Measure, Milestone
from masterplan.planning import SETS
from masterplan.restoring import set_in


def compare(form: BaseForm, current: Measure | Milestone, names: Iterable[str]) -> Overtaken:
    return overtaken.compare(form, current, names, value=_value)


def _value(row: Any, name: str) -> Any:
    if name not in SETS:
        return getattr(row, name)
    return list(getattr(row, name).all()) if isinstance(row, Measure) else set_in(row, name)
