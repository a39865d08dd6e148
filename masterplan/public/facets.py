"""How many measures each choice would give, under all other choices; kept per public version and day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ground.models import PublicVersion
from ground.public_page import kept
from masterplan.models import ShownStatus
from masterplan.public.cube import BEHIND, STATUSES, Cell, Choices, Cube, read_cube
from masterplan.public.selection import PARAMETERS, Selection, only_text

SHOWN = {choice.value: ShownStatus(str(choice.stored)) for choice in STATUSES}


@dataclass(frozen=True)
class Facets:
    """`total` counts all public measures, `matching` the selected ones, by status (worst first) and behind
    their promise.

    `choices` holds by parameter and value what one would see after choosing it, `in_plan` the values that occur.
    """

    total: int
    matching: int
    by_status: Mapping[ShownStatus, int]
    behind: int
    choices: Mapping[str, Mapping[str, int]]
    in_plan: Mapping[str, frozenset[str]]

    def of_itself(self) -> "Facets":
        """The selected measures as a whole of their own, for a sentence about them alone."""
        return replace(self, total=self.matching)


def choices_of(version: PublicVersion, today: date) -> Choices:
    return kept(version, f"choices {today}", lambda: _cube_of(version, today).choices)


def facets_of(version: PublicVersion, selection: Selection, today: date) -> Facets:
    if not selection.is_simple(2):
        return _facets(version, selection, today)
    name = f"facets {today} {selection.query(order='stand')}"
    return kept(version, name, lambda: _facets(version, selection, today))


def _cube_of(version: PublicVersion, today: date) -> Cube:
    return kept(version, f"cube {today}", lambda: read_cube(only_text(""), today))


def _facets(version: PublicVersion, selection: Selection, today: date) -> Facets:
    plan = _cube_of(version, today)
    cube = read_cube(only_text(selection.text), today) if selection.text else plan
    wanted = {
        PARAMETERS[name]: frozenset(choice.value for choice in choices) for name, choices in selection.chosen.items()
    }
    cells = cube.goal_cells if "goal" in wanted else cube.cells
    selected, counts = _count(cells, wanted)
    by_status: Counter[str] = Counter()
    for cell in selected:
        by_status[cell.status] += cell.count
    return Facets(
        total=sum(cell.count for cell in plan.cells),
        matching=by_status.total(),
        by_status={status: by_status[value] for value, status in SHOWN.items() if by_status[value]},
        behind=sum(cell.count for cell in selected if cell.behind == BEHIND),
        choices={**counts, "ziel": _count(cube.goal_cells, wanted)[1]["ziel"]},
        in_plan={
            name: frozenset(getattr(cell, key) for cell in (plan.goal_cells if key == "goal" else plan.cells))
            for name, key in PARAMETERS.items()
        },
    )


def _count(cells: Iterable[Cell], wanted: Mapping[str, frozenset[str]]) -> tuple[list[Cell], dict[str, dict[str, int]]]:
    """The cells that fit all choices; and by parameter and value the measures that fit all choices but its own."""
    selected: list[Cell] = []
    counts: dict[str, Counter[str]] = {name: Counter() for name in PARAMETERS}
    for cell in cells:
        missed = [key for key, values in wanted.items() if getattr(cell, key) not in values]
        if len(missed) > 1:
            continue
        if not missed:
            selected.append(cell)
        for name, key in PARAMETERS.items():
            if not missed or missed == [key]:
                counts[name][getattr(cell, key)] += cell.count
    return selected, {name: dict(counter) for name, counter in counts.items()}
