"""What a visitor chooses among the public measures. The address alone keeps it; what it cannot mean is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import Filter, FilterSet

from masterplan.models import Measure
from masterplan.public.cube import BEHIND, PHASES, STATUSES, Choice, Choices
from masterplan.public.measures import ordered, published_measures

LONGEST_TEXT = 80
MOST_WORDS = 5
CHOSEN_ORDERS = ("stand", "nummer", "ende")
SEARCHED = ("title", "teaser", "description")
PARAMETERS = {
    "stand": "status",
    "phase": "phase",
    "feld": "field",
    "ziel": "goal",
    "stelle": "unit",
    "verspaetet": "behind",
}
"""What one can choose: its name in the address and in a cell of the cube."""


class KnownField(forms.MultipleChoiceField):
    """Keeps the values that it knows, in its own order, and remembers the others, instead of refusing all of them."""

    def __init__(self, *, choices: Iterable[Choice] = (), most: int | None = None, **kwargs: Any) -> None:
        self.known = {choice.value: choice for choice in choices}
        self.most = most
        self.ignored: list[str] = []
        super().__init__(choices=[(choice.value, choice.label) for choice in choices], **kwargs)

    def clean(self, value: list[str] | None) -> list[Choice]:
        wanted = list(dict.fromkeys(entry for entry in value or [] if entry))
        found = [choice for value, choice in self.known.items() if value in wanted][: self.most]
        values = {choice.value for choice in found}
        self.ignored = [entry for entry in wanted if entry not in values]
        return found


class TextField(forms.Field):
    """Printable characters only, cut at LONGEST_TEXT."""

    def clean(self, value: Any) -> str:
        text = "".join(character if character.isprintable() else " " for character in str(value or ""))
        return " ".join(text.split())[:LONGEST_TEXT]


class KnownFilter(Filter):
    field_class = KnownField

    def filter(self, measures: QuerySet[Measure], value: list[Choice]) -> QuerySet[Measure]:
        return measures.filter(**{f"{self.field_name}__in": [choice.stored for choice in value]}) if value else measures


class TextFilter(Filter):
    field_class = TextField

    def filter(self, measures: QuerySet[Measure], value: str) -> QuerySet[Measure]:
        """Every word has to occur in one of the texts."""
        for word in value.split()[:MOST_WORDS]:
            found = Q()
            for name in SEARCHED:
                for variant in _variants(word):
                    found |= Q(**{f"{name}__icontains": variant})
            measures = measures.filter(found)
        return measures


class BehindFilter(Filter):
    field_class = KnownField

    def filter(self, measures: QuerySet[Measure], value: list[Choice]) -> QuerySet[Measure]:
        return measures.behind_promise(self.parent.today) if value else measures  # type: ignore[attr-defined]


class OrderFilter(Filter):
    field_class = KnownField

    def filter(self, measures: QuerySet[Measure], value: list[Choice]) -> QuerySet[Measure]:
        return ordered(measures, value[0].value if value else "stand")


class MeasureFilter(FilterSet):
    """Named as in the address."""

    wort = TextFilter()
    stand = KnownFilter(field_name="shown_status", choices=STATUSES)
    phase = KnownFilter(choices=PHASES)
    feld = KnownFilter(field_name="field")
    ziel = KnownFilter(field_name="goals", most=1)
    stelle = KnownFilter(field_name="lead_unit")
    verspaetet = BehindFilter(choices=[Choice(BEHIND, "später als zugesagt", BEHIND)])
    sortierung = OrderFilter(choices=[Choice(order, order, order) for order in CHOSEN_ORDERS], most=1)

    def __init__(self, data: QueryDict, choices: Choices, today: date) -> None:
        self.today = today
        super().__init__(data, published_measures())
        for name, known in (("feld", choices.fields), ("ziel", choices.goals), ("stelle", choices.units)):
            self.filters[name].extra["choices"] = known


@dataclass(frozen=True)
class Selection:
    """`chosen` holds choices by the name of their parameter, `ignored` the values that were left out."""

    text: str = ""
    chosen: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    order: str = "stand"
    ignored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.chosen)

    @property
    def count(self) -> int:
        return bool(self.text) + sum(len(choices) for choices in self.chosen.values())

    def is_simple(self, most: int) -> bool:
        """At most so many choices and no words. Visitors can think up any number of others, and what was made for them
        would fill the cache."""
        return not self.text and self.count <= most

    def query(self, *, without: tuple[str, str] | None = None, order: str = "", **more: str) -> str:
        """The address's query in one fixed order, with its question mark; `without` is a parameter and a value."""
        pairs = [("wort", self.text)] if self.text else []
        pairs += [(name, choice.value) for name in PARAMETERS for choice in self.chosen.get(name, ())]
        pairs = [pair for pair in pairs if pair != without]
        if (order or self.order) != "stand":
            pairs.append(("sortierung", order or self.order))
        pairs += more.items()
        return f"?{urlencode(pairs)}" if pairs else "?"


def select(data: QueryDict, choices: Choices, today: date) -> tuple[Selection, QuerySet[Measure]]:
    """The selection that the address means, and its measures in the selected order."""
    filterset = MeasureFilter(data, choices, today)
    measures = filterset.qs
    cleaned, fields = filterset.form.cleaned_data, filterset.form.fields
    order = cleaned.get("sortierung")
    return Selection(
        text=cleaned.get("wort", ""),
        chosen={name: tuple(cleaned[name]) for name in PARAMETERS if cleaned.get(name)},
        order=order[0].value if order else "stand",
        ignored=tuple(
            entry[:40] for known in fields.values() if isinstance(known, KnownField) for entry in known.ignored
        ),
    ), measures


def only_text(text: str) -> QuerySet[Measure]:
    return TextFilter().filter(published_measures(), text)


def _variants(word: str) -> set[str]:
    """SQLite folds the case of ASCII letters only, so a word with an umlaut is looked for in its usual spellings."""
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}


def one(name: str, choice: Choice) -> Selection:
    return Selection(chosen={name: (choice,)})
