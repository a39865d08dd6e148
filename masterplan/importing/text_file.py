"""Reads tables from text: UTF-8, UTF-16 with mark, Windows-1252; separated by semicolon, comma or tab."""

import codecs
import csv
import re
from io import StringIO
from itertools import islice

from masterplan.importing.columns import recognised
from masterplan.importing.escaping import as_meant
from masterplan.importing.table import MAX_ROWS, TOO_MANY_ROWS, Cell, Table, UnreadableFile, table_of

DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
SAMPLE = 20
EXCEL_HINT = re.compile(r"\Asep=.(?=\r|\n)")
"""A first line that tells Excel the delimiter; it stays as an empty line, so that the others keep their numbers."""


def read_text(content: bytes) -> Table:
    """Raises UnreadableFile."""
    text, encoding = _decoded(content)
    if "\0" in text:
        raise UnreadableFile(
            "Die Datei enthält Nullzeichen, die in einem Text nicht vorkommen. "
            "Speichern Sie die Tabelle neu als CSV (UTF-8)."
        )
    text = EXCEL_HINT.sub("", text)
    delimiter = max(DELIMITERS, key=lambda one: _fit(text, one))
    return table_of(_lines(text, delimiter), f"CSV, {encoding}, getrennt durch {DELIMITERS[delimiter]}")


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), name
            except UnicodeDecodeError as broken:
                raise UnreadableFile(
                    f"Die Datei beginnt als {name}, enthält aber Zeichen, die es darin nicht gibt. "
                    "Speichern Sie die Tabelle neu als CSV (UTF-8)."
                ) from broken
    for codec, name in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return content.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        "Die Zeichen der Datei sind weder UTF-8 noch Windows-1252. Speichern Sie die Tabelle neu als CSV (UTF-8)."
    )


def _fit(text: str, delimiter: str) -> tuple[int, int]:
    """How well the delimiter explains the first lines: known names of columns, then the number of columns."""
    try:
        lines = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), SAMPLE))
    except csv.Error:
        return 0, 0
    header = next((line for line in lines if any(line)), max(lines, key=len, default=[]))
    return sum(recognised(name) is not None for name in header), len(header)


def _lines(text: str, delimiter: str) -> list[tuple[int, list[Cell]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[tuple[int, list[Cell]]] = []
    filled = number = 0
    try:
        for number, cells in enumerate(reader, 1):
            lines.append((number, [as_meant(cell) for cell in cells]))
            filled += any(cells)
            if filled > MAX_ROWS + 1:
                raise UnreadableFile(TOO_MANY_ROWS)
    except csv.Error as broken:
        raise UnreadableFile(
            f"Ab Zeile {number + 1} lässt sich die Datei nicht in Zellen teilen: Ein Anführungszeichen steht an "
            "falscher Stelle oder wird nicht geschlossen, oder eine Zelle ist länger als 100.000 Zeichen."
        ) from broken
    return lines
