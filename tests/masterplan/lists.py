"""Lists as people send them, for the tests of import and export."""

from io import BytesIO

import xlsxwriter

from ground.models import Event
from masterplan.importing.applying import import_table
from masterplan.importing.mapping import guess
from masterplan.importing.reading import read_table
from masterplan.models import DueDatePromise, Measure, StatusUpdate
from strategy.models import FieldOfAction
from tests.builders import NOW

HEAD = "Handlungsfeld;Nr;Titel"


def as_csv(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *lines]).encode()


def as_xlsx(*rows, sheets=None) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, lines in (sheets or {"Liste": rows}).items():
            sheet = book.add_worksheet(name)
            for index, line in enumerate(lines):
                sheet.write_row(index, 0, line)
    return target.getvalue()


def import_bytes(content: bytes, *, by=None, now=NOW, **options):
    table = read_table(content)
    return import_table(table, guess(table), by=by, now=now, **options)


def counts(plan) -> dict[str, int]:
    return {verdict.value: number for verdict, number in plan.counts.items()}


def everything() -> tuple[int, ...]:
    """How many rows there are of all that an import writes."""
    tables = (Measure, FieldOfAction, StatusUpdate, DueDatePromise, Event, Measure.history, FieldOfAction.history)
    return tuple((table if hasattr(table, "count") else table.objects).count() for table in tables)
