"""Reads tables from XLSX workbooks; what is inside is checked before anything is unpacked."""

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import repeat
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException

from masterplan.importing.columns import recognised
from masterplan.importing.escaping import as_meant
from masterplan.importing.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Cell,
    FormulaError,
    Table,
    UnreadableFile,
    table_of,
)

MAX_UNPACKED = 64_000_000
MAX_ENTRIES = 500
MAX_RATIO = 200
SMALL = 4_000_000
"""Below this many bytes unpacked, the ratio says nothing: empty rows pack well."""
MAX_EMPTY_ROWS = 20_000

BROKEN = "Die Excel-Datei ist beschädigt und lässt sich nicht öffnen. Speichern Sie sie im Programm neu als .xlsx."
NO_WORKBOOK = "Das ist ein ZIP-Archiv, aber keine Excel-Datei. Erwartet wird eine Tabelle als .xlsx oder CSV."
TOO_MUCH = (
    "Die Excel-Datei ist ausgepackt ungewöhnlich groß und wird deshalb nicht geöffnet. "
    "Kopieren Sie die Zeilen in eine neue Tabelle oder speichern Sie sie als CSV (UTF-8)."
)


def read_workbook(content: bytes) -> Table:
    """Raises UnreadableFile."""
    try:
        _check_archive(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know
            with ExitStack() as open_books:
                book = open_books.enter_context(_opened(content, data_only=True))
                formulas = open_books.enter_context(_opened(content, data_only=False)) if _computes(content) else None
                return _only_list(book, formulas)
    except UnreadableFile:
        raise
    except (
        zipfile.BadZipFile,
        ParseError,
        DefusedXmlException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
    ) as broken:
        raise UnreadableFile(BROKEN) from broken


def _opened(content: bytes, *, data_only: bool) -> closing[Any]:
    return closing(openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False))


def _computes(content: bytes) -> bool:
    """Whether any cell holds a formula; reading them takes as long as reading the values."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [entry for entry in archive.infolist() if entry.filename.startswith("xl/worksheets/")]
        return any(re.search(rb"<f[ />]", archive.read(sheet)) for sheet in sheets)


def _check_archive(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise UnreadableFile(TOO_MUCH)
    if unpacked > SMALL and unpacked > MAX_RATIO * len(content):
        raise UnreadableFile(TOO_MUCH)
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise UnreadableFile(NO_WORKBOOK)


def _only_list(book: Any, formulas: Any) -> Table:
    """The one sheet that is filled; among several the one whose head names a field of action and a number."""
    found: dict[str, list[tuple[int, list[Cell]]]] = {}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and (lines := list(_lines(sheet, formulas and formulas[sheet.title]))):
            found[sheet.title] = lines
    lists = [name for name in found if _is_list(found[name])] or list(found)
    if len(lists) > 1:
        names = ", ".join(f"„{name}“" for name in lists)
        raise UnreadableFile(
            f"Die Datei hat mehrere Blätter mit Inhalt ({names}). Lassen Sie nur das Blatt mit den Maßnahmen darin."
        )
    return table_of(found[lists[0]] if lists else [], f"Excel, Blatt „{lists[0]}“" if lists else "Excel")


def _is_list(lines: list[tuple[int, list[Cell]]]) -> bool:
    return {"field", "number"} <= {recognised(str(cell)) for cell in lines[0][1]}


def _lines(sheet: Any, formulas: Any) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that are not empty. What the file says of its own size is not believed."""
    sheet.reset_dimensions()
    filled = empty = 0
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    for number, (cells, sources) in enumerate(zip(rows, _sources(formulas), strict=False), 1):
        row = [_cell(cell, source) for cell, source in zip(cells, sources, strict=False)]
        if not any(cell != "" for cell in row):
            empty += 1
            if empty > MAX_EMPTY_ROWS:
                raise UnreadableFile(TOO_MUCH)
            continue
        filled += 1
        if filled > MAX_ROWS + 1:
            raise UnreadableFile(TOO_MANY_ROWS)
        if len(row) > MAX_COLUMNS and row[MAX_COLUMNS] != "":
            raise UnreadableFile(TOO_MANY_COLUMNS)
        yield number, row


def _sources(formulas: Any) -> Iterable[Iterable[Any]]:
    """The cells of each row with their formulas."""
    if formulas is None:
        return repeat(repeat(None))
    formulas.reset_dimensions()
    rows: Iterable[Iterable[Any]] = formulas.iter_rows(max_col=MAX_COLUMNS + 1)
    return rows


def _cell(cell: Any, source: Any) -> Cell:
    """`source` is the same cell with its formula; one that no spreadsheet ever computed has no result, not even ""."""
    value = cell.value
    if value is None and source is not None and source.data_type == "f" and cell.data_type == "n":
        return FormulaError(f"={str(source.value).removeprefix('=')}")
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, time | timedelta):
        return str(value)
    text = str(value)
    return FormulaError(text) if cell.data_type == "e" else as_meant(text)


def _number(value: float, number_format: str) -> str:
    if "%" in number_format:
        return f"{_plain(round(value * 100, 6))} %"
    return _plain(value)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value).replace(".", ",")
