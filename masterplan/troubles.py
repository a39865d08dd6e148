"""What somebody has to know before all else: measures that are critical, and decisions that units ask for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from masterplan.derived import Yardstick, verdict_now
from masterplan.models import Measure, Milestone, ShownStatus, StatusUpdate
from masterplan.models.measure import MeasureQuerySet
from masterplan.new_state import options_of
from masterplan.reasons import explained
from masterplan.side_by_side import option_words


@dataclass(frozen=True)
class Trouble:
    """`why` explains the status where it is critical; `decision` is what has to be decided, `ways` the ways out."""

    number: str
    title: str
    url: str
    status: ShownStatus
    why: str
    decision: str
    ways: tuple[str, ...]


def troubles(user: Any, today: date) -> list[Trouble]:
    """Of measures that the user sees, the decisions first. Five queries."""
    visible = Measure.objects.visible_to(user).active()
    asked = {one.measure_id: one for one in decisions_asked(visible)}
    rows = list(visible.filter(Q(shown_status=ShownStatus.CRITICAL) | Q(pk__in=asked)).order_by("code", "serial"))
    milestones: dict[int, list[Milestone]] = {}
    for milestone in Milestone.objects.current().filter(measure__in=rows):
        milestones.setdefault(milestone.measure_id, []).append(milestone)
    yardstick = Yardstick.of([one.pk for one in rows], today)
    found = [_trouble(one, milestones.get(one.pk, []), yardstick, asked.get(one.pk), today) for one in rows]
    return sorted(found, key=lambda one: not one.decision)


def decisions_asked(measures: MeasureQuerySet) -> list[StatusUpdate]:
    """A decision is asked for as long as the newest report on the measure says so."""
    newest = StatusUpdate.objects.told().filter(measure=OuterRef("measure")).order_by("-decided_at", "-pk")
    asking = StatusUpdate.objects.told().exclude(decision="").filter(measure__in=measures.order_by().values("pk"))
    return list(asking.filter(pk=Subquery(newest.values("pk")[:1])))


def _trouble(
    measure: Measure, milestones: list[Milestone], yardstick: Yardstick, asked: StatusUpdate | None, today: date
) -> Trouble:
    verdict = verdict_now(measure, milestones, yardstick, today)
    critical = measure.status == ShownStatus.CRITICAL
    return Trouble(
        number=measure.number,
        title=measure.title,
        url=reverse("measure_edit", args=[measure.number]),
        status=measure.status,
        why=explained(verdict, measure.health, measure.health_reason) if critical else "",
        decision=asked.decision if asked else "",
        ways=tuple(option_words(one) for one in options_of(asked)) if asked else (),
    )
