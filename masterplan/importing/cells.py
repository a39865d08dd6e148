"""What a single cell says: text, day, percentage, word from a list. German sentences where it says nothing usable."""

import re
from datetime import date
from typing import Any

from ground.formats import listed
from masterplan.importing.columns import CHOICES, Column, Kind
from masterplan.importing.table import Cell, FormulaError
from masterplan.rules import numbered

YEARS = range(1990, 2101)
DAY_FORMATS = (
    (re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})"), (3, 2, 1)),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?"), (1, 2, 3)),
)
SERIAL = re.compile(r"[3-7]\d{4}")
"""Days since 1900 as Excel counts them, from 1982 to 2119."""
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class BadCell(Exception):
    """A cell cannot be what its column asks for; the message says what is there and what was expected."""


def cleaned(text: str, kind: Kind) -> str:
    """Text as it is kept: no control characters, no space around it; a line stays one line."""
    plain = UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return re.sub(r"\s*\n\s*", " ", plain) if kind == Kind.LINE else plain


def shown(cell: Cell) -> str:
    """Short enough for a sentence."""
    text = f"{cell:%d.%m.%Y}" if isinstance(cell, date) else " ".join(cell.split())
    return f"{text[:60]}…" if len(text) > 60 else text


def value_of(column: Column, cell: Cell) -> Any:
    """The cell's value, None where it is empty; units, persons and fields of action stay the text they are.

    Raises BadCell.
    """
    if isinstance(cell, FormulaError) and cell.startswith("="):
        raise BadCell(
            f"Die Formel „{shown(cell)}“ hat kein gespeichertes Ergebnis. Öffnen Sie die Datei in der "
            "Tabellenkalkulation und speichern Sie sie dort noch einmal."
        )
    if isinstance(cell, FormulaError):
        raise BadCell(f"„{cell}“ ist ein Fehlerwert der Tabelle. Berichtigen Sie die Formel oder leeren Sie die Zelle.")
    if column.kind == Kind.DATE:
        return day(cell)
    text = cleaned(
        shown(cell) if isinstance(cell, date) else cell, Kind.TEXT if column.kind == Kind.TEXT else Kind.LINE
    )
    if not text:
        return None
    if column.kind == Kind.PERCENT:
        return percent(text)
    if column.kind == Kind.NUMBERS:
        return numbers(text)
    return choice(column.key, text) if column.kind == Kind.CHOICE else text


def day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return _in_range(cell, cell)
    text = cell.strip()
    if not text:
        return None
    for pattern, (year, month, day_of_month) in DAY_FORMATS:
        if match := pattern.fullmatch(text):
            parts = int(match[year]), int(match[month]), int(match[day_of_month])
            try:
                return _in_range(date(parts[0] + (2000 if parts[0] < 100 else 0), *parts[1:]), cell)
            except ValueError:
                break
    if SERIAL.fullmatch(text):
        raise BadCell(
            f"„{text}“ ist die Zahl, als die eine Tabellenkalkulation einen Tag speichert. Geben Sie der Spalte dort "
            "das Format „Datum“."
        )
    raise BadCell(f"„{shown(cell)}“ ist kein Datum. Erwartet wird zum Beispiel 31.12.2027.")


def _in_range(value: date, cell: Cell) -> date:
    if value.year not in YEARS:
        raise BadCell(f"„{shown(cell)}“ liegt außerhalb der Jahre 1990 bis 2100.")
    return value


def percent(text: str) -> int:
    match = re.fullmatch(r"(\d{1,3})(?:[.,]0+)?\s*%?", text)
    if not match or int(match[1]) > 100:
        raise BadCell(f"„{shown(text)}“ ist kein Fortschritt. Erwartet wird eine ganze Zahl von 0 bis 100.")
    return int(match[1])


def choice(key: str, text: str) -> str:
    for value, label in CHOICES[key].choices:
        if text.casefold() in (str(label).casefold(), value.casefold()):
            return value
    words = listed([f"„{label}“" for label in CHOICES[key].labels]).replace(" und ", " oder ")
    raise BadCell(f"„{shown(text)}“ ist nicht bekannt. Erwartet wird {words}.")


def number(text: str) -> tuple[str, int]:
    """Code of the field and running number of „BS-01“; no code for „01“. Raises BadCell."""
    match = re.fullmatch(r"(?:([A-ZÄÖÜ]{2,4})\s*-\s*)?0*([1-9]\d{0,4})\.?", text.strip())
    if not match:
        raise BadCell(f"„{shown(text)}“ ist keine Nummer. Erwartet wird zum Beispiel 7, 07 oder BS-07.")
    return match[1] or "", int(match[2])


def numbers(text: str) -> tuple[str, ...]:
    """Each once, as „BS-02, IN-01“ names them. Raises BadCell."""
    found = []
    for part in re.split(r"[,;\s]+", text.strip(",; ")):
        code, serial = number(part)
        if not code:
            raise BadCell(f"„{shown(part)}“ nennt kein Handlungsfeld. Erwartet wird zum Beispiel BS-07, IN-02.")
        found.append(numbered(code, serial))
    return tuple(dict.fromkeys(found))
