"""Whatever is wrong with a file is said in German, and nothing of it is written."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from masterplan.importing.applying import ListHasErrors
from masterplan.importing.mapping import faults, guess
from masterplan.importing.reading import read_table
from masterplan.importing.table import TOO_LARGE, TOO_MANY_ROWS, UnreadableFile
from masterplan.importing.workbook import BROKEN, NO_WORKBOOK, TOO_MUCH
from strategy.models import FieldOfAction
from tests.builders import make_field, make_measure, make_unit, make_user
from tests.masterplan.lists import HEAD, as_csv, as_xlsx, everything, import_bytes

pytestmark = pytest.mark.django_db

NAMES = HEAD.split(";")
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    + b"\x00\x00\x00\x00\x00\x00\x00\x00IDAT"
    + zlib.compress(b"\x00\x00")
)


def zipped(**entries: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def with_doctype() -> bytes:
    """A workbook whose shared strings declare an entity."""
    source, target = zipfile.ZipFile(BytesIO(as_xlsx(NAMES, ["BS", 1, "x"]))), BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("sharedStrings.xml"):
                head, rest = content.split(b"?>", 1)
                content = head + b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + rest
            archive.writestr(entry.filename, content)
    return target.getvalue()


UNREADABLE = {
    "empty": (b"", "Die Datei ist leer. Erwartet wird eine Zeile mit Spaltennamen und darunter die Maßnahmen."),
    "only blank lines": (b"\n;;\n", "Die Datei ist leer. Erwartet wird eine Zeile mit Spaltennamen und darunter die"),
    "only the head": (as_csv(), "Die Datei enthält nur die Zeile mit den Spaltennamen. Darunter fehlen die Maßnahmen."),
    "only the head, XLSX": (as_xlsx(NAMES), "Die Datei enthält nur die Zeile mit den Spaltennamen."),
    "empty workbook": (as_xlsx(), "Die Datei ist leer."),
    "50 MB": (b"x" * 50_000_000, TOO_LARGE),
    "10,000 rows": (as_csv(*(f"BS;{turn};T" for turn in range(10_000))), TOO_MANY_ROWS),
    "10,000 rows, XLSX": (as_xlsx(NAMES, *(["BS", turn, "T"] for turn in range(10_000))), TOO_MANY_ROWS),
    "101 columns": (b";".join(b"S%d" % turn for turn in range(101)) + b"\n1", "Die Tabelle hat mehr als 100 Spalten."),
    "101 columns, XLSX": (as_xlsx(range(101), range(101)), "Die Tabelle hat mehr als 100 Spalten."),
    "zip bomb": (zipped(xl__workbook_xml=b" " * 80_000_000), TOO_MUCH),
    "dense zip": (zipped(xl__workbook_xml=b" " * 20_000_000), TOO_MUCH),
    "many entries": (zipped(**{f"e{turn}": b"" for turn in range(501)}), TOO_MUCH),
    "another zip": (zipped(readme=b"hello"), NO_WORKBOOK),
    "broken zip": (as_xlsx(NAMES, ["BS", 1, "x"])[:-300], BROKEN),
    "broken workbook": (zipped(xl__workbook_xml=b"<workbook"), BROKEN),
    "entities": (with_doctype(), BROKEN),
    "a picture": (PNG, "Das ist eine Datei der Art PNG. Erwartet wird eine Tabelle als .xlsx oder CSV."),
    "a PDF": (b"%PDF-1.7\n", "Das ist ein PDF. Erwartet wird eine Tabelle als .xlsx oder CSV."),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Das ist eine Excel-Datei im alten Format (.xls)"),
    "no encoding": (b"Titel;\x81\xc3\n", "Die Zeichen der Datei sind weder UTF-8 noch Windows-1252."),
    "false mark": (
        b"\xef\xbb\xbfTitel;\xfc\n",
        "Die Datei beginnt als UTF-8, enthält aber Zeichen, die es darin nicht",
    ),
    "odd UTF-16": (b"\xff\xfeT", "Die Datei beginnt als UTF-16, enthält aber Zeichen, die es darin nicht gibt."),
    "NUL": (b"Handlungsfeld;Nr\nBS;\x00\n", "Die Datei enthält Nullzeichen, die in einem Text nicht vorkommen."),
    "open quote": (as_csv('BS;1;"offen'), "Ab Zeile 2 lässt sich die Datei nicht in Zellen teilen:"),
    "endless cell": (as_csv("BS;1;" + "x" * 200_000), "Ab Zeile 2 lässt sich die Datei nicht in Zellen teilen:"),
    "twice": (as_csv("1", head="Titel;titel"), "Der Spaltenname „Titel“ steht zweimal in der Kopfzeile."),
    "merged head": (
        as_xlsx(["Handlungsfeld", "Nr", "Termine", ""], ["", "", "Beginn", "Ende"], ["BS", 1, "", "31.12.2027"]),
        "Spalte 4 hat Inhalt, aber keinen Namen. In die erste Zeile gehört über jede Spalte ein Name; verbundene",
    ),
    "title above": (as_xlsx(["Masterplan"], NAMES, ["BS", 1, "x"]), "Spalte 2 hat Inhalt, aber keinen Namen."),
    "two lists": (
        as_xlsx(sheets={"A": [NAMES, ["BS", 1, "x"]], "B": [NAMES, ["BS", 2, "x"]]}),
        "Die Datei hat mehrere Blätter mit Inhalt („A“, „B“). Lassen Sie nur das Blatt mit den Maßnahmen darin.",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(name):
    content, sentence = UNREADABLE[name]
    before = everything()

    with pytest.raises(UnreadableFile) as refused:
        import_bytes(content)

    assert str(refused.value)[: len(sentence)] == sentence
    assert everything() == before


def test_the_sheet_with_the_list_is_found_among_others():
    table = read_table(as_xlsx(sheets={"Hinweise": [["Stand"], ["2026"]], "Liste": [NAMES, ["BS", 1, "x"]]}))
    assert (table.header, table.source) == (("Handlungsfeld", "Nr", "Titel"), "Excel, Blatt „Liste“")


@pytest.mark.parametrize(
    ("encoding", "source"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
@pytest.mark.parametrize(("delimiter", "name"), [(";", "Semikolon"), (",", "Komma"), ("\t", "Tabulator")])
def test_text_is_read_in_each_usual_encoding_and_delimiter(encoding, source, delimiter, name):
    text = f'Handlungsfeld{delimiter}Nr{delimiter}Titel\nÄmter{delimiter}1{delimiter}"a;b,c\t""x""\nzweite"\n'

    table = read_table(text.encode(encoding))

    assert (table.rows[0].cells, table.source) == (
        ("Ämter", "1", 'a;b,c\t"x"\nzweite'),
        f"CSV, {source}, getrennt durch {name}",
    )


@pytest.mark.parametrize("header", ["Handlungsfeld;Titel", "Nr;Titel", "Titel;Kosten"])
def test_a_missing_key_column_is_named(header):
    found = faults(guess(read_table(as_csv("x;y", head=header))))
    assert [sentence.split("“")[0] for sentence in found] == [
        f"Es fehlt die Spalte „{label}"
        for label, name in [("Handlungsfeld", "Handlungsfeld"), ("Nummer", "Nr")]
        if name not in header
    ]


DATES = "Handlungsfeld;Nr;Titel;Beginn;Ende"
ROWS = {
    "no field": (";1;x", HEAD, "Handlungsfeld", "Hier steht nichts. Jede Zeile braucht Handlungsfeld und Nummer."),
    "no number": ("BS;;x", HEAD, "Nr", "Hier steht nichts. Jede Zeile braucht Handlungsfeld und Nummer."),
    "no title": ("BS;2;", HEAD, "Titel", "Der Titel fehlt. Eine neue Maßnahme braucht einen Titel oder wenigstens"),
    "nearly a field": (
        "Burgerservice;2;x",
        HEAD,
        "Handlungsfeld",
        "„Burgerservice“ gibt es nicht. Meinten Sie „",
    ),
    "other case": ("bürgerservice ;2;x", HEAD, "Handlungsfeld", "„bürgerservice“ gibt es nicht. Meinten Sie „"),
    "code in small": ("bs;2;x", HEAD, "Handlungsfeld", "„bs“ gibt es nicht. Meinten Sie „Bürgerservice“ (BS)?"),
    "withdrawn field": ("Altes;1;x", HEAD, "Handlungsfeld", "„Altes“ wird nicht mehr benutzt. Wählen Sie"),
    "long field": (
        f"{'F' * 81};1;x",
        HEAD,
        "Handlungsfeld",
        "Der Titel eines Handlungsfelds hat höchstens 80",
    ),
    "no such number": (
        "BS;zwei;x",
        HEAD,
        "Nr",
        "„zwei“ ist keine Nummer. Erwartet wird zum Beispiel 7, 07 oder",
    ),
    "number nought": ("BS;0;x", HEAD, "Nr", "„0“ ist keine Nummer."),
    "code of elsewhere": (
        "BS;MO-02;x",
        HEAD,
        "Nr",
        "MO-02 gibt es nicht, und neue Nummern im Handlungsfeld",
    ),
    "long title": (f"BS;2;{'T' * 121}", HEAD, "Titel", "Der Text hat 121 Zeichen, erlaubt sind 120. Kürzen Sie ihn."),
    "long text": (
        f"BS;2;x;{'T' * 20_001}",
        f"{HEAD};Beschreibung",
        "Beschreibung",
        "Der Text hat 20001 Zeichen, erlaubt sind 20000. Kürzen Sie ihn.",
    ),
    "more cells": ("BS;2;x;y", HEAD, "Handlungsfeld", "Die Zeile hat 4 Zellen, die Kopfzeile nur 3 Spalten."),
    "no date": ("BS;2;x;;bald", DATES, "Ende", "„bald“ ist kein Datum. Erwartet wird zum Beispiel 31.12.2027."),
    "no such day": ("BS;2;x;;31.02.2027", DATES, "Ende", "„31.02.2027“ ist kein Datum."),
    "far year": ("BS;2;x;;31.12.0207", DATES, "Ende", "„31.12.0207“ liegt außerhalb der Jahre 1990 bis 2100."),
    "end before start": ("BS;2;x;01.06.2027;01.05.2027", DATES, "Ende", "Das geplante Ende liegt vor dem geplanten"),
    "progress 120": (
        "BS;2;x;120",
        f"{HEAD};Fortschritt",
        "Fortschritt",
        "„120“ ist kein Fortschritt. Erwartet wird",
    ),
    "progress in words": ("BS;2;x;halb", f"{HEAD};Fortschritt", "Fortschritt", "„halb“ ist kein Fortschritt."),
    "unknown phase": (
        "BS;2;x;fertig",
        f"{HEAD};Phase",
        "Phase",
        "„fertig“ ist nicht bekannt. Erwartet wird „",
    ),
    "merged": ("BS;2;x;zusammengeführt", f"{HEAD};Phase", "Phase", "„zusammengeführt“ lässt sich nicht einlesen."),
    "done in part": (
        "BS;2;x;abgeschlossen;80",
        f"{HEAD};Phase;Fortschritt",
        "Fortschritt",
        "Das passt nicht zur Phase „abgeschlossen“. Daraus folgt „100\u00a0%“; tragen Sie das ein.",
    ),
    "unknown unit": (
        "BS;2;x;Tiefbauamd",
        f"{HEAD};Federführung",
        "Federführung",
        "Die Organisationseinheit „Tiefbauamd“ gibt es nicht. Meinten Sie „Tiefbauamt“?",
    ),
    "unknown person": (
        "BS;2;x;wer@stadt.example",
        f"{HEAD};Verantwortlich",
        "Verantwortlich",
        "Ein Konto „wer@stadt.example“ gibt es nicht. Erwartet wird die E-Mail-Adresse,",
    ),
    "council member": (
        "BS;2;x;rat@stadt.example",
        f"{HEAD};Verantwortlich",
        "Verantwortlich",
        "rat@stadt.example kann nicht für Maßnahmen eintreten.",
    ),
    "own deputy": (
        "BS;2;x;amt@stadt.example;amt@stadt.example",
        f"{HEAD};Verantwortlich;Vertretung",
        "Vertretung",
        "Verantwortlich und Vertretung sind dieselbe Person.",
    ),
}


@pytest.fixture
def house():
    make_field("BS", "Bürgerservice")
    FieldOfAction.objects.create(code="AL", title="Altes", slug="altes", withdrawn_on="2026-01-01")
    make_unit("Tiefbauamt")
    make_user("COUNCIL", email="rat@stadt.example")
    make_user(email="amt@stadt.example")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_named_by_row_and_column_and_nothing_is_written(name):
    line, head, column, sentence = ROWS[name]
    before = everything()

    with pytest.raises(ListHasErrors) as refused:
        import_bytes(as_csv("Bürgerservice;1;gut", line, head=head))

    start = f"Zeile 3, Spalte „{column}“: {sentence}"
    assert [str(error)[: len(start)] for error in refused.value.errors] == [start]
    assert everything() == before


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        ("BS;01;b", "BS-01 steht schon in Zeile 2. Jede Nummer darf in ihrem Handlungsfeld nur einmal stehen."),
        ("BS;BS-1;b", "BS-01 steht schon in Zeile 2. Jede Nummer darf in ihrem Handlungsfeld nur einmal stehen."),
    ],
)
def test_a_number_stands_only_once_in_a_list(second, sentence):
    make_field("BS", "Bürgerservice")
    with pytest.raises(ListHasErrors) as refused:
        import_bytes(as_csv("BS;1;a", second))
    assert [str(error) for error in refused.value.errors] == [f"Zeile 3, Spalte „Nr“: {sentence}"]


def test_a_number_that_was_given_once_is_never_given_again():
    measure = make_measure()
    measure.withdrawn_at = "2026-11-01T00:00Z"
    measure.save_tracked(by=None)
    with pytest.raises(ListHasErrors) as refused:
        import_bytes(as_csv("BS;1;a"))
    assert [error.sentence for error in refused.value.errors] == [
        "BS-01 war schon einmal vergeben. Eine Nummer wird nicht wieder benutzt; wählen Sie eine andere."
    ]


def test_a_failed_formula_is_named():
    make_field("BS", "Bürgerservice")
    target = BytesIO()
    with Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        sheet.write_row(1, 0, ["BS", 1])
        sheet.write_formula(1, 2, "=A9/0", None, "#DIV/0!")
    with pytest.raises(ListHasErrors) as refused:
        import_bytes(target.getvalue())
    assert [str(error) for error in refused.value.errors] == [
        "Zeile 2, Spalte „Titel“: „#DIV/0!“ ist ein Fehlerwert der Tabelle. Berichtigen Sie die Formel oder leeren Sie "
        "die Zelle."
    ]


@pytest.mark.parametrize("content", [b"kein Archiv", b"\x01\x02;\x9d\n", as_xlsx(NAMES)[:2]], ids=repr)
def test_a_broken_workbook_is_not_told_to_be_a_bad_text(content):
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, name="Liste.XLSX")
    assert str(refused.value) == BROKEN
