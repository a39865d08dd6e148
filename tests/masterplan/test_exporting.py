import csv
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.access import Role
from masterplan.exporting import TextTooLongForWorkbook, csv_file, example_file, xlsx_file
from masterplan.importing.escaping import DANGEROUS, as_meant, harmless, harmless_string
from masterplan.importing.mapping import faults, guess, unknown_headings
from masterplan.importing.reading import read_table
from masterplan.models import Visibility
from tests.builders import make_field, make_measure, make_officer, make_unit, make_user
from tests.masterplan.lists import counts, import_bytes

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"\t\r\n;, \u00a0\x0b\x00_x😀"), st.characters(codec="utf-8", exclude_characters="\0")
    )
).map(lambda text: text.replace("\0", ""))
STATE = {"planned_start": date(2026, 3, 1), "planned_end": date(2027, 12, 31), "progress": 40, "phase": "IN_PROGRESS"}


def csv_rows(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@given(HOSTILE)
@example("'=1")
@example("''=1")
@example("'")
@example("'n Test")
@example(" =1")
def test_no_exported_text_runs_and_each_comes_back(text):
    assert (as_meant(harmless(text)), as_meant(harmless_string(text))) == (text, text)
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@"))
    assert harmless(text)[:1] not in ("\t", "\r") or not DANGEROUS.match(text)


class ExportGoesRound(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(HOSTILE, min_size=5, max_size=5))
    @example(["'=1", "=1+1", '"', "\r\n-x\r", " @x "])
    def test_whatever_texts_a_measure_holds(self, texts):
        officer, (title, teaser, description, notes, unit) = make_officer(), texts
        make_measure(
            title=f"{title[:119]}x",
            teaser=teaser[:240],
            description=description,
            internal_notes=notes,
            lead_unit=make_unit(f"{unit[:100]}x"),
            field=make_field(title=f"{title[:79]}x", slug="x"),
        )
        for content in (csv_file(officer), xlsx_file(officer)):
            assert counts(import_bytes(content, by=officer)) == {"unverändert": 1}


@pytest.mark.django_db
def test_the_text_file_is_what_german_spreadsheets_open():
    make_measure("Termine", description="=1+1", state=STATE, lead_unit=make_unit("Amt"))
    content = csv_file(make_officer())

    assert content.startswith(b"\xef\xbb\xbfHandlungsfeld;Nummer;Titel;")
    assert content.endswith(b"\r\n")
    assert dict(zip(*csv_rows(content), strict=True)) == {
        "Handlungsfeld": "Bürgerservice",
        "Nummer": "BS-01",
        "Titel": "Termine",
        "In einem Satz": "",
        "Beschreibung": "'=1+1",
        "Ziel": "",
        "Wem nützt es": "",
        "Federführung": "Amt",
        "Partner außerhalb der Verwaltung": "",
        "Verantwortlich": "",
        "Vertretung": "",
        "Priorität": "mittel",
        "Herkunft": "Vorschlag der Verwaltung",
        "Grundlage": "",
        "Phase": "in Umsetzung",
        "Status": "nicht bewertet",
        "Fortschritt in Prozent": "40",
        "Beginn": "01.03.2026",
        "Ende": "31.12.2027",
        "Tatsächlicher Beginn": "",
        "Tatsächliches Ende": "",
        "Abhängig von": "",
        "Interne Notizen": "",
        "Sichtbarkeit": "intern",
    }


@pytest.mark.django_db
def test_the_workbook_holds_real_dates_and_numbers_and_no_formula():
    make_measure("=1+1", state=STATE)
    sheet = openpyxl.load_workbook(BytesIO(xlsx_file(make_officer()))).active
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}

    assert (cells["Titel"].value, cells["Titel"].data_type, cells["Titel"].quotePrefix) == ("=1+1", "s", True)
    assert (cells["Ende"].value.date(), cells["Fortschritt in Prozent"].value) == (date(2027, 12, 31), 40)
    assert sheet.freeze_panes == "C2"


@pytest.mark.django_db
def test_an_export_holds_what_the_user_may_see():
    make_measure("Offen", internal_notes="Nur innen")
    make_measure("Vertraulich", visibility=Visibility.CONFIDENTIAL)

    officer, clerk = csv_rows(csv_file(make_officer())), csv_rows(csv_file(make_user(Role.ADMINISTRATION)))

    assert ([row[2] for row in officer], "Interne Notizen" in officer[0]) == (["Titel", "Offen", "Vertraulich"], True)
    assert ([row[2] for row in clerk], "Interne Notizen" in clerk[0]) == (["Titel", "Offen"], False)


@pytest.mark.django_db
def test_a_text_that_no_workbook_can_hold_is_refused_and_not_cut():
    make_measure(description="x" * 32_768)
    with pytest.raises(TextTooLongForWorkbook):
        xlsx_file(make_officer())


@pytest.mark.django_db
def test_the_example_can_be_read_in():
    table = read_table(example_file())
    assert (faults(guess(table)), unknown_headings(table, guess(table))) == ([], [])
    assert counts(import_bytes(example_file())) == {"neu": 1}
