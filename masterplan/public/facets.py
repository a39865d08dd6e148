"""How many measures each choice would give, under all other choices; kept per public version."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ground.models import PublicVersion
from ground.public_page import kept
from masterplan.models import ShownStatus
from masterplan.public.cube import BEHIND, STATUSES, Cell, Cube, read_cube
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


def cube_of(version: PublicVersion, text: str = "") -> Cube:
    return kept(version, f"cube {text}", lambda: read_cube(only_text(text)))


def facets_of(version: PublicVersion, selection: Selection) -> Facets:
    return kept(version, f"facets {selection.query(order='stand')}", lambda: _facets(version, selection))


def _facets(version: PublicVersion, selection: Selection) -> Facets:
    cube = cube_of(version, selection.text)
    wanted = {
        PARAMETERS[name]: frozenset(choice.value for choice in choices) for name, choices in selection.chosen.items()
    }
    cells = cube.goal_cells if "goal" in wanted else cube.cells
    choices = {name: _count(cells, wanted, key) for name, key in PARAMETERS.items() if key != "goal"}
    choices["ziel"] = _count(cube.goal_cells, wanted, "goal")
    selected = [cell for cell in cells if all(getattr(cell, key) in values for key, values in wanted.items())]
    by_status: Counter[str] = Counter()
    for cell in selected:
        by_status[cell.status] += cell.count
    plan = cube_of(version)
    return Facets(
        total=sum(cell.count for cell in plan.cells),
        matching=by_status.total(),
        by_status={status: by_status[value] for value, status in SHOWN.items() if by_status[value]},
        behind=sum(cell.count for cell in selected if cell.behind == BEHIND),
        choices=choices,
        in_plan={
            name: frozenset(getattr(cell, key) for cell in (plan.goal_cells if key == "goal" else plan.cells))
            for name, key in PARAMETERS.items()
        },
    )


def _count(cells: Iterable[Cell], wanted: Mapping[str, frozenset[str]], key: str) -> dict[str, int]:
    """Counts by the values of `key` among the cells that fit all other choices."""
    others = [(name, values) for name, values in wanted.items() if name != key]
    counts: Counter[str] = Counter()
    for cell in cells:
        if all(getattr(cell, name) in values for name, values in others):
            counts[getattr(cell, key)] += cell.count
    return dict(counts)
