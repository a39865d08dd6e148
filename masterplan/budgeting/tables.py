"""Lines of the budget as a table that a spreadsheet opens, and whose columns are understood when it comes back."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from accounts.access import Perm, require
from ground.amounts import written
from ground.formats import day
from masterplan.budgeting.lines import AMOUNTS
from masterplan.importing.escaping import harmless
from masterplan.importing.table import Table, UnreadableFile
from masterplan.models import BudgetKind, BudgetLine, BudgetSource


@dataclass(frozen=True)
class Column:
    """`key` is a field of the line; `names` are what other programs call it."""

    key: str
    label: str
    names: tuple[str, ...] = ()
    read: bool = True


COLUMNS = (
    Column("number", "Nummer", ("nr", "maßnahmennummer", "maßnahme")),
    Column("title", "Titel", (), read=False),
    Column("year", "Jahr", ("haushaltsjahr",)),
    Column("kind", "Haushalt", ("art", "haushaltsart")),
    Column("sub_budget", "Teilhaushalt", ("thh",)),
    Column("product", "Produkt", ("produktkonto",)),
    Column("requested", "Bedarf", ("anmeldung", "bedarf angemeldet", "angemeldeter bedarf")),
    Column("appropriated", "Ansatz", ("haushaltsansatz", "planansatz")),
    Column("supplementary", "Nachtrag", ("nachtragshaushalt",)),
    Column("carried_over", "Übertragene Ermächtigung", ("übertragen", "ermächtigungsübertragung", "haushaltsrest")),
    Column("extra", "Über-/außerplanmäßig", ("überplanmäßig", "außerplanmäßig", "üpl apl")),
    Column("spent", "Ist", ("ergebnis", "ausgegeben")),
    Column("as_of", "Stand des Ist", ("stand", "ist stand")),
    Column("commitment", "Verpflichtungsermächtigung", ("ve",)),
    Column("resolved", "Beschlossen", (), read=False),
)
REQUIRED = ("number", "year", "kind")
LABELS = {column.key: column.label for column in COLUMNS}


def _plain(heading: str) -> str:
    return re.sub(r"[\s.:*_/()-]+", " ", heading.replace("€", " ").casefold()).strip()


_BY_NAME = {_plain(name): column for column in COLUMNS for name in (column.label, *column.names)}


def positions(table: Table) -> dict[str, int]:
    """Where each column that is read stands. Raises UnreadableFile where one that every line needs is missing."""
    found: dict[str, int] = {}
    for index, heading in enumerate(table.header):
        column = _BY_NAME.get(_plain(heading))
        if column and column.key in found:
            raise UnreadableFile(f"Zwei Spalten der Datei meinen „{column.label}“. Löschen Sie eine davon.")
        if column:
            found[column.key] = index
    missing = [LABELS[key] for key in REQUIRED if key not in found]
    if missing:
        raise UnreadableFile(
            f"In der Kopfzeile fehlt „{missing[0]}“. Jede Zeile braucht Nummer, Jahr und Haushalt; am einfachsten "
            "beginnen Sie mit der Datei, die Sie hier herunterladen."
        )
    return {key: index for key, index in found.items() if next(one for one in COLUMNS if one.key == key).read}


def ignored(table: Table) -> list[str]:
    """Headings that no column is known by."""
    return [heading for heading in table.header if heading and _plain(heading) not in _BY_NAME]


def csv_file(user: Any) -> bytes:
    """All lines that the user may see: UTF-8 with mark, semicolons, CRLF, amounts as 1234,56.

    Without the lines of zero beside „kein eigener Ansatz“, which no file could bring back.
    """
    require(user, Perm.READ_BUDGET)
    elsewhere = BudgetSource.objects.exclude(product="").values("measure")
    lines = BudgetLine.objects.visible_to(user).exclude(measure__in=elsewhere).select_related("measure")
    rows = [
        [_cell(column.key, line) for column in COLUMNS]
        for line in lines.order_by("measure__code", "measure__serial", "kind", "year", "sub_budget", "product")
    ]
    return _written([[column.label for column in COLUMNS], *rows]).encode("utf-8-sig")


def _cell(key: str, line: BudgetLine) -> str:
    if key in ("number", "title"):
        return harmless(getattr(line.measure, key))
    if key == "kind":
        return BudgetKind(line.kind).label
    value = getattr(line, key)
    if key in (*AMOUNTS, "resolved"):
        return written(value)
    return day(value) if isinstance(value, date) else "" if value is None else harmless(str(value))


def text_of(table: Table) -> str:
    """The table as text that reads back to the same, for the way from preview to taking over."""
    rows = [[day(cell) if isinstance(cell, date) else harmless(cell) for cell in row.cells] for row in table.rows]
    return _written([list(table.header), *rows])


def _written(rows: Iterable[list[str]]) -> str:
    target = StringIO(newline="")
    csv.writer(target, delimiter=";", lineterminator="\r\n").writerows(rows)
    return target.getvalue()


def in_words(value: Any) -> str:
    """A figure of a line for the preview."""
    if isinstance(value, Decimal):
        return written(value)
    return day(value) if isinstance(value, date) else str(value or "")
