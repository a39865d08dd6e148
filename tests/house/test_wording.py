"""What the framework says in this house: our German in the place of its own."""

import gettext
import re
from pathlib import Path

import allauth
import django
import pytest
from django import forms

from tests.house.test_style import FLOORS, ROOT, project_files

CATALOG = Path(__file__).resolve().parents[2] / "locale/de/LC_MESSAGES/django"
FRAMEWORK = Path(django.__file__).parent


def entries(text):
    found = re.findall(r'^(msgid|msgstr(?:\[0\])?) ((?:".*"\n)+)', text, re.MULTILINE)
    words = [(kind, "".join(re.findall(r'"(.*)"\n', quoted))) for kind, quoted in found]
    return {word: words[place + 1][1] for place, (kind, word) in enumerate(words[:-1]) if kind == "msgid" and word}


OTHER_WORDS = {
    "quotation marks other than „…“": re.compile(r"[»«]|„[^“]*?[„\"”]|\w”"),
    "a history that is not called Verlauf": re.compile(r"\b(Geschichte|Historie)\b"),
    "measures that are not zusammengeführt": re.compile(r"\b[Zz]usammen(ge)?leg"),
}


def other_words(source):
    return [what for what, pattern in OTHER_WORDS.items() if pattern.search(source)]


OURS = entries(CATALOG.with_suffix(".po").read_text())


def test_the_compiled_catalog_is_that_of_its_source():
    with CATALOG.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    plural = {word for word in OURS if compiled.gettext(word) == word}
    assert {
        word: compiled.ngettext(word, word, 1) if word in plural else compiled.gettext(word) for word in OURS
    } == OURS


def test_every_sentence_is_one_that_the_framework_says():
    parts = [FRAMEWORK / part for part in ("conf", "contrib/admin", "contrib/auth")] + [Path(allauth.__file__).parent]
    said = "".join((part / "locale/en/LC_MESSAGES/django.po").read_text() for part in parts)
    assert set(OURS) - set(entries(said)) == set()


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        (forms.CharField(), "", "Bitte füllen Sie dieses Feld aus."),
        (forms.DateField(), "übermorgen", "Bitte geben Sie einen Tag an, zum Beispiel 31.12.2026."),
        (
            forms.EmailField(),
            "amt",
            "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel amt@stadt.de.",
        ),
    ],
)
def test_an_error_says_what_to_do(field, sent, sentence):
    class Form(forms.Form):
        it = field

    assert Form({"it": sent}).errors["it"] == [sentence]


def test_the_interface_has_one_word_for_one_thing():
    files = project_files("*.html", *(f"{floor}/**.py" for floor in FLOORS))
    assert {name: found for name in files if (found := other_words((ROOT / name).read_text()))} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("»Titel« fehlt", ["quotation marks other than „…“"]),
        ('„Titel" fehlt', ["quotation marks other than „…“"]),
        ("„Titel” fehlt", ["quotation marks other than „…“"]),
        ("Geschichte: 7", ["a history that is not called Verlauf"]),
        ("Zusammengelegt", ["measures that are not zusammengeführt"]),
        ("„Titel“ im Verlauf, siehe „Stand“", []),
    ],
)
def test_another_word_is_found(source, found):
    assert other_words(source) == found
