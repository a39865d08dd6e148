"""The form in which the measures of the example data are written down. Days are relative; see `days`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from council.models import CommitteeKind
from masterplan.models import Origin, Priority, Visibility
from portal.demo.days import Due


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone."""

    title: str
    weight: int
    due: Due | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """One status update. `reached` and `moved` go by the number of the milestone, beginning with 1."""

    day: int
    sentence: str = ""
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    end: Due | None = None
    reached: Mapping[int, int] = field(default_factory=dict)
    moved: Mapping[int, Due] = field(default_factory=dict)
    begins: bool = False
    merged_into: str = ""
    correction: bool = False
    cause: str = ""
    remarks: str = ""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One measure: what describes it, what was planned at first, and what was told since.

    `resolved` counts the rounds of meetings back from the next one; by default the Rat resolves.
    """

    number: str
    title: str
    teaser: str
    description: str
    objective: str
    beneficiaries: str
    goals: tuple[str, ...]
    lead: str
    responsible: str
    deputy: str = ""
    involved: tuple[str, ...] = ()
    partners: str = ""
    priority: Priority = Priority.MEDIUM
    origin: Origin = Origin.UNIT
    basis: str = ""
    notes: str = ""
    visibility: Visibility = Visibility.PUBLIC
    added: int = -705
    published: int = -640
    resolved: int | None = 9
    resolved_again: int | None = None
    resolved_by: CommitteeKind = CommitteeKind.COUNCIL
    start: int | None = None
    end: Due | None = None
    steps: tuple[Step, ...] = ()
    story: tuple[Told, ...] = ()


def step(title: str, weight: int, due: Due | None = None) -> Step:
    return Step(title=title, weight=weight, due=due)


def told(day: int, sentence: str = "", reason: str = "", **state: Any) -> Told:
    """`phase`, `health` and `progress` are values; everything else is a field of Told."""
    values: dict[str, Any] = {name: state.pop(name) for name in ("phase", "health", "progress") if name in state}
    return Told(day=day, sentence=sentence, reason=reason, values=values, **state)
