"""What happened to the measures, one activity at its day: planned, published, resolved, reported."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.models import Unit, User
from council.models import CommitteeKind
from masterplan.models import Basis, Measure, Phase, Visibility
from masterplan.planning import add_measure
from masterplan.publishing import set_visibility
from masterplan.resolving import resolve
from masterplan.scheduling import add_milestone
from masterplan.updating import NewState, report
from portal.demo.council import Bodies
from portal.demo.days import Calendar, at
from portal.demo.measures import MEASURES
from portal.demo.spec import Planned, Told
from strategy.models import FieldOfAction, Goal


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


def happenings(cast: Cast) -> Iterator[Happening]:
    """In no order; whoever lets them happen sorts them by moment."""
    for place, planned in enumerate(MEASURES):
        yield _added(cast, planned, cast.moment(planned.added, 8, place))
        if planned.start is not None:
            yield _scheduled(cast, planned, cast.moment(planned.added + 7, 9, place))
        if planned.visibility != Visibility.INTERNAL:
            yield _published(cast, planned, cast.moment(planned.published, 9, 30))
        for rounds_back in (planned.resolved, planned.resolved_again):
            if rounds_back is not None:
                yield _resolved(cast, planned, rounds_back, again=rounds_back == planned.resolved_again)
        for told in planned.story:
            yield _reported(cast, planned, told, cast.moment(told.day, 10, place))


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


def _published(cast: Cast, planned: Planned, now: datetime) -> Happening:
    def happen() -> None:
        set_visibility(
            measure_ids=[cast.measures[planned.number].pk], visibility=planned.visibility, by=cast.officer, now=now
        )

    return Happening(now, happen)


def _resolved(cast: Cast, planned: Planned, rounds_back: int, *, again: bool) -> Happening:
    now = cast.bodies.sitting(planned.resolved_by, rounds_back)
    in_plan = planned.resolved_by == CommitteeKind.COUNCIL and not again

    def happen() -> None:
        resolve(
            measure_ids=[cast.measures[planned.number].pk],
            on=now.date(),
            body=cast.bodies.of(planned.resolved_by, now.date()).name,
            basis=Basis.PLAN if in_plan else Basis.RESOLUTION,
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
        report(state, by=cast.officer, now=now)

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
