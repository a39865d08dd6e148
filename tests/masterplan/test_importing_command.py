from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from masterplan.models import Measure
from tests.builders import make_measure, make_public_measure
from tests.masterplan.lists import HEAD, as_csv, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path):
    def run(*lines, head=HEAD, options=()):
        path, out = tmp_path / "liste.csv", StringIO()
        path.write_bytes(as_csv(*lines, head=head))
        call_command("import_measures", str(path), *options, stdout=out)
        return out.getvalue().splitlines()

    return run


def test_an_empty_portal_takes_a_list_and_says_what_came(run):
    assert run("Mobilität;1;Bus", "Mobilität;2;Bahn") == [
        "Neues Handlungsfeld: MO Mobilität",
        "2 neu, 0 geändert, 0 unverändert, 1 neue Handlungsfelder",
    ]
    assert run("Mobilität;1;Bus", "Mobilität;2;Bahn") == ["0 neu, 0 geändert, 2 unverändert, 0 neue Handlungsfelder"]


def test_a_dry_run_shows_each_change_and_writes_nothing(run):
    make_measure("Alt")
    before = everything()

    assert run("BS;1;Neu", "BS;2;Weitere", options=["--dry-run"]) == [
        "geändert: BS-01 Alt: Titel: Alt → Neu",
        "neu: BS-02 Weitere",
        "Probelauf, nichts geschrieben: 1 neu, 1 geändert, 0 unverändert, 0 neue Handlungsfelder",
    ]
    assert everything() == before


def test_what_an_empty_cell_takes_away_is_told_in_any_case(run):
    make_measure("Termine", objective="Geht.")
    assert run("BS;1;Termine;", head=f"{HEAD};Ziel") == [
        "geändert: BS-01 Termine: Ziel: Geht. → leer",
        "0 neu, 1 geändert, 0 unverändert, 0 neue Handlungsfelder",
    ]


@pytest.mark.parametrize(
    ("lines", "head", "sentences"),
    [
        (
            ["BS;1;x;bald"],
            f"{HEAD};Ende",
            [
                "Zeile 2, Spalte „Ende“: „bald“ ist kein Datum. Erwartet wird zum Beispiel 31.12.2027.",
                "1 Fehler, nichts wurde geschrieben.",
            ],
        ),
        (
            ["1;x"],
            "Nr;Titel",
            [
                "Zeile 1, Spalte „Kopfzeile“: Es fehlt die Spalte „Handlungsfeld“. Ohne sie ist nicht zu erkennen, "
                "welche Maßnahme gemeint ist.",
                "1 Fehler, nichts wurde geschrieben.",
            ],
        ),
    ],
)
def test_errors_end_the_command_by_row_and_column(run, lines, head, sentences):
    before = everything()
    with pytest.raises(CommandError) as refused:
        run(*lines, head=head)
    assert (str(refused.value).splitlines(), everything()) == (sentences, before)


def test_an_unknown_column_is_refused_until_it_is_left_out_on_purpose(run):
    with pytest.raises(CommandError, match="Zeile 1, Spalte „Kosten“: Diese Spalte ist nicht bekannt"):
        run("BS;1;x;5", head=f"{HEAD};Kosten")
    assert Measure.objects.count() == 0

    assert run("Neu;1;x;5", head=f"{HEAD};Kosten", options=["--ignore", "Kosten"])[-1].startswith("1 neu")


def test_a_reason_is_an_option_and_its_absence_is_said(run):
    make_public_measure("Termine")
    with pytest.raises(CommandError, match="--reason"):
        run("BS;1;Termine;geplant", head=f"{HEAD};Phase")

    run("BS;1;Termine;geplant", head=f"{HEAD};Phase", options=["--reason", "Beschluss"])
    assert Measure.objects.get().phase == "PLANNED"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "gibt es nicht"),
        (b"", "liste.csv: Die Datei ist leer."),
        (b"x" * 10_000_001, "liste.csv: Die Datei ist größer als 10 MB."),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path, content, sentence):
    path = tmp_path / "liste.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_measures", str(path))
