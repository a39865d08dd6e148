from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.access import Role
from masterplan.exporting import csv_file, xlsx_file
from masterplan.importing.applying import ImportReasonMissing, PreviewOvertaken
from masterplan.models import Measure, StatusUpdate, Visibility
from masterplan.planning import edit_measure
from strategy.models import FieldOfAction
from tests.builders import (
    NOW,
    make_field,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_unit,
    make_user,
)
from tests.masterplan.lists import as_csv, as_xlsx, counts, everything, import_bytes

pytestmark = pytest.mark.django_db

ULM = Path(__file__).resolve().parents[3] / "shared/data/ulm-smart-city-massnahmen.csv"
ALL = "Handlungsfeld;Nr;Titel;Phase;Status;Fortschritt;Beginn;Ende;Federführung;Verantwortlich;Priorität"


@pytest.mark.skipif(not ULM.exists(), reason="the list of the Stadt Ulm is not beside this clone")
def test_a_real_list_comes_in_whole_and_goes_round_without_a_change():
    officer, content = make_officer(), ULM.read_bytes()

    plan = import_bytes(content, by=officer)

    assert (counts(plan), Measure.objects.count(), FieldOfAction.objects.count()) == ({"neu": 126}, 126, 13)
    assert set(Measure.objects.values_list("visibility", flat=True)) == {Visibility.INTERNAL}
    before = everything()
    for again in (content, csv_file(officer), xlsx_file(officer)):
        assert counts(import_bytes(again, by=officer)) == {"unverändert": 126}
    assert everything() == before


def test_a_row_holds_all_that_describes_a_measure_and_its_state():
    unit, user = make_unit("Bürgerservice"), make_user(email="a@stadt.example")
    make_field("BS", "Bürgerservice")

    import_bytes(
        as_csv(
            "Bürgerservice;07;Termine;in Umsetzung;gefährdet;40 %;01.03.2026;2027-12-31;Bürgerservice;"
            "A@stadt.example;hoch",
            head=ALL,
        ),
        reason="Abgleich",
    )

    measure = Measure.objects.get(number="BS-07")
    assert (
        measure.title,
        measure.phase,
        measure.health,
        measure.progress,
        measure.planned_start,
        measure.planned_end,
        measure.lead_unit,
        measure.responsible,
        measure.priority,
        measure.visibility,
    ) == (
        "Termine",
        "IN_PROGRESS",
        "AT_RISK",
        40,
        date(2026, 3, 1),
        date(2027, 12, 31),
        unit,
        user,
        "HIGH",
        "INTERNAL",
    )
    assert StatusUpdate.objects.count() == 1


@pytest.mark.parametrize("number", ["01", "1", "1.", "001", "BS-01", "BS-1"])
@pytest.mark.parametrize("field", ["Bürgerservice", "BS"])
def test_field_and_number_are_the_key_however_they_are_written(field, number):
    measure = make_measure("Alt")

    plan = import_bytes(as_csv(f"{field};{number};Neu"))

    assert counts(plan) == {"geändert": 1}
    assert [row.measure.pk for row in plan.rows] == [measure.pk]
    assert Measure.objects.get().title == "Neu"


def test_the_full_number_finds_a_measure_that_moved_to_another_field():
    measure = make_measure("Alt")
    other = make_field("MO", "Mobilität")
    import_bytes(as_csv("Mobilität;BS-01;Alt"))

    measure.refresh_from_db()
    assert (measure.number, measure.field) == ("BS-01", other)


def test_a_new_field_takes_the_code_that_the_list_uses():
    import_bytes(as_csv("Mobilität;VK-01;Bus", "Mobilität;2;Bahn", "Umwelt und Klima;1;Baum", "Umbau;1;Haus"))

    assert sorted(Measure.objects.values_list("number", "field__title")) == [
        ("UK-01", "Umwelt und Klima"),
        ("UM-01", "Umbau"),
        ("VK-01", "Mobilität"),
        ("VK-02", "Mobilität"),
    ]


def test_a_column_that_is_absent_changes_nothing_and_an_empty_cell_is_told():
    make_measure("Termine", description="Bleibt.", objective="Geht.")

    plan = import_bytes(as_csv("Bürgerservice;1;Termine;", head="Handlungsfeld;Nr;Titel;Ziel"))

    measure = Measure.objects.get()
    assert (measure.description, measure.objective) == ("Bleibt.", "")
    assert (plan.cleared, [(one.label, one.before, one.after) for one in plan.rows[0].differences]) == (
        1,
        [("Ziel", "Geht.", "")],
    )


