"""Lets the invented figures happen: asked for, appropriated, spent, each at its day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from masterplan.budgeting.lines import LineEdit, set_lines, set_source
from masterplan.budgeting.parts import add_part
from masterplan.budgeting.proposals import propose
from masterplan.models import Benefit, Grant, GrantState, RunningCost, Visibility
from portal.demo.happening import Cast, Happening
from portal.demo.measures import MEASURES
from portal.demo.money import BENEFITS, COSTS, FURTHER, GRANTS, NO_OWN_BUDGET, PROPOSED, RUNNING, Costs

ASKED = 14
"""Days after a measure was added."""
APPROPRIATED = (-420, -190)
"""When the Ansatz of last year and of this was set, in days from today."""
SUPPLEMENT, CLOSED, SPENT, REST = -72, -130, -9, -60
"""When the Nachtrag came, the Ist of last year and of this, and all that is not a line."""

type Figures = tuple[Costs, int, dict[str, Any]]
"""A line's costs, its year from this one, and what is written."""


def budget_happenings(cast: Cast) -> Iterator[Happening]:
    """In no order."""
    added = {planned.number: planned.added for planned in MEASURES}
    for number in dict.fromkeys(one.number for one in COSTS):
        yield _written(cast, added[number] + ASKED, _asked(one for one in COSTS if one.number == number))
    for place, day in enumerate(APPROPRIATED):
        known = [one for one in COSTS if one.appropriated[place]]
        figures = [(one, place - 1, {"appropriated": Decimal(one.appropriated[place])}) for one in known]
        yield _written(cast, day, figures)
    yield _written(cast, SUPPLEMENT, _further())
    yield _written(cast, CLOSED, _spent(cast, 0, CLOSED))
    if cast.calendar.today.month > 1:
        yield _written(cast, SPENT, _spent(cast, 1, SPENT))
    yield _rest(cast)


def _asked(costs: Iterable[Costs]) -> list[Figures]:
    return [
        (one, place - 1, {"requested": Decimal(amount)})
        for one in costs
        for place, amount in enumerate(one.requested)
        if amount
    ]


def _further() -> list[Figures]:
    by_key = {(one.number, one.kind): one for one in COSTS}
    return [
        (by_key[number, kind], 0, {name: Decimal(amount) for name, amount in values.items()})
        for number, kind, values in FURTHER
    ]


def _spent(cast: Cast, place: int, day: int) -> list[Figures]:
    """Booked up to the end of that year, or to the month before."""
    today = cast.calendar.today
    until = date(today.year - 1, 12, 31) if not place else today.replace(day=1) - timedelta(days=1)
    as_of = min(until, cast.moment(day).date())
    return [
        (one, place - 1, {"spent": Decimal(one.spent[place]), "as_of": as_of})
        for one in COSTS
        if one.appropriated[place]
    ]


def _written(cast: Cast, day: int, figures: list[Figures]) -> Happening:
    """By the Kämmerei; what is confidential only the Digital Officer sees."""
    now = cast.moment(day, 11, 30)
    hidden = {one.number for one in MEASURES if one.visibility == Visibility.CONFIDENTIAL}

    def happen() -> None:
        for by, is_hidden in ((cast.users["kaemmerei"], False), (cast.officer, True)):
            edits = [_edit(cast, one) for one in figures if (one[0].number in hidden) == is_hidden]
            if edits:
                set_lines(edits, by=by, now=now)

    return Happening(now, happen)


def _edit(cast: Cast, figures: Figures) -> LineEdit:
    costs, year, values = figures
    return LineEdit(
        measure_id=cast.measures[costs.number].pk,
        year=cast.calendar.today.year + year,
        kind=costs.kind,
        product=costs.product,
        values=values,
    )


def _rest(cast: Cast) -> Happening:
    now = cast.moment(REST, 11)
    this_year = cast.calendar.today.year

    def happen() -> None:
        treasurer: dict[str, Any] = {"by": cast.users["kaemmerei"], "now": now}
        number, product = NO_OWN_BUDGET
        set_source(measure_id=cast.measures[number].pk, product=product, expected_version=None, **treasurer)
        for number, programme, payer, share, state, days in GRANTS:
            due = {"apply_by" if state == GrantState.PLANNED else "proof_by": cast.calendar.workday(days)}
            values = {"programme": programme, "payer": payer, "state": state, **share, **due}
            add_part(Grant, measure_id=cast.measures[number].pk, values=values, **treasurer)
        for number, what, yearly, years in RUNNING:
            values = {"what": what, "yearly": yearly, "from_year": this_year + years}
            add_part(RunningCost, measure_id=cast.measures[number].pk, values=values, **treasurer)
        for number, who, what, unit, claimed, achieved in BENEFITS:
            as_of = None if achieved is None else now.date()
            values = {"who": who, "what": what, "unit": unit, "claimed": claimed, "achieved": achieved, "as_of": as_of}
            add_part(Benefit, measure_id=cast.measures[number].pk, values=values, **treasurer)
        _propose(cast, now)

    return Happening(now, happen)


def _propose(cast: Cast, now: datetime) -> None:
    number, years, kind, amount, why = PROPOSED
    measure, year = cast.measures[number], cast.calendar.today.year + years
    by, money = measure.responsible, Decimal(amount)
    propose(measure_id=measure.pk, year=year, kind=kind, amount=money, why=why, by=by, now=now)
