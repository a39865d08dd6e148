"""What taking over a list would do; nothing of it is written yet."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any
from zlib import crc32

from masterplan.importing.checking import CellError
from masterplan.importing.meanings import UnknownWord
from masterplan.models import Measure
from strategy.models import FieldOfAction


class Verdict(StrEnum):
    NEW = "neu"
    CHANGED = "geändert"
    UNCHANGED = "unverändert"


@dataclass(frozen=True)
class Difference:
    """One field of a measure in words; `cleared` where an empty cell takes away what is there."""

    label: str
    before: str
    after: str

    @property
    def cleared(self) -> bool:
        return bool(self.before) and not self.after


@dataclass(frozen=True)
class Waits:
    """Numbers of the measures that one waits for: today, and what a list adds and takes away."""

    before: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def version(self) -> int:
        """Another where someone changed in the meantime what is waited for."""
        return crc32(", ".join(self.before).encode())


@dataclass(frozen=True, kw_only=True)
class PlannedRow:
    """`texts` and `state` hold only what changes, by name of the field; a new measure is not saved yet.

    `assumed` is what a new measure gets without the list saying so, `hint` a German sentence on a title that was made
    up, `warnings` are sentences on what speaks against the row without forbidding it. `overrules` says that the list
    states another health than the criteria give.
    """

    line: int
    verdict: Verdict
    measure: Measure
    differences: tuple[Difference, ...] = ()
    assumed: tuple[Difference, ...] = ()
    texts: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    waits: Waits | None = None
    hint: str = ""
    overrules: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def waiting(self) -> str:
        """Under which name `ImportPlan.versions` has what the measure waits for."""
        return f"{self.measure.number} wartet"

    @property
    def needs_reason(self) -> bool:
        return self.overrules or (self.measure.is_committed and bool(self.state))


@dataclass(frozen=True)
class ImportPlan:
    new_fields: tuple[FieldOfAction, ...]
    rows: tuple[PlannedRow, ...]
    errors: tuple[CellError, ...]
    unknown: tuple[UnknownWord, ...] = ()

    @cached_property
    def counts(self) -> Counter[Verdict]:
        return Counter(row.verdict for row in self.rows)

    @property
    def changes(self) -> list[PlannedRow]:
        return [row for row in self.rows if row.verdict != Verdict.UNCHANGED]

    @property
    def needs_reason(self) -> bool:
        return any(row.needs_reason for row in self.rows)

    @property
    def cleared(self) -> int:
        """How many fields an empty cell would take away."""
        return sum(difference.cleared for row in self.rows for difference in row.differences)

    @property
    def versions(self) -> dict[str, int]:
        """Of the measures that exist, by number: what the plan was made from."""
        versions = {row.measure.number: row.measure.version for row in self.rows if row.measure.pk}
        return versions | {row.waiting: row.waits.version for row in self.rows if row.waits and row.measure.pk}
