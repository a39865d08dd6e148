"""What follows from new dates of a measure and its milestones, said before they are saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.access import Perm
from council.models import Meeting
from ground.formats import counted, day, days_moved, euro, listed, sentence_start
from masterplan.checks import PROMISE_KEPT
from masterplan.knock_on import Consequence, of_moved_dates
from masterplan.models import BudgetLine, DueDatePromise, Measure, Milestone, PromiseKind
from masterplan.models.promise import PromiseQuerySet
from masterplan.rules.waiting import years_crossed

ORDINALS = ("erste", "zweite", "dritte", "vierte", "fünfte", "sechste")
NOT_PROMISED = "Das ist noch Planung: Zugesagt wird ein Termin mit der Veröffentlichung oder dem Beschluss."

Dates = Mapping[str, date | None]


@dataclass(frozen=True)
class Move:
    """A date that becomes another."""

    before: date | None
    after: date | None
    milestone: Milestone | None = None


def consequences(
    measure: Measure,
    *,
    values: Mapping[str, Any],
    milestones: Mapping[int, Dates] | None = None,
    correction: bool = False,
    reader: Any,
    now: datetime,
) -> list[Consequence]:
    """For `reader`, who may not see every measure that follows. `values` are new CONTROLLED fields, `milestones` new
    dates by id, as `masterplan.new_state.NewState` has them. Empty where no date changes.
    """
    moves = _moves(measure, values, milestones or {})
    following = of_moved_dates(measure, values, milestones or {}, reader)
    if not moves:
        return following
    return [
        *_promises(measure, moves, correction),
        *_milestones_after(measure, values, milestones or {}),
        *following,
        *_budget(measure, moves, reader, timezone.localdate(now)),
        *_told(measure, now),
    ]


def _moves(measure: Measure, values: Mapping[str, Any], milestones: Mapping[int, Dates]) -> list[Move]:
    moves = []
    if "planned_end" in values and values["planned_end"] != measure.planned_end:
        moves.append(Move(measure.planned_end, values["planned_end"]))
    wanted = {pk: dates["planned"] for pk, dates in milestones.items() if "planned" in dates}
    for milestone in measure.milestones.filter(pk__in=wanted) if wanted else ():
        if milestone.planned != wanted[milestone.pk]:
            moves.append(Move(milestone.planned, wanted[milestone.pk], milestone))
    return moves


def _promises(measure: Measure, moves: list[Move], correction: bool) -> Iterator[Consequence]:
    if not measure.is_committed:
        by = [days_moved((one.after - one.before).days) for one in moves if one.after and one.before]
        told = f"{by[0]}. " if len(moves) == 1 and by else ""
        yield Consequence(f"{told}{NOT_PROMISED}", "calendar")
        return
    for move in moves:
        rows = DueDatePromise.objects.filter(measure=measure, milestone=move.milestone)
        if sentence := _promise(rows, move.after, correction):
            named = f"Meilenstein „{move.milestone.title}“: " if move.milestone and len(moves) > 1 else ""
            yield Consequence(f"{named}{sentence}", "calendar")


def _promise(rows: PromiseQuerySet, due: date | None, correction: bool) -> str:
    last = rows.exclude(due=None).order_by("promised_on", "pk").values_list("due", flat=True).last()
    if due is None:
        return PROMISE_KEPT if last else ""
    if last is None:
        return f"Erste Zusage: {day(due)}."
    moved = days_moved((due - last).days)
    if correction:
        return f"{moved} als Korrektur: Sie zählt nicht als Verschiebung und bleibt gekennzeichnet sichtbar."
    if due > last:
        times = rows.filter(kind=PromiseKind.POSTPONED).count()
        which = ORDINALS[times] if times < len(ORDINALS) else f"{times + 1}."
        return f"{moved}, {which} Verschiebung. Die alte Zusage bleibt sichtbar."
    return f"{moved}, vorgezogen. Die alte Zusage bleibt sichtbar." if due < last else ""


def _milestones_after(
    measure: Measure, values: Mapping[str, Any], milestones: Mapping[int, Dates]
) -> Iterator[Consequence]:
    end = values.get("planned_end", measure.planned_end)
    if not end:
        return
    planned = dict(measure.milestones.open().values_list("pk", "planned"))
    planned |= {pk: dates["planned"] for pk, dates in milestones.items() if "planned" in dates and pk in planned}
    after = sum(1 for one in planned.values() if one and one > end)
    if after:
        lie = "liegt" if after == 1 else "liegen"
        told = f"{counted(after, 'Meilenstein', 'Meilensteine', 'ein')} {lie} dann nach dem Ende: Verlegen Sie das "
        yield Consequence(f"{sentence_start(told)}zuerst.", "triangle", "risk")


def _budget(measure: Measure, moves: list[Move], reader: Any, today: date) -> Iterator[Consequence]:
    """A year that is over already is crossed no more; what would be left of its money is for who reads the budget."""
    years = sorted({year for one in moves for year in years_crossed(max(one.before or today, today), one.after)})
    if not years:
        return
    subject = "Das Haushaltsjahr {} wird" if len(years) == 1 else "Die Haushaltsjahre {} werden"
    said = f"{subject.format(listed([str(year) for year in years]))} überschritten"
    if left := _left(measure, years) if reader.has_perm(Perm.READ_BUDGET) else []:
        said += f"; zu übertragen: {listed(left)}"
    yield Consequence(f"{said}.", "triangle", "risk")


def _left(measure: Measure, years: list[int]) -> list[str]:
    """What may be spent and is not, by kind; these are never one sum."""
    sums = BudgetLine.objects.filter(measure=measure, year__in=years).sums()
    left = {kind: money.financed - (money.spent or 0) for (kind,), money in sums.items()}
    return [f"{euro(amount)} {kind.short}" for kind, amount in left.items() if amount > 0]


def _told(measure: Measure, now: datetime) -> Iterator[Consequence]:
    if not measure.is_public and measure.resolved_on is None:
        return
    meetings = Meeting.objects.upcoming(now).filter(committee__receives_reports=True)
    if start := meetings.values_list("start", flat=True).first():
        yield Consequence(f"Der Ausschuss erfährt es in der Sitzung am {day(timezone.localdate(start))}.", "info")
