"""Words of a list that the portal does not know: people say in the preview what they mean."""

import pytest
from django.urls import reverse

from accounts.models import Unit
from masterplan.importing.comparing import OTHER_MEASURE
from masterplan.models import ImportDraft, Measure
from strategy.models import FieldOfAction
from tests.builders import make_field, make_measure, make_public_measure, make_unit
from tests.masterplan.lists import HEAD, as_csv
from tests.masterplan.test_importing_pages import confirm, desk, officer, to_preview, upload

pytestmark = pytest.mark.django_db
__all__ = ["desk", "officer"]


def say(client, preview, meanings, **more):
    """Sends the preview's form with a meaning for each word."""
    words = preview.context["words"]
    by_text = {word.text: name for name, word in words.words.items()}
    sent = {name: words[name].value() or "" for name in by_text.values()}
    sent |= {by_text[text]: meaning for text, meaning in meanings.items()}
    return confirm(client, preview, **sent, **more)


def test_an_unknown_field_is_mapped_to_an_existing_one_and_taken_over(desk):
    make_field("WI", "Wirtschaft"), make_field("BI", "Bildung")
    preview = to_preview(desk, "Wirtschaft & Hafen;01;Kai", "Wirtschaft & Hafen;02;Kran", "Netze;1;Glas")
    form = preview.context["words"]
    assert [(field.label, field.field.choices) for field in form] == [
        (
            "„Wirtschaft & Hafen“ (Handlungsfeld, zwei Zeilen)",
            [("", "neu anlegen als WH"), ("BI", "Bildung (BI)"), ("WI", "Wirtschaft (WI)")],
        ),
        (
            "„Netze“ (Handlungsfeld, eine Zeile)",
            [("", "neu anlegen als NE"), ("BI", "Bildung (BI)"), ("WI", "Wirtschaft (WI)")],
        ),
    ]

    understood = say(desk, preview, {"Wirtschaft & Hafen": "WI"})

    assert (understood.status_code, Measure.objects.count()) == (200, 0)
    assert [(row.number, row.field) for row in understood.context["shown_rows"]] == [
        ("WI-01", "Wirtschaft"),
        ("WI-02", "Wirtschaft"),
        ("NE-01", "Netze"),
    ]
    say(desk, understood, {}, new_fields="on")
    assert sorted(Measure.objects.values_list("number", "field__title")) == [
        ("NE-01", "Netze"),
        ("WI-01", "Wirtschaft"),
        ("WI-02", "Wirtschaft"),
    ]
    assert ImportDraft.objects.get().meanings == {}


def test_a_choice_that_was_not_shown_in_the_preview_is_never_taken_over(desk):
    make_field("WI", "Wirtschaft")
    preview = to_preview(desk, "Hafen;01;Kai")

    answer = say(desk, preview, {"Hafen": "WI"}, new_fields="on")

    assert (answer.status_code, Measure.objects.count(), FieldOfAction.objects.count()) == (200, 0, 1)
    assert answer.context["understood"]
    assert say(desk, answer, {"Hafen": ""}).context["action"] == "1 Maßnahme anlegen"
    assert ImportDraft.objects.get().meanings == {}


def test_a_reason_that_was_written_stays_while_words_are_mapped(desk):
    make_public_measure("Termine")
    preview = to_preview(desk, "BS;1;Termine;geplant", "Hafen;1;Kai;", head=f"{HEAD};Phase")

    answer = say(desk, preview, {"Hafen": "BS"}, reason="Beschluss vom Montag")
    assert [error.sentence for error in answer.context["errors"]] == [
        "BS-01 steht schon in Zeile 2. Jede Nummer darf in ihrem Handlungsfeld nur einmal stehen."
    ]
    answer = say(desk, answer, {"Hafen": ""}, reason="Beschluss vom Montag")
    assert answer.context["form"]["reason"].value() == "Beschluss vom Montag"


@pytest.mark.parametrize(("meaning", "titles"), [("+", {"Bürgerservice", "Bürgerservce"}), ("BS", {"Bürgerservice"})])
def test_a_word_that_is_nearly_a_field_is_a_slip_until_people_say_otherwise(desk, meaning, titles):
    make_field()
    preview = to_preview(desk, "Bürgerservce;1;Termine")
    (field,) = preview.context["words"]
    assert (field.value(), len(preview.context["errors"])) == ("BS", 1)

    understood = say(desk, preview, {"Bürgerservce": meaning})
    say(desk, understood, {}, new_fields="on")

    assert set(FieldOfAction.objects.values_list("title", flat=True)) == titles
    assert Measure.objects.get().field.title in titles


