"""Keeps what was promised: each due date of a committed measure, and each move of it, stays as a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from masterplan.models import DueDatePromise, Measure, Milestone, PromiseKind
from masterplan.rules import kind_of_move


@dataclass(frozen=True, kw_only=True)
class Move:
    """A due date that changes: of the measure's end, or of a milestone."""

    measure: Measure
    milestone: Milestone | None = None
    due: date | None
    correction: bool = False
    reason: str = ""


def keep_promises(moves: Iterable[Move], *, on: date, by: Any) -> list[DueDatePromise]:
    """One promise per move, dated `on`; a first date without any earlier promise is the first promise.

    A date that returns after it was dropped counts from the last one that was promised; the same date is renewed.
    """
    wanted = list(moves)
    standing, last = _promised({move.measure.pk for move in wanted})
    rows = []
    for move in wanted:
        key = (move.measure.pk, move.milestone.pk if move.milestone else None)
        previous = last.get(key)
        if move.due == standing.get(key):
            continue
        kind = PromiseKind(kind_of_move(previous, move.due, move.correction and previous is not None))
        rows.append(
            DueDatePromise(
                measure=move.measure,
                milestone=move.milestone,
                kind=kind,
                promised_on=on,
                due=move.due,
                previous=previous,
                days=(move.due - previous).days if move.due and previous else 0,
                reason=move.reason,
                public=move.measure.is_public,
                author=by,
            )
        )
    return DueDatePromise.objects.bulk_create(rows, batch_size=500)


def first_promises(measures: Iterable[Measure]) -> tuple[list[Move], list[Milestone]]:
    """The moves that make today's planned dates promises, and the milestones among them, with `first_promised` set.

    For measures that have just become public or resolved; sets `first_promised_end` on them, saving is the caller's.
    """
    moves, milestones = [], []
    committed = [measure for measure in measures if measure.first_promised_end is None and measure.planned_end]
    for measure in committed:
        measure.first_promised_end = measure.planned_end
        moves.append(Move(measure=measure, due=measure.planned_end))
    by_pk = {measure.pk: measure for measure in measures}
    for milestone in Milestone.objects.current().filter(measure__in=by_pk, first_promised=None).exclude(planned=None):
        milestone.first_promised = milestone.planned
        milestones.append(milestone)
        moves.append(Move(measure=by_pk[milestone.measure_id], milestone=milestone, due=milestone.planned))
    return moves, milestones


type Promised = dict[tuple[int, int | None], date | None]


def _promised(measure_ids: set[int]) -> tuple[Promised, Promised]:
    """What is promised now (None where it was dropped), and the last day that was ever promised."""
    rows = (
        DueDatePromise.objects.filter(measure_id__in=measure_ids)
        .order_by("promised_on", "pk")
        .values_list("measure_id", "milestone_id", "due")
    )
    standing: Promised = {(measure, milestone): due for measure, milestone, due in rows}
    last: Promised = {(measure, milestone): due for measure, milestone, due in rows if due}
    return standing, last
