"""What happened to the measures, one activity at its day: planned, published, resolved, reported."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.models import Unit, User
from council.models import CommitteeKind
from masterplan.deriving import derive_health
from masterplan.models import Basis, Measure, Phase, Visibility
from masterplan.planning import add_measure
from masterplan.publishing import set_visibility
from masterplan.resolving import resolve
from masterplan.scheduling import add_milestone
from masterplan.updating import NewState, report
from portal.demo.council import Bodies
from portal.demo.days import Calendar, at
from portal.demo.measures import MEASURES
from portal.demo.people import DEPUTY_OFFICER
from portal.demo.spec import Planned, Told
from strategy.models import FieldOfAction, Goal

BEGUN, FORTNIGHT = -640, 14
"""In days from today: since when measures are public."""


@dataclass(frozen=True)
class Happening:
    moment: datetime
    happen: Callable[[], Any]


@dataclass
class Cast:
    """The rows that the history is about, by the names under which the specification knows them."""

    calendar: Calendar
    bodies: Bodies
    officer: User
    users: dict[str, User]
    units: dict[str, Unit]
    goals: dict[str, Goal]
    fields: dict[str, FieldOfAction]
    measures: dict[str, Measure] = field(default_factory=dict)
    milestones: dict[str, list[int]] = field(default_factory=dict)

    def moment(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        return at(self.calendar.workday(offset), hour, minute)

    def reporter(self, planned: Planned) -> User:
        """Her deputy reports the measures of his own office himself."""
        return self.users[DEPUTY_OFFICER] if planned.responsible == DEPUTY_OFFICER else self.officer

    def ids(self, numbers: list[str]) -> list[int]:
        return [self.measures[number].pk for number in numbers]


def happenings(cast: Cast) -> Iterator[Happening]:
    """In no order; whoever lets them happen sorts them by moment."""
    for place, planned in enumerate(MEASURES):
        yield _added(cast, planned, cast.moment(planned.added, 8, place))
        if planned.start is not None:
            yield _scheduled(cast, planned, cast.moment(planned.added + 7, 9, place))
        for told in planned.story:
            yield _reported(cast, planned, told, cast.moment(told.day, 10, place))
    yield from _publications(cast)
    yield from _resolutions(cast)
    for day in range(-1, BEGUN, -FORTNIGHT):
        yield _judged(cast.moment(day, 18))


def _judged(now: datetime) -> Happening:
    """What time alone changes, as the hourly task finds it."""
    return Happening(now, lambda: derive_health(now=now))


def _added(cast: Cast, planned: Planned, now: datetime) -> Happening:
    def happen() -> None:
        measure = add_measure(
            field=cast.fields[planned.number[:2]],
            values=_texts(cast, planned),
            sets={
                "goals": [cast.goals[title] for title in planned.goals],
                "involved_units": [cast.units[name] for name in planned.involved],
            },
            by=cast.officer,
            now=now,
        )
        cast.measures[planned.number] = measure
        cast.milestones[planned.number] = [
            add_milestone(
                measure_id=measure.pk, title=one.title, weight=one.weight, planned=None, by=cast.officer, now=now
            ).pk
            for one in planned.steps
        ]

    return Happening(now, happen)


def _texts(cast: Cast, planned: Planned) -> dict[str, Any]:
    same = ("title", "teaser", "description", "objective", "beneficiaries", "priority", "origin", "basis")
    return {
        **{name: getattr(planned, name) for name in same},
        "external_partners": planned.partners,
        "internal_notes": planned.notes,
        "lead_unit": cast.units[planned.lead],
        "responsible": cast.users[planned.responsible],
        "deputy": cast.users.get(planned.deputy),
    }


def _scheduled(cast: Cast, planned: Planned, now: datetime) -> Happening:
    def happen() -> None:
        due = cast.calendar.due
        steps = zip(cast.milestones[planned.number], planned.steps, strict=True)
        state = NewState(
            measure_id=cast.measures[planned.number].pk,
            values={
                "phase": Phase.PLANNED,
                "planned_start": due((planned.start, 1)) if planned.start is not None else None,
                "planned_end": due(planned.end) if planned.end is not None else None,
            },
            milestones={pk: {"planned": due(one.due)} for pk, one in steps if one.due is not None},
            reason="Planung",
        )
        report(state, by=cast.officer, now=now)

    return Happening(now, happen)


def _publications(cast: Cast) -> Iterator[Happening]:
    groups: dict[tuple[int, Visibility], list[str]] = {}
    for planned in MEASURES:
        if planned.visibility != Visibility.INTERNAL:
            groups.setdefault((planned.published, planned.visibility), []).append(planned.number)
    for (day, visibility), numbers in groups.items():
        yield _published(cast, numbers, visibility, cast.moment(day, 9, 30))


def _published(cast: Cast, numbers: list[str], visibility: Visibility, now: datetime) -> Happening:
    def happen() -> None:
        set_visibility(measure_ids=cast.ids(numbers), visibility=visibility, by=cast.officer, now=now)

    return Happening(now, happen)


def _resolutions(cast: Cast) -> Iterator[Happening]:
    """The Rat resolves the plan and what is added to it; anything else is a resolution of its own."""
    groups: dict[tuple[int, CommitteeKind, Basis], list[str]] = {}
    for planned in MEASURES:
        in_plan = planned.resolved_by == CommitteeKind.COUNCIL
        if planned.resolved is not None:
            basis = Basis.PLAN if in_plan else Basis.RESOLUTION
            groups.setdefault((planned.resolved, planned.resolved_by, basis), []).append(planned.number)
        if planned.resolved_again is not None:
            groups[planned.resolved_again, planned.resolved_by, Basis.RESOLUTION] = [planned.number]
    for (rounds_back, kind, basis), numbers in groups.items():
        yield _resolved(cast, numbers, kind, basis, cast.bodies.sitting(kind, rounds_back))


def _resolved(cast: Cast, numbers: list[str], kind: CommitteeKind, basis: Basis, now: datetime) -> Happening:
    def happen() -> None:
        resolve(
            measure_ids=cast.ids(numbers),
            on=now.date(),
            body=cast.bodies.of(kind, now.date()).name,
            basis=basis,
            by=cast.officer,
            now=now,
        )

    return Happening(now, happen)


def _reported(cast: Cast, planned: Planned, told: Told, now: datetime) -> Happening:
    def happen() -> None:
        state = NewState(
            measure_id=cast.measures[planned.number].pk,
            values=_values(cast, told, now.date()),
            milestones=_milestones(cast, planned, told),
            reason=told.reason,
            correction=told.correction,
            public_sentence=told.sentence,
            cause=told.cause,
            remarks=told.remarks,
        )
        report(state, by=cast.reporter(planned), now=now)

    return Happening(now, happen)


def _values(cast: Cast, told: Told, day: date) -> dict[str, Any]:
    values = dict(told.values)
    if told.begins:
        values["actual_start"] = day
    if told.end is not None:
        values["planned_end"] = cast.calendar.due(told.end)
    if told.merged_into:
        values["merged_into"] = Measure.objects.get(pk=cast.measures[told.merged_into].pk)
    return values


def _milestones(cast: Cast, planned: Planned, told: Told) -> dict[int, dict[str, date | None]]:
    pks = cast.milestones[planned.number]
    dates: dict[int, dict[str, date | None]] = {}
    for number, offset in told.reached.items():
        dates.setdefault(pks[number - 1], {})["reached_on"] = cast.calendar.workday(offset)
    for number, due in told.moved.items():
        dates.setdefault(pks[number - 1], {})["planned"] = cast.calendar.due(due)
    return dates
