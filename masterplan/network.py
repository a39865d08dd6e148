"""What waits for what, read in a fixed number of queries: the edges, the dates, and what the reader may know."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from masterplan.models import Dependency, Measure, Milestone, Phase, ShownStatus
from masterplan.narrating import ANOTHER
from masterplan.rules.waiting import UNFINISHED, Effect, Schedule, Wait, around, effect

DATES = ("phase", "planned_start", "planned_end", "actual_start", "actual_end")


@dataclass(frozen=True)
class Known:
    """A measure that the reader sees."""

    number: str
    title: str
    url: str
    status: ShownStatus
    end: date | None


@dataclass(frozen=True)
class Line:
    """One dependency; `wait` is what the rules know of it."""

    pk: int
    wait: Wait
    note: str


@dataclass(frozen=True)
class Network:
    """All dependencies with the dates of all measures in them; `known` are those that the reader sees, by id.

    `milestones` holds the titles of all milestones, dropped ones with a word that says so.
    """

    lines: list[Line]
    dates: Mapping[int, Mapping[str, Any]]
    milestone_dates: Mapping[int, Mapping[int, Mapping[str, Any]]]
    milestones: Mapping[int, str]
    known: Mapping[int, Known]

    @property
    def waits(self) -> list[Wait]:
        return [line.wait for line in self.lines]

    @cached_property
    def schedules(self) -> dict[int, Schedule]:
        return {pk: self.schedule(pk) for pk in self.dates}

    def schedule(
        self,
        pk: int,
        values: Mapping[str, Any] | None = None,
        milestones: Mapping[int, Mapping[str, date | None]] | None = None,
    ) -> Schedule:
        """Of one measure, with new `values` and new dates of `milestones` by id where some are given."""
        row = {**self.dates[pk], **(values or {})}
        steps = {
            one: {**dates, **(milestones or {}).get(one, {})} for one, dates in self.milestone_dates.get(pk, {}).items()
        }
        return Schedule(
            start=row["planned_start"],
            end=row["actual_end"] or row["planned_end"],
            begun=row["actual_start"] is not None or row["phase"] == Phase.IN_PROGRESS,
            finished=row["phase"] not in UNFINISHED,
            milestones={one: dates["reached_on"] or dates["planned"] for one, dates in steps.items()},
            reached=frozenset(one for one, dates in steps.items() if dates["reached_on"]),
        )

    def name(self, pk: int) -> str:
        return self.known[pk].number if pk in self.known else ANOTHER

    def state_of(self, wait: Wait) -> Effect | None:
        """As the dates are today."""
        return effect(wait, self.schedules[wait.before].given(wait), self.schedules[wait.after])

    def near(self, pk: int) -> "Network":
        """Only what the measure waits for and what waits for it, by ways that the reader sees."""
        edges = [
            (wait.before, wait.after)
            for wait in self.waits
            if pk in (wait.before, wait.after) or {wait.before, wait.after} <= self.known.keys()
        ]
        kept = around(edges, pk)
        lines = [line for line in self.lines if {line.wait.before, line.wait.after} <= kept]
        return replace(self, lines=lines)


def network(reader: Any) -> Network:
    """Without dependencies between two measures that the reader does not see."""
    rows = list(
        Dependency.objects.current()
        .visible_to(reader)
        .values_list("pk", "predecessor", "successor", "lag", "predecessor_milestone", "successor_milestone", "note")
    )
    return _filled([Line(row[0], Wait(*row[1:6]), row[6]) for row in rows], reader)


def whole_network(reader: Any) -> Network:
    """Also what is between measures that the reader does not see, since what follows may lead through them."""
    rows = Dependency.objects.current().values_list(
        "pk", "predecessor", "successor", "lag", "predecessor_milestone", "successor_milestone"
    )
    return _filled([Line(row[0], Wait(*row[1:6]), "") for row in rows], reader)


def _filled(lines: list[Line], reader: Any) -> Network:
    involved = {pk for line in lines for pk in (line.wait.before, line.wait.after)}
    dates = {row["pk"]: row for row in Measure.objects.filter(pk__in=involved).values("pk", *DATES)}
    titles: dict[int, str] = {}
    steps: dict[int, dict[int, dict[str, Any]]] = {}
    found = Milestone.objects.filter(measure__in=involved)
    for row in found.values("pk", "measure", "title", "planned", "reached_on", "withdrawn_at"):
        titles[row["pk"]] = f"{row['title']} (entfallen)" if row["withdrawn_at"] else row["title"]
        if not row["withdrawn_at"]:
            steps.setdefault(row["measure"], {})[row["pk"]] = dict(row)
    return Network(lines, dates, steps, titles, _known(involved, reader))


def _known(involved: Collection[int], reader: Any) -> dict[int, Known]:
    rows = Measure.objects.visible_to(reader).filter(pk__in=involved)
    return {
        row["pk"]: Known(
            number=row["number"],
            title=row["title"],
            url=reverse("measure_edit", args=[row["number"]]),
            status=ShownStatus(row["shown_status"]),
            end=row["actual_end"] or row["planned_end"],
        )
        for row in rows.values("pk", "number", "title", "shown_status", "actual_end", "planned_end")
    }
