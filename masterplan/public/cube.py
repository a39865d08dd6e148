"""The public measures counted by everything one can choose, in two grouped queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from ground.slugs import slug_of
from masterplan.models import Measure, Phase
from masterplan.models import ShownStatus as ShownStatus
from masterplan.public.measures import with_behind
from strategy.models import StrategyState

BEHIND = "ja"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its value in the address, its label, and what it is called in the table."""

    value: str
    label: str
    stored: int | str

    def __deepcopy__(self, memo: object) -> "Choice":
        """Itself: it never changes, and filters copy their choices for every request."""
        return self


STATUSES = tuple(
    Choice(slug_of(status.label, taken=(), suffix=""), status.label, status.value) for status in ShownStatus
)
PHASES = tuple(Choice(slug_of(phase.label, taken=(), suffix=""), phase.label, phase.value) for phase in Phase)
STATUS_VALUES = {choice.stored: choice.value for choice in STATUSES}
PHASE_VALUES = {choice.stored: choice.value for choice in PHASES}


@dataclass(frozen=True, slots=True)
class Cell:
    """So many measures are alike in all of this, each named by its value in the address. `goal` is "" in the cells
    that leave goals out."""

    status: str
    phase: str
    field: str
    unit: str
    behind: str
    goal: str
    count: int


@dataclass(frozen=True)
class Choices:
    fields: tuple[Choice, ...] = ()
    units: tuple[Choice, ...] = ()
    goals: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Cube:
    cells: tuple[Cell, ...]
    goal_cells: tuple[Cell, ...]
    choices: Choices


ALIKE = (
    "shown_status",
    "phase",
    "behind",
    "field",
    "field__slug",
    "field__title",
    "field__position",
    "lead_unit",
    "lead_unit__name",
)


def read_cube(measures: QuerySet[Measure], today: date) -> Cube:
    counted = with_behind(measures.order_by(), today)
    rows = list(counted.values_list(*ALIKE, Count("pk")))
    goal_rows = list(
        counted.filter(goals__strategy__state=StrategyState.IN_FORCE).values_list(
            *ALIKE, "goals", "goals__slug", "goals__title", "goals__position", Count("pk")
        )
    )
    units = _units(rows)
    unit_values = {choice.stored: choice.value for choice in units}
    return Cube(
        cells=tuple(_cells(rows, unit_values)),
        goal_cells=tuple(_cells(goal_rows, unit_values)),
        choices=Choices(
            fields=_in_order({(row[6], row[5], row[4], row[3]) for row in rows}),
            units=units,
            goals=_in_order({(row[12], row[11], row[10], row[9]) for row in goal_rows}),
        ),
    )


def _cells(rows: list[tuple], unit_values: dict[int | str, str]) -> Iterator[Cell]:
    for status, phase, behind, _, field, _, _, unit, _, *goal, count in rows:
        yield Cell(
            STATUS_VALUES[status],
            PHASE_VALUES[phase],
            field,
            unit_values.get(unit, ""),
            BEHIND if behind else "",
            goal[1] if goal else "",
            count,
        )


def _in_order(found: set[tuple]) -> tuple[Choice, ...]:
    """From position, title, slug and key."""
    return tuple(Choice(slug, title, pk) for _, title, slug, pk in sorted(found))


def _units(rows: list[tuple]) -> tuple[Choice, ...]:
    """Units by name; a unit has no slug of its own, so its address is made from the name."""
    taken: set[str] = set()
    choices = []
    for name, pk in sorted({(row[8], row[7]) for row in rows if row[7]}):
        value = slug_of(name, taken=taken, suffix=str(pk))
        taken.add(value)
        choices.append(Choice(value, name, pk))
    return tuple(choices)