def test_an_empty_cell_leaves_what_always_has_a_value():
    make_measure("Termine", state={"phase": "PLANNED", "progress": 30})

    plan = import_bytes(
        as_csv("Bürgerservice;1;;;;;", head="Handlungsfeld;Nr;Titel;Phase;Status;Fortschritt;Priorität")
    )

    assert counts(plan) == {"unverändert": 1}


def test_a_missing_title_is_taken_from_the_description_and_told():
    content = as_csv("Mobilität;1;;Busse fahren öfter.", head="Handlungsfeld;Nr;Titel;Beschreibung")
    plan = import_bytes(content)

    assert Measure.objects.get().title == "Busse fahren öfter."
    assert [row.hint for row in plan.rows] == [
        "Zeile 2: Der Titel fehlt. Aus dem Anfang der Beschreibung wird „Busse fahren öfter.“."
    ]
    assert counts(import_bytes(content)) == {"unverändert": 1}


def test_a_public_measure_changes_its_state_only_with_a_reason():
    measure = make_public_measure(state={"planned_end": date(2026, 12, 31)})
    content = as_csv("BS;1;Termine online buchen;30.06.2027", head=f"{'Handlungsfeld;Nr;Titel'};Ende")
    before = everything()

    with pytest.raises(ImportReasonMissing):
        import_bytes(content)
    assert everything() == before

    import_bytes(content, reason="Vergabe verzögert sich")
    assert list(measure.promises.values_list("kind", "due", "reason")) == [
        ("FIRST", date(2026, 12, 31), ""),
        ("POSTPONED", date(2027, 6, 30), "Vergabe verzögert sich"),
    ]


def test_a_text_of_a_public_measure_needs_no_reason():
    make_public_measure()
    assert counts(import_bytes(as_csv("BS;1;Neuer Titel"))) == {"geändert": 1}


def test_progress_that_follows_from_milestones_goes_round():
    officer, measure = make_officer(), make_measure()
    make_milestone(measure)

    assert counts(import_bytes(csv_file(officer), by=officer)) == {"unverändert": 1}


def test_an_overtaken_preview_is_refused_and_says_what_changed():
    measure = make_measure("Alt")
    versions = {"BS-01": measure.version}
    edit_measure(measure_id=measure.pk, values={"objective": "Neu"}, expected_version=None, by=None, now=NOW)
    before = everything()

    with pytest.raises(PreviewOvertaken) as refused:
        import_bytes(as_csv("BS;1;Anders"), versions=versions)

    assert [
        (one.measure.number, one.who, [(line.label, line.before, line.after) for line in one.lines])
        for one in refused.value.measures
    ] == [("BS-01", "das System", [("Was soll erreicht werden", "–", "Neu")])]
    assert everything() == before


def test_a_number_that_was_given_after_the_preview_is_not_overwritten():
    make_measure("Von jemand anderem")
    with pytest.raises(PreviewOvertaken):
        import_bytes(as_csv("BS;1;Meine"), versions={})


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
def test_only_who_may_import_imports(role):
    with pytest.raises(PermissionDenied):
        import_bytes(as_csv("BS;1;Termine"), by=make_user(role))


def test_an_import_costs_the_same_queries_for_three_rows_and_for_sixty():
    make_measure(field=make_field("FE", "Feld"))
    costs = {3: [], 60: []}
    for rows, title in [(3, "Neu"), (60, "Neu"), (3, "Anders"), (60, "Ganz anders"), (3, "Ganz anders")]:
        lines = (f"Feld;{rows}{turn:03d};{title};{title[-1]}. geplant" for turn in range(rows))
        content = as_csv(*lines, head="Handlungsfeld;Nr;Titel;Beschreibung")
        with CaptureQueriesContext(connection) as queries:
            import_bytes(content)
        costs[rows].append(len(queries))

    assert costs[3][:2] == costs[60]


def test_a_workbook_is_read_with_its_dates_percentages_and_numbers():
    make_field("BS", "Bürgerservice")
    content = as_xlsx(
        ["Handlungsfeld", "Nr", "Titel", "Ende", "Fortschritt (%)"],
        ["Bürgerservice", 1, "Termine", "31.12.2027", 40],
    )
    import_bytes(content)

    assert list(Measure.objects.values_list("number", "planned_end", "progress")) == [("BS-01", date(2027, 12, 31), 40)]
