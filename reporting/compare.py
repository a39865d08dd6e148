"""What changed between two payloads, or since the resolution where there is no earlier report, and what became of the
milestones that were promised then. Data only."""

from collections.abc import Iterable
from datetime import date

from ground import formats
from ground.halfyears import HalfYear
from reporting.payload import Change, DueMilestone, MeasureState, MilestoneState, Payload, Promise

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
    """Weightiest first: of what is critical now, then by kind and days.

    A measure that is no longer reported is not named: it may have become non-public.
    """
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
        sorted(found, key=lambda one: (one.number not in critical, WEIGHT.index(one.kind), -one.days, one.number))
    )


def _since_resolution(measure: MeasureState) -> Iterable[Change]:
    """Each measure against its resolved dates; `times` counts all moves so far."""
    if measure.phase in ENDINGS:
        yield _ended(measure, measure.baseline_end)
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
    planned = measure.end
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


def due_milestones(before: Payload | None, after: Payload) -> tuple[DueMilestone, ...]:
    """Earliest first. Of measures that are no longer reported none is named."""
    last_day = HalfYear(after.year, after.half).end
    measures = {measure.number: measure for measure in after.measures}
    found = [
        _became(milestone, promised, milestone.moves if before else 0, measures[number])
        for number, milestone, promised in _promised(before, after)
        if number in measures
    ]
    return tuple(sorted((one for one in found if one.promised <= last_day), key=lambda one: (one.promised, one.number)))


def _promised(before: Payload | None, after: Payload) -> Iterable[tuple[str, MilestoneState, date]]:
    """Each milestone with its measure's number and its date: what the report before left open, else what the plan
    left for this half-year."""
    if before:
        for measure in before.measures:
            for one in measure.milestones if measure.is_active else ():
                if one.planned and not one.reached_on:
                    yield measure.number, one, one.planned
        return
    first_day = HalfYear(after.year, after.half).start
    for measure in after.measures:
        for one in measure.milestones:
            promised = one.resolved or one.first_promised
            if promised and (one.reached_on >= first_day if one.reached_on else measure.is_active):
                yield measure.number, one, promised


def _became(was: MilestoneState, promised: date, moves: int, measure: MeasureState) -> DueMilestone:
    """`moves` is how often it had been moved when it was promised; later without a move is a correction."""
    now = next((one for one in measure.milestones if _is_same(one, was)), None)
    if now and now.planned and now.planned > promised and now.moves == moves:
        promised = now.planned
    return DueMilestone(
        key=now.key if now else was.key,
        number=measure.number,
        title=now.title if now else was.title,
        promised=promised,
        original=was.resolved or was.first_promised,
        became=_fate(now, promised, is_pursued=measure.is_active),
        day=(now.reached_on or now.planned) if now else None,
    )


def _is_same(one: MilestoneState, other: MilestoneState) -> bool:
    return one.key == other.key if other.key else one.title == other.title


def _fate(now: MilestoneState | None, promised: date, *, is_pursued: bool) -> str:
    if now and now.reached_on:
        return "LATE" if now.reached_on > promised else "REACHED"
    if now is None or not is_pursued:
        return "DROPPED"
    return "OPEN" if now.planned and now.planned <= promised else "POSTPONED"
