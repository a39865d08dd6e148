"""What the portal holds already, read in a fixed number of queries before a list is compared with it."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from accounts.models import Unit, User
from masterplan.derived import Yardstick
from masterplan.importing.cells import cleaned
from masterplan.importing.columns import Kind
from masterplan.linking import Edge, edges_between_measures
from masterplan.models import Measure, Milestone
from strategy.models import FieldOfAction

ALIKE = 0.85
"""From this likeness of two titles on (difflib), a new title is taken for a slip of the pen."""


def plain(text: str) -> str:
    """Without regard to case and spaces."""
    return " ".join(cleaned(text, Kind.LINE).split()).casefold()


def nearest(text: str, candidates: Iterable[str], likeness: float = ALIKE) -> str | None:
    by_plain = {plain(candidate): candidate for candidate in candidates}
    found = get_close_matches(plain(text), by_plain, n=1, cutoff=likeness)
    return by_plain[found[0]] if found else None


@dataclass(frozen=True)
class Known:
    """`measures` are those that the user may see, by number; `used_numbers` are all that were ever given."""

    fields: tuple[FieldOfAction, ...]
    units: dict[str, Unit]
    people: dict[str, User]
    measures: dict[str, Measure]
    milestones: dict[int, list[Milestone]]
    yardstick: Yardstick
    used_numbers: frozenset[str]
    used_codes: frozenset[str]
    edges: frozenset[Edge] = frozenset()
    meant_fields: Mapping[str, FieldOfAction | None] = dataclasses.field(default_factory=dict)
    """What people said a word of the list means; None for a field of its own."""

    def field_named(self, text: str) -> FieldOfAction | None:
        """By exact title or code, or as people said."""
        return self.meant_fields.get(text) or self._fields_by_name.get(text)

    @cached_property
    def _fields_by_name(self) -> dict[str, FieldOfAction]:
        by_code = {field.code: field for field in self.fields}
        return by_code | {cleaned(field.title, Kind.LINE): field for field in self.fields}

    def unit_meant(self, text: str) -> Unit | None:
        """The one whose name `text` nearly is."""
        name = nearest(text, [unit.name for unit in self.units.values()], 0.6)
        return self.units[plain(name)] if name else None

    def field_meant(self, text: str) -> FieldOfAction | None:
        """The one whose title or code `text` nearly is."""
        code = next((field for field in self.fields if field.code.casefold() == plain(text)), None)
        title = nearest(text, self._fields_by_name)
        return code or (self.field_named(title) if title else None)


def known_to(by: Any, today: date) -> Known:
    """`by` None is the system itself, which sees all measures."""
    rows = Measure.objects.current() if by is None else Measure.objects.visible_to(by)
    measures = {
        measure.number: measure
        for measure in rows.select_related("field", "lead_unit", "responsible", "deputy", "merged_into")
    }
    milestones = defaultdict(list)
    for milestone in Milestone.objects.current().order_by("position", "pk"):
        milestones[milestone.measure_id].append(milestone)
    ever = Measure.history.values_list("number", "code").distinct()
    fields = tuple(FieldOfAction.objects.all())
    return Known(
        fields=fields,
        units=_units(),
        people={user.email.casefold(): user for user in User.objects.all()},
        measures=measures,
        milestones=milestones,
        yardstick=Yardstick.of([measure.pk for measure in measures.values()], today),
        used_numbers=frozenset(number for number, _ in ever),
        used_codes=frozenset({code for _, code in ever} | {field.code for field in fields}),
        edges=frozenset(edges_between_measures()),
    )


def _units() -> dict[str, Unit]:
    """By name, and by short name where only one unit has it."""
    units = list(Unit.objects.all())
    short = [plain(unit.short_name) for unit in units if unit.short_name]
    by_short = {plain(unit.short_name): unit for unit in units if short.count(plain(unit.short_name)) == 1}
    return by_short | {plain(unit.name): unit for unit in units}
