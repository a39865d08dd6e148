"""What spreadsheets put into a list beside plain cells."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from xlsxwriter import Workbook

from masterplan.importing.applying import ListHasErrors
from masterplan.models import Measure
from tests.builders import make_field, make_measure
from tests.masterplan.lists import import_bytes

pytestmark = pytest.mark.django_db
HEAD = ("Handlungsfeld", "Nr", "Titel", "Ende")


def never_computed(*rows, merged: str = "") -> bytes:
    """As a program writes a workbook that no spreadsheet has opened yet."""
    book, target = openpyxl.Workbook(), BytesIO()
    for row in (HEAD, *rows):
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(target)
    return target.getvalue()


def as_excel_stores_it(content: bytes) -> bytes:
    """An empty result is a text as well."""
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for entry in source.infolist():
            archive.writestr(entry.filename, source.read(entry).replace(b'<c r="D2">', b'<c r="D2" t="str">'))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            never_computed(["BS", 1, "Termine", "=TODAY()"]),
            "Zeile 2, Spalte „Ende“: Die Formel „=TODAY()“ hat kein gespeichertes Ergebnis. Öffnen Sie die Datei in "
            "der Tabellenkalkulation und speichern Sie sie dort noch einmal.",
        ),
        (
            never_computed(["BS", 1, "Termine", 46387]),
            "Zeile 2, Spalte „Ende“: „46387“ ist die Zahl, als die eine Tabellenkalkulation einen Tag speichert. Geben "
            "Sie der Spalte dort das Format „Datum“.",
        ),
        (
            never_computed(["BS", 1, "Termine"], ["", 2, "Netz"], merged="A2:A3"),
            "Zeile 3, Spalte „Handlungsfeld“: Hier steht nichts. Jede Zeile braucht Handlungsfeld und Nummer. "
            "Verbundene Zellen gelten nur für ihre erste Zeile.",
        ),
    ],
    ids=["formula", "serial day", "merged"],
)
def test_it_is_named_with_what_to_do(content, sentence):
    make_measure("Termine", state={"planned_end": date(2027, 12, 31)})
    with pytest.raises(ListHasErrors) as refused:
        import_bytes(content)
    assert [str(error) for error in refused.value.errors] == [sentence]


def test_a_formula_that_was_computed_counts_as_its_result_even_an_empty_one():
    make_field()
    target = BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["BS", 1])
        sheet.write_formula(1, 2, '="Ter"&"mine"', None, "Termine")
        sheet.write_formula(1, 3, '=IF(A9="","",A9)', None, "")
    import_bytes(as_excel_stores_it(target.getvalue()))
    assert list(Measure.objects.values_list("title", "planned_end")) == [("Termine", None)]


def test_the_line_that_tells_excel_the_delimiter_is_passed_over():
    make_field()
    plan = import_bytes("sep=;\r\nHandlungsfeld;Nr;Titel\r\nBS;1;Ämter\r\n".encode("cp1252"))
    assert [(row.line, row.measure.title) for row in plan.rows] == [(3, "Ämter")]
