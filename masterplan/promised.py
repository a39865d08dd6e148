"""The dates of measures as the workspace shows them: resolved, promised, reached, and how far they were moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ground.formats import day, slipped
from masterplan.models import ACTIVE_PHASES, DueDatePromise, Measure, Milestone
from masterplan.models.measure import MeasureQuerySet
from masterplan.rules import UNMOVED, Promised, Slip, slip
from masterplan.trend import Subject, Trend, milestone_short, trend

type Promises = Mapping[tuple[int, int | None], Sequence[Promised]]


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    pk: int
    short: str
    title: str
    weight: int
    resolved: str
    promised: str
    reached: str
    moved: str
    late: bool


def promises_by_date(measure: Measure) -> Promises:
    return DueDatePromise.objects.filter(measure=measure).by_date()


def milestone_lines(milestones: Sequence[Milestone], promises: Promises) -> list[MilestoneLine]:
    return [_line(place, one, _slip(promises, one)) for place, one in enumerate(milestones, 1)]


def _slip(promises: Promises, milestone: Milestone) -> Slip:
    return slip((one.kind, one.days) for one in promises.get((milestone.measure_id, milestone.pk), ()))


def _line(place: int, milestone: Milestone, moved: Slip) -> MilestoneLine:
    return MilestoneLine(
        pk=milestone.pk,
        short=milestone_short(place),
        title=milestone.title,
        weight=milestone.weight,
        resolved=_day(milestone.resolved),
        promised=_day(milestone.planned),
        reached=_day(milestone.reached_on),
        moved=slipped(moved.times, moved.days, moved.forward),
        late=moved.times > 0 and moved.days > 0,
    )


def _day(value: date | None) -> str:
    return day(value) if value else "–"


def end_moved(measure: Measure) -> str:
    """2× verschoben, +120 Tage; "" where the end stands as promised."""
    moved = DueDatePromise.objects.slips([measure.pk]).get(measure.pk, UNMOVED)
    return slipped(moved.times, moved.days, moved.forward)


def trend_of(measure: Measure, milestones: Sequence[Milestone], promises: Promises, today: date) -> Trend | None:
    """Of the milestones and the end of one measure."""
    is_open = measure.phase in ACTIVE_PHASES
    subjects = [
        Subject(
            short=milestone_short(place),
            said=milestone_short(place),
            title=one.title,
            promises=promises.get((measure.pk, one.pk), ()),
            reached=one.reached_on,
            is_open=is_open,
            resolved_on=measure.resolved_on,
        )
        for place, one in enumerate(milestones, 1)
    ]
    end = Subject(
        short="Ende",
        said="das Ende",
        title="Ende der Maßnahme",
        promises=promises.get((measure.pk, None), ()),
        reached=measure.actual_end,
        is_open=is_open,
        leads=True,
        resolved_on=measure.resolved_on,
    )
    return trend([*subjects, end], plural="Terminen", today=today)


def trend_of_ends(measures: MeasureQuerySet, today: date) -> Trend | None:
    """Of what one may see. Two queries."""
    columns = ("pk", "number", "title", "phase", "actual_end", "resolved_on")
    rows = list(measures.order_by("code", "serial").values_list(*columns))
    promises = DueDatePromise.objects.of_end().filter(measure__in=measures.order_by().values("pk")).by_date()
    return trend(list(_ends(rows, promises)), plural="Maßnahmen", today=today)


type EndRow = tuple[int, str, str, str, date | None, date | None]


def _ends(rows: Iterable[EndRow], promises: Promises) -> Iterable[Subject]:
    for pk, number, title, phase, actual_end, resolved_on in rows:
        if (pk, None) in promises:
            yield Subject(
                short=number,
                said=number,
                title=title,
                promises=promises[pk, None],
                reached=actual_end,
                is_open=phase in ACTIVE_PHASES,
                url=reverse("measure_edit", args=[number]),
                resolved_on=resolved_on,
            )
