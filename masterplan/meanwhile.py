"""What others changed of measures between the preview of a change to many and its confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ground.chronicle import Line
from masterplan.change import CONTROLLED
from masterplan.chronicle import RELATED, label, words
from masterplan.models import Measure
from masterplan.planning import TEXTS

COMPARED = (*TEXTS, *CONTROLLED, "visibility")


@dataclass(frozen=True)
class Meanwhile:
    """A measure as the preview showed it and as it is; no lines where its goals, units or milestones changed."""

    measure: Measure
    who: str
    lines: tuple[Line, ...]


def changed_since(measures: Sequence[Measure], versions: Mapping[int, int]) -> tuple[Meanwhile, ...]:
    """`versions` are those that the preview showed, by the measure's id."""
    history: Any = Measure.history
    rows = history.filter(id__in=[measure.pk for measure in measures if measure.pk]).select_related(*RELATED)
    seen, last = {}, {}
    for row in rows.order_by("history_id"):
        last[row.id] = row
        if versions.get(row.id) == row.version:
            seen[row.id] = row
    return tuple(
        Meanwhile(measure, _who(last.get(measure.pk)), _lines(seen.get(measure.pk), last.get(measure.pk)))
        for measure in measures
    )


def _who(row: Any) -> str:
    return str((row and row.history_user) or "das System")


def _lines(before: Any, after: Any) -> tuple[Line, ...]:
    if before is None:
        return ()
    pairs = [(name, words(Measure, before, name), words(Measure, after, name)) for name in COMPARED]
    return tuple(Line(label(name), was, now) for name, was, now in pairs if was != now)
