"""Which column of the file is which of ours: guessed, corrected by people, checked."""

from collections.abc import Sequence

from masterplan.importing.cells import BadCell, choice
from masterplan.importing.columns import BY_KEY, COLUMNS, REQUIRED, recognised
from masterplan.importing.table import Table

type Mapping = tuple[str, ...]
"""One key of a column for each column of the file; "" where it is not read."""


def guess(table: Table) -> Mapping:
    """By heading, and for „Status“ by what stands below it; of two columns of one meaning the first."""
    keys: list[str] = []
    for index, heading in enumerate(table.header):
        key = recognised(heading) or ""
        if key == "health" and _holds_phases(table, index):
            key = "phase"
        keys.append("" if key in keys else key)
    return tuple(keys)


def _holds_phases(table: Table, index: int) -> bool:
    values = [row.cells[index] for row in table.rows[:50] if row.cells[index] != ""]
    return bool(values) and not _fits("health", values) and _fits("phase", values)


def _fits(key: str, values: Sequence[object]) -> bool:
    try:
        return choice(key, str(values[0])) is not None
    except BadCell:
        return False


def unknown_headings(table: Table, mapping: Mapping) -> list[str]:
    return [heading for heading, key in zip(table.header, mapping, strict=True) if heading and not key]


def faults(mapping: Sequence[str]) -> list[str]:
    """German sentences on what is missing or given twice."""
    found = [
        f"Es fehlt die Spalte „{BY_KEY[key].label}“. Ohne sie ist nicht zu erkennen, welche Maßnahme gemeint ist."
        for key in REQUIRED
        if key not in mapping
    ]
    return found + [
        f"„{column.label}“ ist mehreren Spalten zugeordnet. Wählen Sie eine davon."
        for column in COLUMNS
        if list(mapping).count(column.key) > 1
    ]
