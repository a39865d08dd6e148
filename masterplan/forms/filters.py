"""The filter beside the list of measures; wrong values are left out, never an error."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from accounts.models import Unit
from masterplan.models import ShownStatus, Visibility
from masterplan.worklist import DEFAULT_SORT, NO_UNIT, SORTS, Need, Selection
from strategy.models import FieldOfAction

GROUPS = (
    ("status", "status", "Status"),
    ("need", "bedarf", "Braucht Aufmerksamkeit"),
    ("field", "feld", "Handlungsfeld"),
    ("visibility", "sichtbarkeit", "Sichtbarkeit"),
)
"""Key, name in the address, heading."""


@dataclass(frozen=True)
class Option:
    name: str
    value: str
    label: str
    checked: bool
    count: int


@dataclass(frozen=True)
class Group:
    label: str
    options: list[Option]


class FilterForm(forms.Form):
    q = forms.CharField(
        label="Nummer oder Wort", required=False, max_length=80, widget=forms.TextInput(attrs={"data-key": "/"})
    )
    einheit = forms.ChoiceField(label="Federführung", required=False)
    sort = forms.ChoiceField(
        label="Sortieren nach", required=False, choices=[(key, label) for key, (label, _) in SORTS.items()]
    )

    def __init__(self, data: QueryDict, *, units: Iterable[Unit], fields: Iterable[FieldOfAction]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.labels: dict[str, dict[str, str]] = {
            "status": {one.value: str(one.label) for one in ShownStatus},
            "need": {one.value: str(one.label) for one in Need},
            "field": {one.code: one.title for one in fields},
            "visibility": {one.value: str(one.label) for one in Visibility},
        }
        self.fields["einheit"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            (NO_UNIT, "ohne Federführung"),
            *((str(unit.pk), unit.label) for unit in units),
        ]
        self.full_clean()

    def selection(self) -> Selection:
        chosen = {key: [one for one in self._sent(name) if one in self.labels[key]] for key, name, _ in GROUPS}
        return Selection(
            words=self.cleaned_data.get("q", ""),
            unit=self.cleaned_data.get("einheit", ""),
            **chosen,
        )

    def sorting(self) -> str:
        asked = str(self.data.get("sort", ""))
        return asked if asked.removeprefix("-") in SORTS else DEFAULT_SORT

    def groups(self, counts: dict[tuple[str, str], int]) -> list[Group]:
        """Options that give nothing are left out, unless they are chosen."""
        found = []
        for key, name, heading in GROUPS:
            sent = self._sent(name)
            options = [
                Option(name, value, label, value in sent, counts.get((key, value), 0))
                for value, label in self.labels[key].items()
            ]
            found.append(Group(heading, [one for one in options if one.count or one.checked]))
        return [group for group in found if group.options]

    def chips(self) -> list[tuple[str, str, str]]:
        """Name, value and words of each filter that is set."""
        chips = [
            (name, one, self.labels[key][one])
            for key, name, _ in GROUPS
            for one in self._sent(name)
            if one in self.labels[key]
        ]
        if words := self.cleaned_data.get("q"):
            chips.append(("q", words, f"„{words}“"))
        if unit := self.cleaned_data.get("einheit"):
            chips.append(("einheit", unit, dict(self.fields["einheit"].choices)[unit]))  # type: ignore[attr-defined]
        return chips

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []
