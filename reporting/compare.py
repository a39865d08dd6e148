"""What changed between two payloads, or since the resolution where there is no earlier report. Data only."""

from collections.abc import Iterable
from datetime import date

from ground import formats
from reporting.payload import Change, MeasureState, Payload, Promise

COUNTED = ("POSTPONED", "BROUGHT_FORWARD", "DROPPED")
"""Kinds of promise that move a date; a correction of a typing error moves nothing."""
ENDINGS = {"COMPLETED": "FINISHED", "DEFERRED": "DEFERRED", "REJECTED": "REJECTED", "MERGED": "MERGED"}
ASSESSED = ("CRITICAL", "AT_RISK", "ON_TRACK")
"""Worst first."""
WEIGHT = (
    "WORSE",
    "POSTPONED",
    "DEFERRED",
    "REJECTED",
    "FINISHED",
    "RESUMED",
    "NEW",
    "MERGED",
    "BETTER",
    "BROUGHT_FORWARD",
)


def changes(before: Payload | None, after: Payload) -> tuple[Change, ...]:
    """Weightiest first. A measure that is no longer reported is not named: it may have become non-public."""
    if before is None:
        found = [change for measure in after.measures for change in _since_resolution(measure)]
    else:
        known = {measure.number: measure for measure in before.measures}
        labels = {status.key: status.label for status in (*before.statuses, *after.statuses)}
        found = [
            change
            for measure in after.measures
            for change in (
                _between(known[measure.number], measure, labels) if measure.number in known else [_new(measure)]
            )
        ]
    critical = {measure.number for measure in after.measures if measure.status == "CRITICAL"}
    return tuple(
        sorted(found, key=lambda one: (WEIGHT.index(one.kind), one.number not in critical, -one.days, one.number))
    )


def _since_resolution(measure: MeasureState) -> Iterable[Change]:
    """Each measure against its resolved dates; `times` counts all moves so far."""
    if measure.phase in ENDINGS:
        yield _ended(measure, measure.deadline.baseline)
        return
    end, resolved = measure.planned_end, measure.resolved_end
    if resolved and end != resolved:
        yield _moved(measure, resolved, _reason(measure.promises))


def _between(before: MeasureState, after: MeasureState, labels: dict[str, str]) -> list[Change]:
    if after.phase in ENDINGS:
        return [] if before.phase == after.phase else [_ended(after, before.planned_end)]
    if before.phase in ENDINGS:
        return [_change("RESUMED", after, before.phase_label, after.phase_label, reason=after.sentence)]
    made = after.promises[len(before.promises) :]
    moves = any(promise.kind in COUNTED for promise in made) and before.planned_end != after.planned_end
    moved = _moved(after, before.planned_end, _reason(made)) if moves else None
    turn = _turn(before.status, after.status)
    if turn is None:
        return [moved] if moved else []
    kind = "WORSE" if turn > 0 else "BETTER"
    with_move = moved if moved and moved.kind != ("BROUGHT_FORWARD" if turn > 0 else "POSTPONED") else None
    assessed = _change(
        kind,
        after,
        labels[before.status],
        labels[after.status],
        days=with_move.days if with_move else 0,
        reason=(with_move.reason if with_move else "") or after.sentence,
    )
    return [assessed] if with_move or not moved else [assessed, moved]


def _turn(before: str, after: str) -> int | None:
    """Above 0 for worse, below for better; None where nothing was or is assessed or nothing changed."""
    if after not in ASSESSED or before == after:
        return None
    if before not in ASSESSED:
        return 1 if after != "ON_TRACK" else None
    return ASSESSED.index(before) - ASSESSED.index(after)


def _new(measure: MeasureState) -> Change:
    planned = measure.deadline.end
    end = f"Ende {formats.day(planned)}" if planned else "noch ohne Termin"
    return _change("NEW", measure, "", f"{measure.phase_label}, {end}", reason=measure.basis)


def _ended(measure: MeasureState, promised: date | None) -> Change:
    """`promised` is the end that the report before named."""
    kind = ENDINGS[measure.phase]
    if kind == "MERGED":
        return _change(kind, measure, "", measure.merged_into, reason=measure.sentence)
    if kind != "FINISHED":
        return _change(kind, measure, _day(promised), measure.phase_label, reason=measure.sentence)
    days = (measure.actual_end - promised).days if measure.actual_end and promised else 0
    before = _day(promised) if promised != measure.actual_end else ""
    after = _day(measure.actual_end) + ("" if before else ", wie zuletzt berichtet")
    return _change(kind, measure, before, after, days=days, reason=measure.sentence)


def _moved(measure: MeasureState, before: date | None, reason: str) -> Change:
    days = (measure.planned_end - before).days if measure.planned_end and before else 0
    kind = "BROUGHT_FORWARD" if days < 0 else "POSTPONED"
    return _change(kind, measure, _day(before), _day(measure.planned_end), days=days, reason=reason)


def _reason(promises: Iterable[Promise]) -> str:
    return next((promise.reason for promise in reversed(list(promises)) if promise.kind in COUNTED), "")


def _day(value: date | None) -> str:
    return formats.day(value) if value else "offen"


def _change(kind: str, measure: MeasureState, before: str, after: str, *, days: int = 0, reason: str) -> Change:
    return Change(
        kind=kind,
        number=measure.number,
        before=before,
        after=after,
        days=days,
        times=measure.slip.times if days > 0 and kind != "FINISHED" else 0,
        reason=reason,
    )
