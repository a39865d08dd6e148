"""A table as it stands in a file: names of columns, rows, nothing understood yet."""

from dataclasses import dataclass
from datetime import date

from ground.formats import whole

MAX_BYTES = 10_000_000
MAX_ROWS = 5_000
MAX_COLUMNS = 100

TOO_LARGE = "Die Datei ist größer als 10 MB. Teilen Sie die Liste auf oder entfernen Sie Bilder und weitere Blätter."
TOO_MANY_ROWS = (
    f"Die Datei hat mehr als {whole(MAX_ROWS)} Zeilen. Teilen Sie die Liste auf, lesen Sie die Teile nacheinander ein."
)
TOO_MANY_COLUMNS = f"Die Tabelle hat mehr als {MAX_COLUMNS} Spalten. Entfernen Sie die, die nicht eingelesen werden."


class UnreadableFile(Exception):
    """The file is no table that can be read; the message is a German sentence that says why and what to do."""


class FormulaError(str):
    """What a spreadsheet shows where a formula fails, such as #REF!; the formula itself where it was never computed."""


type Cell = str | date


@dataclass(frozen=True)
class Row:
    """`line` is the row's number as a spreadsheet shows it; `cells` has one cell per column, and more where the row is
    longer than the head."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """`source` says in German how the file was read."""

    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    source: str


def table_of(lines: list[tuple[int, list[Cell]]], source: str) -> Table:
    """From numbered lines; the first that is not empty holds the names. Raises UnreadableFile."""
    filled = [(line, cells) for line, cells in lines if any(cell != "" for cell in cells)]
    if not filled:
        raise UnreadableFile(
            "Die Datei ist leer. Erwartet wird eine Zeile mit Spaltennamen und darunter die Maßnahmen."
        )
    (header_line, names), body = filled[0], filled[1:]
    header = [str(name).strip() for name in names]
    while header and not header[-1]:
        header.pop()
    _check_header(header, body)
    rows = tuple(Row(line, _of_width(cells, len(header))) for line, cells in body)
    return Table(tuple(header), header_line, rows, source)


def _check_header(header: list[str], body: list[tuple[int, list[Cell]]]) -> None:
    if not body:
        raise UnreadableFile("Die Datei enthält nur die Zeile mit den Spaltennamen. Darunter fehlen die Maßnahmen.")
    if len(body) > MAX_ROWS:
        raise UnreadableFile(TOO_MANY_ROWS)
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile(TOO_MANY_COLUMNS)
    names = [name.casefold() for name in header if name]
    twice = next((name for name in header if name and names.count(name.casefold()) > 1), None)
    if twice:
        raise UnreadableFile(
            f"Der Spaltenname „{twice}“ steht zweimal in der Kopfzeile. Jede Spalte braucht ihren Namen."
        )
    unnamed = _unnamed(header, body)
    if unnamed is not None:
        raise UnreadableFile(
            f"Spalte {unnamed + 1} hat Inhalt, aber keinen Namen. In die erste Zeile gehört über jede Spalte ein "
            "Name; verbundene Zellen und Überschriften über der Tabelle lassen sich nicht einlesen."
        )


def _unnamed(header: list[str], body: list[tuple[int, list[Cell]]]) -> int | None:
    """A filled column without a name; behind the last name only if most rows reach there, else it is their slip."""
    for index, name in enumerate(header):
        if not name and any(index < len(cells) and cells[index] != "" for _, cells in body):
            return index
    longer = sum(any(cell != "" for cell in cells[len(header) :]) for _, cells in body)
    return len(header) if longer * 2 > len(body) else None


def _of_width(cells: list[Cell], width: int) -> tuple[Cell, ...]:
    """Filled up to the head's width; cells beyond it stay only where they hold something."""
    kept = list(cells)
    while len(kept) > width and kept[-1] == "":
        kept.pop()
    return tuple(kept + [""] * (width - len(kept)))
