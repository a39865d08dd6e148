"""The column „Abhängig von“ of a list: it goes round, and it can close no circle."""

import pytest

from accounts.access import Role
from masterplan.exporting import csv_file, xlsx_file
from masterplan.importing.applying import ListHasErrors, PreviewOvertaken
from masterplan.importing.comparing import plan_import
from masterplan.importing.known import known_to
from masterplan.importing.mapping import guess
from masterplan.importing.reading import read_table
from masterplan.linking import edges_between_measures, undepend
from masterplan.models import Dependency, Measure, Visibility
from masterplan.updating import NewState, report
from tests.builders import NOW, TODAY, make_dependency, make_measure, make_milestone, make_officer, make_user
from tests.masterplan.lists import counts, import_bytes

pytestmark = pytest.mark.django_db
HEAD = "Handlungsfeld;Nr;Titel;Abhängig von"


def take(*rows, **options):
    return import_bytes("\r\n".join([HEAD, *(f"Bürgerservice;{row}" for row in rows)]).encode(), **options)


def waiting():
    return sorted((after, before) for before, after in edges_between_measures())


def column(content, name):
    head, *rows = [line.split(";") for line in content.decode("utf-8-sig").splitlines()]
    return [row[head.index(name)] for row in rows]


def test_a_list_says_what_waits_also_of_its_own_new_rows():
    make_measure("Eins")
    plan = take("BS-02;Zwei;BS-1, BS-03", "BS-03;Drei;", "BS-01;Eins;")
    assert (counts(plan), waiting()) == (
        {"neu": 2, "unverändert": 1},
        [("BS-02", "BS-01"), ("BS-02", "BS-03")],
    )


@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_an_exported_list_read_in_again_changes_nothing(file):
    officer, (a, b, c) = make_officer(), [make_measure(title) for title in "ABC"]
    make_dependency(a, c)
    make_dependency(make_milestone(b), make_milestone(c))
    make_dependency(make_milestone(c, "eins"), make_milestone(c, "zwei"))
    before = list(Dependency.objects.values_list("pk", "withdrawn_at"))

    assert counts(import_bytes(file(officer), by=officer)) == {"unverändert": 3}
    assert list(Dependency.objects.values_list("pk", "withdrawn_at")) == before


def test_what_a_cell_no_longer_names_is_ended_and_the_preview_says_so():
    a, b, c = (make_measure(title) for title in "ABC")
    make_dependency(make_milestone(a), c)
    make_dependency(b, c)
    plan = take("BS-03;C;BS-02")
    assert [(one.label, one.before, one.after) for one in plan.rows[0].differences] == [
        ("Abhängig von", "BS-01, BS-02", "BS-02")
    ]
    assert (counts(plan), waiting()) == ({"geändert": 1}, [("BS-03", "BS-02")])


def test_a_list_without_the_column_says_nothing_of_it():
    make_dependency(make_measure("A"), make_measure("B"))
    import_bytes("Handlungsfeld;Nr;Titel\r\nBürgerservice;BS-02;B".encode())
    assert waiting() == [("BS-02", "BS-01")]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        (
            ["BS-01;A;BS-02"],
            [
                "Zeile 2, Spalte „Abhängig von“: BS-01 kann nicht auf BS-02 warten, denn schon jetzt wartet BS-02 auf "
                "BS-01. So käme nichts davon zum Anfang. Heben Sie zuerst eine dieser Abhängigkeiten auf."
            ],
        ),
        (
            ["BS-08;H;BS-09", "BS-09;I;BS-08"],
            [
                "Zeile 3, Spalte „Abhängig von“: BS-09 kann nicht auf BS-08 warten, denn schon jetzt wartet BS-08 auf "
                "BS-09. So käme nichts davon zum Anfang. Heben Sie zuerst eine dieser Abhängigkeiten auf."
            ],
        ),
        (["BS-01;A;BS-01"], ["Zeile 2, Spalte „Abhängig von“: Nichts kann auf sich selbst warten."]),
        (["BS-01;A;BS-99"], ["Zeile 2, Spalte „Abhängig von“: BS-99 gibt es weder im Portal noch in dieser Liste."]),
        (["BS-01;A;bald"], ["Zeile 2, Spalte „Abhängig von“: „bald“ ist keine Nummer."]),
        (["BS-01;A;7"], ["Zeile 2, Spalte „Abhängig von“: „7“ nennt kein Handlungsfeld. Erwartet wird zum Beispiel"]),
        (["BS-01;A;BS-03"], ["Zeile 2, Spalte „Abhängig von“: BS-03 ist in BS-01 zusammengeführt. Nehmen Sie BS-01"]),
    ],
)
def test_what_cannot_wait_is_named_by_its_line_and_nothing_of_the_list_is_taken_over(rows, errors):
    a, b, c = (make_measure(title) for title in "ABC")
    make_dependency(a, b)
    report(NewState(measure_id=c.pk, values={"phase": "MERGED", "merged_into": a}), by=None, now=NOW)
    with pytest.raises(ListHasErrors) as refused:
        take(*rows, "BS-07;Neu;BS-01")
    found = [str(error) for error in refused.value.errors]
    assert [text[: len(wanted)] for text, wanted in zip(found, errors, strict=True)] == errors
    assert (Measure.objects.count(), waiting()) == (3, [("BS-02", "BS-01")])


def test_a_list_can_turn_a_dependency_around():
    make_dependency(make_measure("A"), make_measure("B"))
    take("BS-01;A;BS-02", "BS-02;B;")
    assert waiting() == [("BS-01", "BS-02")]


def test_an_export_names_no_measure_that_its_reader_does_not_see():
    open_one, hidden = make_measure("Offen"), make_measure("Verborgen", visibility=Visibility.CONFIDENTIAL)
    make_dependency(hidden, open_one)
    officer, clerk = make_officer(), make_user(Role.ADMINISTRATION)
    assert [column(csv_file(user), "Abhängig von") for user in (officer, clerk)] == [["BS-02", ""], [""]]


def test_what_someone_else_ended_after_the_preview_is_not_overwritten():
    row = make_dependency(make_measure("A"), make_measure("B"))
    table = read_table(f"{HEAD}\r\nBürgerservice;BS-02;B;BS-01".encode())
    seen = plan_import(table, guess(table), known_to(None, TODAY), today=TODAY).versions
    assert counts(take("BS-02;B;BS-01", versions=seen)) == {"unverändert": 1}
    undepend(dependency_ids=[row.pk], by=None)
    with pytest.raises(PreviewOvertaken):
        take("BS-02;B;BS-01", versions=seen)
    assert waiting() == []