def test_an_unknown_unit_is_mapped_likewise(desk):
    make_field()
    unit = make_unit("Fachbereich Bauen")
    make_unit("Alt", dissolved_on="2020-01-01")
    preview = to_preview(desk, "BS;1;Eins;Amt 60", "BS;2;Zwei;Amt 60", head=f"{HEAD};Federführung")
    (field,) = preview.context["words"]
    assert (field.label, field.field.choices, len(preview.context["errors"])) == (
        "„Amt 60“ (Federführung, zwei Zeilen)",
        [("", "bitte wählen"), (str(unit.pk), "Fachbereich Bauen")],
        2,
    )

    say(desk, say(desk, preview, {"Amt 60": str(unit.pk)}), {})

    assert set(Measure.objects.values_list("lead_unit", flat=True)) == {unit.pk}
    assert Unit.objects.count() == 2


def test_two_spellings_of_one_unknown_unit_are_asked_for_once(desk):
    make_field()
    unit, _ = make_unit("Bauen"), make_unit("Kultur")
    preview = to_preview(desk, "BS;1;Eins;AMT 60", "BS;2;Zwei;Amt  60", "BS;3;Drei;Amt 61", head=f"{HEAD};Federführung")
    assert [field.label for field in preview.context["words"]] == [
        "„AMT 60“ (Federführung, zwei Zeilen)",
        "„Amt 61“ (Federführung, eine Zeile)",
    ]

    say(desk, say(desk, preview, {"AMT 60": str(unit.pk), "Amt 61": str(unit.pk)}), {})

    assert list(Measure.objects.values_list("lead_unit", flat=True)) == [unit.pk] * 3


def test_a_mapping_is_remembered_for_no_other_file(desk):
    make_field()
    say(desk, to_preview(desk, "Hafen;1;Kai"), {"Hafen": "BS"})
    assert to_preview(desk, "Hafen;1;Kai").context["action"] == "1 Maßnahme anlegen"
    assert [field.title for field in to_preview(desk, "Hafen;1;Kai").context["plan"].new_fields] == ["Hafen"]


def test_a_meaning_nobody_offered_is_refused(desk):
    make_field()
    answer = say(desk, to_preview(desk, "Hafen;1;Kai"), {"Hafen": "XX"}, new_fields="on")
    assert (answer.status_code, Measure.objects.count(), len(answer.context["words"].errors)) == (422, 0, 1)


def test_where_there_is_nothing_to_choose_from_nothing_is_asked(desk):
    assert not to_preview(desk, "Hafen;1;Kai").context["words"].fields


def test_a_column_of_something_else_asks_for_sixty_words_at_most(desk):
    make_field()
    preview = to_preview(desk, *(f"W{place}x;1;T" for place in range(100)))
    assert (len(preview.context["words"].fields), preview.context["words"].left_out) == (60, 40)


@pytest.mark.parametrize("name", ["import_mapping", "import_preview", "import_apply", "import_done"])
def test_a_replaced_preview_says_so_and_leads_to_the_newer_one(desk, name):
    make_measure()
    upload(desk, as_csv("BS;1;Eins"), "eins.csv")
    old = ImportDraft.objects.get()
    upload(desk, as_csv("BS;1;Zwei"), "zwei.csv")
    new = ImportDraft.objects.get()

    call = desk.post if name == "import_apply" else desk.get
    answer = call(reverse(name, args=[old.pk]))

    assert (answer.status_code, answer.context["newer"]) == (404, new)
    text = answer.content.decode()
    assert "Diese Vorschau gilt nicht mehr" in text
    assert "zwei.csv" in text
    assert reverse("import_preview", args=[new.pk]) in text


def test_a_list_taken_over_already_says_so(desk):
    make_field()
    preview = to_preview(desk, "BS;1;Eins")
    confirm(desk, preview)
    again = desk.get(confirm(desk, preview).url)
    assert "Diese Liste ist schon übernommen. Es wurde nichts ein zweites Mal gespeichert." in again.content.decode()


def test_a_file_replaced_while_it_is_taken_over_is_told(desk, monkeypatch):
    make_field()
    preview = to_preview(desk, "BS;1;Eins")
    monkeypatch.setattr("masterplan.views.importing.take_over", lambda **_: ImportDraft.objects.get(pk=0))
    assert confirm(desk, preview).status_code == 404


def test_a_mapped_row_that_meets_a_measure_of_another_title_is_told(desk):
    make_measure("Termine")
    preview = to_preview(desk, "Hafen;1;Kai", "Hafen;2;Kran")
    rows = say(desk, preview, {"Hafen": "BS"}).context["shown_rows"]
    assert [(row.number, row.warnings) for row in rows] == [("BS-01", (OTHER_MEASURE,)), ("BS-02", ())]
