"""Measures as a table that people edit in a spreadsheet and read in again; unchanged it changes nothing."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from accounts.access import Perm
from masterplan.importing.cells import cleaned
from masterplan.importing.columns import COLUMNS, Column, Kind
from masterplan.importing.differing import in_words
from masterplan.importing.escaping import harmless, harmless_string
from masterplan.models import Dependency, Measure, Visibility

LONGEST_CELL = 32_767
"""Characters that XLSX can hold in one cell."""

type Value = str | int | date


class TextTooLongForWorkbook(Exception):
    """A text does not fit into a cell of XLSX; CSV takes it."""


def csv_file(user: Any) -> bytes:
    """UTF-8 with mark, semicolons, CRLF: what German spreadsheets open by a double click."""
    columns, rows = _table(user)
    target = StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.label for column in columns])
    writer.writerows([[_as_text(value) for value in row] for row in rows])
    return target.getvalue().encode("utf-8-sig")


def xlsx_file(user: Any) -> bytes:
    """Raises TextTooLongForWorkbook."""
    columns, rows = _table(user)
    return workbook(columns, rows)


def example_file() -> bytes:
    """A short list to fill in."""
    columns = [column for column in COLUMNS if column.example]
    return workbook(columns, [[column.example for column in columns]])


def workbook(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Maßnahmen")
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"})
        figure = book.add_format({"valign": "top"})
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(0, index, column.label, head)
        count = 0
        for count, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(count, index, value, day)
                elif isinstance(value, int):
                    sheet.write_number(count, index, value, figure)
                elif value:
                    sheet.write_string(count, index, _fitting(value), text)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, count, len(columns) - 1)
    return target.getvalue()


def _table(user: Any) -> tuple[list[Column], list[list[Value]]]:
    """Of all measures that the user may see; notes only for those who may read them."""
    with_notes = user.has_perm(Perm.READ_NOTES)
    columns = [column for column in COLUMNS if with_notes or column.key != "internal_notes"]
    measures = Measure.objects.visible_to(user).select_related("field", "lead_unit", "responsible", "deputy").in_order()
    waits = _waits(user)
    return columns, [[_value(column, measure, waits) for column in columns] for measure in measures]


def _waits(user: Any) -> dict[int, list[str]]:
    """By measure the numbers of those that it waits for and the user sees."""
    rows = Dependency.objects.current().between_measures().filter(predecessor__in=Measure.objects.visible_to(user))
    found: dict[int, list[str]] = {}
    for pk, number in rows.order_by("predecessor__number").values_list("successor", "predecessor__number").distinct():
        found.setdefault(pk, []).append(number)
    return found


def _value(column: Column, measure: Measure, waits: Mapping[int, list[str]]) -> Value:
    if column.kind == Kind.NUMBERS:
        return ", ".join(waits.get(measure.pk, ()))
    value = getattr(measure, column.key)
    if column.kind in (Kind.LINE, Kind.TEXT):
        return cleaned(value, column.kind)
    if column.kind == Kind.SHOWN:
        return Visibility(value).label
    if column.kind in (Kind.DATE, Kind.PERCENT):
        return "" if value is None else value
    return cleaned(in_words(column.key, value), Kind.LINE)


def _as_text(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return harmless(value) if isinstance(value, str) else str(value)


def _fitting(text: str) -> str:
    kept = harmless_string(text)
    if len(kept) > LONGEST_CELL:
        raise TextTooLongForWorkbook
    return kept
