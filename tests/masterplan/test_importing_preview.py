"""What the preview says is what is stored, row by row and word by word."""

from datetime import date

import pytest

from masterplan.importing.columns import COLUMNS, Kind
from masterplan.importing.comparing import plan_import
from masterplan.importing.differing import in_words
from masterplan.importing.known import known_to
from masterplan.importing.mapping import guess
from masterplan.importing.reading import read_table
from masterplan.models import Measure
from tests.builders import TODAY, make_field, make_measure, make_milestone, make_public_measure
from tests.masterplan.lists import as_csv, import_bytes

pytestmark = pytest.mark.django_db

HEAD = (
    "Handlungsfeld;Nr;Titel;Priorität;Phase;Status;Fortschritt;Beginn;Ende;Tatsächlicher Beginn;Tatsächliches Ende;Ziel"
)
AWKWARD = [
    ";;;;;;;;",
    "mittel;;im Plan;;;;;;",
    "hoch;;gefährdet;;;;;;",
    ";;nicht bewertet;0;;;;;",
    ";;;50;;;;;x",
    ";;;;;31.12.2020;;;",
    ";;;;01.01.2026;01.01.2027;01.02.2026;;",
    ";vorgeschlagen;kritisch;10;;;;;",
    ";geplant;;;;31.12.2027;;;",
    ";in Umsetzung;im Plan;;01.01.2024;31.12.2027;;;",
    ";in Vorbereitung;;100;;;;;",
    ";in Umsetzung;im Plan;;;01.01.2020;;;",
    ";abgeschlossen;im Plan;100;;;;;",
    ";abgeschlossen;;;;;;01.03.2025;",
    ";abgeschlossen;kritisch;100;;31.12.2024;01.01.2024;01.03.2025;",
    ";zurückgestellt;im Plan;40;;;;;",
    ";verworfen;;;;31.12.2020;;;",
    ";zusammengeführt;;;;;;;",
]
COMPARED = [column for column in COLUMNS if column.kind not in (Kind.NUMBER, Kind.FIELD, Kind.SHOWN, Kind.NUMBERS)]
"""What stands on the measure itself; dependencies have tests of their own."""


def words(measure: Measure) -> dict[str, str]:
    return {column.label: in_words(column.key, getattr(measure, column.key)) for column in COMPARED}


def taken_over(lines: list[str]):
    """The preview's rows of what the list may change, after it was taken over."""
    table = read_table(as_csv(*lines, head=HEAD))
    found = plan_import(table, guess(table), known_to(None, TODAY), today=TODAY)
    bad = {error.line for error in found.errors}
    good = [line for place, line in enumerate(lines, 2) if place not in bad]
    table = read_table(as_csv(*good, head=HEAD))
    shown = plan_import(table, guess(table), known_to(None, TODAY), today=TODAY)
    import_bytes(as_csv(*good, head=HEAD), reason="Beschluss")
    return shown.rows


def test_a_new_measure_is_stored_as_the_preview_shows_it():
    make_field()
    shown = taken_over([f"BS;{place};M {place};{row}" for place, row in enumerate(AWKWARD, 1)])

    assert len(shown) > len(AWKWARD) / 2
    for row in shown:
        stored = {label: word for label, word in words(Measure.objects.get(number=row.measure.number)).items() if word}
        assert {one.label: one.after for one in (*row.differences, *row.assumed)} == stored


@pytest.mark.parametrize("make", [make_measure, make_public_measure])
@pytest.mark.parametrize(
    ("state", "has_milestone"),
    [
        ({}, False),
        ({"phase": "PLANNED", "health": "ON_TRACK", "progress": 30, "planned_end": date(2027, 12, 31)}, False),
        ({"phase": "IN_PROGRESS", "planned_end": date(2027, 12, 31)}, True),
        ({"phase": "COMPLETED", "actual_end": date(2025, 1, 1)}, False),
        ({"phase": "DEFERRED", "health": "CRITICAL"}, True),
    ],
)
def test_a_measure_changes_as_the_preview_shows_it(make, state, has_milestone):
    field, before = make_field(), {}
    for place in range(len(AWKWARD)):
        measure = make(f"M {place}", field=field, state=state)
        if has_milestone:
            make_milestone(measure)
        before[measure.number] = words(Measure.objects.get(pk=measure.pk))
    shown = taken_over([f"BS;{place + 1};M {place};{row}" for place, row in enumerate(AWKWARD)])

    assert len(shown) > 2
    for row in shown:
        was, stored = before[row.measure.number], words(Measure.objects.get(number=row.measure.number))
        assert {one.label: (one.before, one.after) for one in row.differences} == {
            label: (was[label], stored[label]) for label in was if was[label] != stored[label]
        }


def test_what_the_list_does_not_say_of_a_new_measure_is_told_apart():
    make_field()
    (row,) = taken_over(["BS;1;Termine;mittel;;im Plan;;;;;;"])

    assert [(one.label, one.after) for one in row.differences] == [
        ("Titel", "Termine"),
        ("Priorität", "mittel"),
        ("Status", "im Plan"),
    ]
    assert [(one.label, one.after) for one in row.assumed] == [
        ("Herkunft", "Vorschlag der Verwaltung"),
        ("Phase", "vorgeschlagen"),
        ("Fortschritt in Prozent", "0\xa0%"),
    ]


@pytest.mark.parametrize(
    ("row", "warnings"),
    [
        (";geplant;im Plan;;;31.12.2027;;;", ()),
        (
            ";;im Plan;;;;;;",
            (
                "Gespeichert wird der Status „im Plan“, gezeigt wird „vorgeschlagen“: Wie es läuft, zeigt das Portal "
                "nur bei geplanten, vorbereiteten und laufenden Maßnahmen.",
            ),
        ),
    ],
)
def test_a_status_that_no_page_will_show_is_said(row, warnings):
    make_field()
    assert taken_over([f"BS;1;Termine;{row}"])[0].warnings == warnings


def test_a_status_better_than_its_criteria_is_said_before_it_is_taken_over():
    make_public_measure(state={"phase": "IN_PROGRESS", "health": "CRITICAL", "planned_end": date(2026, 12, 31)})
    (row,) = taken_over(["BS;1;Termine;;;im Plan;;;01.12.2027;;;"])

    assert row.warnings == (
        "Gemeldet ist „im Plan“, nach den Kriterien wäre er „kritisch“, weil das Ende 335\u00a0Tage nach dem "
        "zuerst zugesagten liegt.",
    )
