from hashlib import sha256
from typing import Any

from django import forms

from accounts.models import Unit
from ground.formats import counted
from ground.forms import demand_later
from masterplan.importing.cells import shown
from masterplan.importing.meanings import NEW, Meanings, UnknownWord
from masterplan.importing.plan import ImportPlan
from strategy.models import FieldOfAction

ASKED = 60
"""More unknown words than these come from a column that is something else."""

type Choices = list[tuple[str, str]]


class UnknownWordsForm(forms.Form):
    """What each word of the list means that the portal does not know; asks nothing where there is nothing to choose."""

    def __init__(self, data: Any = None, *, plan: ImportPlan, meanings: Meanings) -> None:
        super().__init__(data)
        self.kept = meanings
        self.words: dict[str, UnknownWord] = {}
        fields, units = _fields(plan), _units(plan)
        codes = {field.title: field.code for field in plan.new_fields}
        for word in plan.unknown[:ASKED]:
            if known := fields if word.is_field else units:
                name = f"word_{sha256(f'{word.key} {word.text}'.encode()).hexdigest()[:12]}"
                self.words[name] = word
                self.fields[name] = forms.ChoiceField(
                    label=f"„{shown(word.text)}“ ({word.heading}, {counted(word.rows, 'Zeile', 'Zeilen', 'eine')})",
                    choices=[*_first(word, codes.get(word.text, "")), *known],
                    initial=meanings.get(word.key, {}).get(word.text, word.near),
                    required=False,
                )
        demand_later(self, *self.words)
        self.left_out = len(plan.unknown) - ASKED

    def meanings(self) -> dict[str, dict[str, str]]:
        """What was chosen; a word that was not asked for keeps its meaning."""
        said = {key: dict(words) for key, words in self.kept.items()}
        for name, word in self.words.items():
            if name in self.data:
                words = said.setdefault(word.key, {})
                words.pop(word.text, None)
                if chosen := self.cleaned_data[name]:
                    words[word.text] = chosen
        return {key: words for key, words in said.items() if words}


def _first(word: UnknownWord, code: str) -> Choices:
    """What a word means as long as nobody says more."""
    if not word.is_field:
        return [("", "bitte wählen")]
    new = f"neu anlegen als {code}" if code else "neu anlegen"
    return [("", "bitte wählen"), (NEW, new)] if word.near else [("", new)]


def _fields(plan: ImportPlan) -> Choices:
    if not any(word.is_field for word in plan.unknown):
        return []
    known = FieldOfAction.objects.filter(withdrawn_on=None).values_list("code", "title")
    return [(code, f"{title} ({code})") for code, title in known]


def _units(plan: ImportPlan) -> Choices:
    if all(word.is_field for word in plan.unknown):
        return []
    known = Unit.objects.filter(dissolved_on=None).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in known]
