"""What a reported state changes on one measure, checked against the rules before anything is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from masterplan.checks import OTHER_TARGET, Proposed, Step, errors_of
from masterplan.derived import SAY_WHY, Yardstick, stated_health
from masterplan.models import ACTIVE_PHASES, Health, Measure, Milestone, Phase
from masterplan.rules import Verdict, weighted_progress

CONTROLLED = (
    "phase",
    "health",
    "health_reason",
    "progress",
    "merged_into",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
)
MILESTONE_DATES = ("planned", "reached_on")


UNJUDGED = Verdict(Health.NOT_ASSESSED)


class ReasonMissing(Exception):
    """A measure that is public or resolved was to be changed without a reason."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure.number)
        self.measure = measure


class InvalidChange(Exception):
    """The new state breaks rules; `errors` names a German sentence per field."""

    def __init__(self, measure: Measure, errors: dict[str, str]) -> None:
        super().__init__(measure.number, errors)
        self.measure = measure
        self.errors = errors


@dataclass
class Change:
    """The fields that really change; false where there are none. `verdict` is what the criteria say of the result."""

    measure: Measure
    verdict: Verdict = UNJUDGED
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    changed_milestones: list[Milestone] = field(default_factory=list)
    milestones_before: dict[int, dict[str, date | None]] = field(default_factory=dict)
    milestones_after: dict[int, dict[str, date | None]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.after or self.milestones_after)

    def new(self, name: str) -> Any:
        """A field of CONTROLLED as it becomes."""
        return self.after.get(name, getattr(self.measure, name))

    @property
    def is_stated(self) -> bool:
        """Whether a person says something new; a health that only follows from the criteria asks for no reason."""
        derives = self.new("phase") in ACTIVE_PHASES and not self.overrules
        follows = ("health", "health_reason") if derives else ()
        return bool(self.milestones_after or set(self.after).difference(follows))

    @property
    def overrules(self) -> bool:
        """Whether somebody states another health than the criteria give, where it is shown."""
        return self.new("phase") in ACTIVE_PHASES and self.new("health") != self.verdict.health

    def apply(self) -> None:
        for name, value in self.after.items():
            setattr(self.measure, name, value)
        for milestone in self.changed_milestones:
            for name, day in self.milestones_after[milestone.pk].items():
                setattr(milestone, name, day)


def changes_of(
    measure: Measure,
    milestones: Sequence[Milestone],
    *,
    values: Mapping[str, Any],
    milestone_dates: Mapping[int, Mapping[str, date | None]],
    reason: str | None,
    yardstick: Yardstick,
    today: date,
) -> Change:
    """The change that the new values make, with what follows from them. Raises InvalidChange.

    `reason` is that of the whole update; None where it is asked for later.
    """
    change = Change(measure)
    _move_milestones(change, milestones, milestone_dates)
    derived = _derived_progress(milestones, change)
    stated = values.get("progress", measure.progress)
    _settle(change, _with_consequences(measure, dict(values), derived, today))
    proposed = _proposed(change, milestones)
    change.verdict = yardstick.verdict(proposed, today)
    health = stated_health(proposed, change.verdict, values, reason)
    _settle(change, {"health": health.health, "health_reason": health.reason})
    errors = errors_of(proposed, today)
    if derived is not None and stated not in (measure.progress, derived):
        errors["progress"] = "Der Fortschritt folgt aus den Meilensteinen. Tragen Sie ein, welche erreicht sind."
    if health.needs_reason:
        errors["health_reason"] = SAY_WHY.format(Health(change.verdict.health).label)
    if errors:
        raise InvalidChange(measure, errors)
    return change


def _move_milestones(
    change: Change, milestones: Sequence[Milestone], wanted: Mapping[int, Mapping[str, date | None]]
) -> None:
    for milestone in milestones:
        dates = wanted.get(milestone.pk, {})
        new = {name: dates[name] for name in MILESTONE_DATES if name in dates}
        new = {name: day for name, day in new.items() if day != getattr(milestone, name)}
        if new:
            change.changed_milestones.append(milestone)
            change.milestones_before[milestone.pk] = {name: getattr(milestone, name) for name in new}
            change.milestones_after[milestone.pk] = new


def _settle(change: Change, values: Mapping[str, Any]) -> None:
    for name in CONTROLLED:
        if name in values and values[name] != getattr(change.measure, name):
            change.before[name] = getattr(change.measure, name)
            change.after[name] = values[name]


def _derived_progress(milestones: Sequence[Milestone], change: Change) -> int | None:
    return weighted_progress(
        (
            milestone.weight,
            change.milestones_after.get(milestone.pk, {}).get("reached_on", milestone.reached_on) is not None,
        )
        for milestone in milestones
    )


def _with_consequences(measure: Measure, values: dict[str, Any], derived: int | None, today: date) -> dict[str, Any]:
    phase = values.get("phase", measure.phase)
    if derived is not None:
        values["progress"] = derived
    if phase == Phase.COMPLETED and measure.phase != Phase.COMPLETED:
        values["actual_end"] = values.get("actual_end") or measure.actual_end or today
        if derived is None:
            values["progress"] = 100
    if phase in ACTIVE_PHASES and measure.actual_end and "actual_end" not in values:
        values["actual_end"] = None
    if phase != Phase.MERGED:
        values["merged_into"] = None
    return {name: value for name, value in values.items() if name not in ("health", "health_reason")}


def _proposed(change: Change, milestones: Sequence[Milestone]) -> Proposed:
    steps = []
    for milestone in milestones:
        dates = change.milestones_after.get(milestone.pk, {})
        steps.append(
            Step(
                pk=milestone.pk,
                title=milestone.title,
                planned=dates.get("planned", milestone.planned),
                reached_on=dates.get("reached_on", milestone.reached_on),
                is_promised=milestone.first_promised is not None,
                baseline=milestone.resolved or milestone.first_promised,
                changed=dates.keys(),
            )
        )
    new = {name: change.new(name) for name in CONTROLLED}
    return Proposed(change.measure, new, change.after.keys(), steps)


def refuse_merged_targets(changes: Collection[Change]) -> None:
    """Of measures that change together none becomes part of one that itself becomes part of another.

    Raises InvalidChange.
    """
    merged = {change.measure.pk for change in changes if change.after.get("phase") == Phase.MERGED}
    for change in changes:
        target = change.after.get("merged_into")
        if target and target.pk in merged:
            raise InvalidChange(change.measure, {"merged_into": OTHER_TARGET})
