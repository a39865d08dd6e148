"""Rows of the file as typed values; whatever cannot be is named by row and column."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Unit, User
from masterplan.importing.cells import BadCell, number, shown, value_of
from masterplan.importing.columns import BY_KEY, REQUIRED, Column, Kind
from masterplan.importing.known import Known, plain
from masterplan.importing.mapping import Mapping
from masterplan.importing.table import Cell, Row, Table


@dataclass(frozen=True)
class CellError:
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"Zeile {self.line}, Spalte „{self.column}“: {self.sentence}"


@dataclass(frozen=True)
class CheckedRow:
    """`field_text` and `serial` are the key; `code` is "" where the list numbers within the field.

    `values` hold what the columns of the file say, None for an empty cell; `headings` what the file calls them.
    """

    line: int
    field_text: str
    code: str
    serial: int
    values: dict[str, Any]


@dataclass
class Checked:
    rows: list[CheckedRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


class Headings:
    """What the file calls each of our columns."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.positions = {key: index for index, key in enumerate(mapping) if key}
        self._names = {key: table.header[index] for key, index in self.positions.items()}

    def __getitem__(self, key: str) -> str:
        return self._names.get(key) or BY_KEY[key].label

    def __contains__(self, key: str) -> bool:
        return key in self._names


def check(table: Table, mapping: Mapping, known: Known) -> Checked:
    """All rows that can be read, and all errors of the others."""
    headings = Headings(table, mapping)
    columns = [(index, BY_KEY[key]) for key, index in headings.positions.items() if BY_KEY[key].kind != Kind.SHOWN]
    checked = Checked()
    for row in table.rows:
        errors = [CellError(row.line, headings[key], sentence) for key, sentence in _too_long(row, table)]
        values: dict[str, Any] = {}
        for index, column in columns:
            try:
                values[column.key] = _value(column, row.cells[index], known)
            except BadCell as bad:
                errors.append(CellError(row.line, headings[column.key], str(bad)))
        if errors:
            checked.errors += errors
        else:
            code, serial = values.pop("number")
            checked.rows.append(CheckedRow(row.line, values.pop("field"), code, serial, values))
    return checked


def _too_long(row: Row, table: Table) -> Iterator[tuple[str, str]]:
    if len(row.cells) > len(table.header):
        yield (
            "field",
            f"Die Zeile hat {len(row.cells)} Zellen, die Kopfzeile nur {len(table.header)} Spalten. Ein Text, der das "
            "Trennzeichen enthält, muss in Anführungszeichen stehen.",
        )


def _value(column: Column, cell: Cell, known: Known) -> Any:
    value = value_of(column, cell)
    if value is None:
        if column.key in REQUIRED:
            raise BadCell(
                "Hier steht nichts. Jede Zeile braucht Handlungsfeld und Nummer. Verbundene Zellen gelten nur für ihre "
                "erste Zeile."
            )
        return None
    match column.kind:
        case Kind.NUMBER:
            return number(value)
        case Kind.FIELD:
            return _field(value, known)
        case Kind.UNIT:
            return _unit(value, known)
        case Kind.PERSON:
            return _person(value, known)
    return value


def _field(text: str, known: Known) -> str:
    """Names a field that exists or a new one."""
    if known.field_named(text) or text in known.meant_fields:
        return text
    if meant := known.field_meant(text):
        raise BadCell(f"„{shown(text)}“ gibt es nicht. Meinten Sie „{meant.title}“ ({meant.code})?")
    if len(text) > 80:
        raise BadCell(f"Der Titel eines Handlungsfelds hat höchstens 80 Zeichen, dieser hat {len(text)}.")
    return text


def _unit(text: str, known: Known) -> Unit:
    unit = known.units.get(plain(text))
    if unit is None:
        meant = known.unit_meant(text)
        expected = "Erwartet wird der Name einer Organisationseinheit des Portals."
        hint = f"Meinten Sie „{meant.name}“?" if meant else expected
        raise BadCell(f"Die Organisationseinheit „{shown(text)}“ gibt es nicht. {hint}")
    return unit


def _person(text: str, known: Known) -> User:
    user = known.people.get(text.casefold())
    if user is None:
        raise BadCell(
            f"Ein Konto „{shown(text)}“ gibt es nicht. Erwartet wird die E-Mail-Adresse, mit der sich jemand anmeldet."
        )
    return user
