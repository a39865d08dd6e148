"""Which year, budget, field and unit the table of money shows; wrong values are left out, never an error."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import Unit
from masterplan.models import BudgetKind
from masterplan.models.measure import MeasureQuerySet
from strategy.models import FieldOfAction

KINDS = {"aufwand": BudgetKind.EXPENSE, "auszahlung": BudgetKind.PAYMENT}


class BudgetFilter(forms.Form):
    jahr = forms.ChoiceField(label="Haushaltsjahr", required=False)
    feld = forms.ChoiceField(label="Handlungsfeld", required=False)
    einheit = forms.ChoiceField(label="Federführung", required=False)
    haushalt = forms.ChoiceField(
        label="Haushalt", required=False, choices=[(name, name) for name in KINDS], widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: QueryDict,
        *,
        years: Iterable[int],
        fields: Iterable[FieldOfAction],
        units: Iterable[Unit],
        today: date,
    ) -> None:
        self.known_fields, self.known_units = list(fields), list(units)
        span = sorted({*years, *range(today.year - 1, today.year + 4)})
        sent = data.copy()
        sent.setdefault("jahr", str(today.year))
        sent.setdefault("haushalt", "aufwand")
        super().__init__(sent, auto_id="filter_%s")
        self._offer("jahr", [(str(year), str(year)) for year in span])
        self._offer("feld", [("", "alle"), *((one.code, one.title) for one in self.known_fields)])
        self._offer("einheit", [("", "alle"), *((str(one.pk), one.label) for one in self.known_units)])
        self.full_clean()
        self.year = int(self.cleaned_data.get("jahr") or today.year)
        self.kind = KINDS.get(self.cleaned_data.get("haushalt", ""), BudgetKind.EXPENSE)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def measures(self, rows: MeasureQuerySet) -> MeasureQuerySet:
        if code := self.cleaned_data.get("feld"):
            rows = rows.filter(field__code=code)
        if unit := self.cleaned_data.get("einheit"):
            rows = rows.filter(lead_unit=unit)
        return rows

    def tabs(self) -> list[tuple[str, str, bool]]:
        """The two budgets, each with the other choices kept."""
        data: Any = self.data
        sent = data.copy()
        sent.pop("page", None)
        found = []
        for name, kind in KINDS.items():
            sent["haushalt"] = name
            found.append((str(kind.label), f"?{sent.urlencode()}", kind == self.kind))
        return found

    def field_names(self) -> dict[int, str]:
        return {one.pk: one.title for one in self.known_fields}

    def unit_names(self) -> dict[int, str]:
        return {one.pk: one.label for one in self.known_units}
