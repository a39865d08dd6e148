from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.persons import ask_about_persons
from ground.forms import demand_later
from masterplan.change import CONTROLLED
from masterplan.changing import VISIBILITY, BulkAction, BulkChange
from masterplan.forms.cells import ABOUT_HEALTH, MOVES, VALUES
from masterplan.forms.finishing import WHEN_FINISHED, actual_end, end_is_missing, finished
from masterplan.models import Measure, Visibility


class RowsField(forms.RegexField):
    """The version of each measure by its id, as `12:3,14:1`; the page itself writes it."""

    def __init__(self) -> None:
        row = r"\d{1,18}:\d{1,9}"
        super().__init__(regex=rf"^{row}(,{row})*$", required=False)

    def clean(self, value: Any) -> dict[int, int]:
        pairs = [pair.split(":") for pair in super().clean(value).split(",") if pair]
        return {int(pk): int(version) for pk, version in pairs}


class RowsForm(forms.Form):
    rows = RowsField()


class BulkForm(forms.Form):
    """The value that all chosen measures get, with one reason for all."""

    action = forms.ChoiceField(choices=BulkAction.choices, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, action: BulkAction, measures: Sequence[Measure]) -> None:
        super().__init__(data, initial={"action": action})
        self.bulk_action = action
        if action not in VISIBILITY:
            self.fields["value"] = VALUES[action.field]()
        if action == BulkAction.PHASE:
            self.fields["actual_end"] = actual_end()
        if action == BulkAction.PLANNED_END and any(measure.first_promised_end for measure in measures):
            self.fields["correction"] = forms.ChoiceField(
                label="Art der Änderung", choices=MOVES, required=False, help_text="Eine Korrektur zählt nicht."
            )
        hides = action == BulkAction.HIDE and any(measure.is_public for measure in measures)
        reports = action.field in CONTROLLED and any(measure.is_committed for measure in measures)
        if hides or reports or action == BulkAction.HEALTH:
            self.fields["reason"] = forms.CharField(
                label="Grund für alle",
                max_length=400,
                required=hides or reports,
                help_text=_about_reason(action),
            )

        demand_later(self, "reason", *(["value"] if action == BulkAction.HEALTH else []))

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if self.bulk_action == BulkAction.PHASE and end_is_missing(sent.get("value"), "", sent):
            self.add_error("actual_end", WHEN_FINISHED)
        if self.bulk_action.field in CONTROLLED:
            ask_about_persons(self, "reason")
        return sent

    def change(self) -> BulkChange:
        sent = self.cleaned_data
        value: Any = VISIBILITY[self.bulk_action] if self.bulk_action in VISIBILITY else sent["value"]
        return BulkChange(
            field=self.bulk_action.field,
            value=value,
            reason=sent.get("reason", ""),
            correction=bool(sent.get("correction")),
            with_it=finished(sent),
        )

    def value_field(self) -> forms.Field:
        """Names the values in the preview."""
        return self.fields.get("value") or forms.ChoiceField(choices=Visibility.choices)


def _about_reason(action: BulkAction) -> str:
    if action == BulkAction.HEALTH:
        return ABOUT_HEALTH
    if action == BulkAction.HIDE:
        return "Bleibt intern im Verlauf."
    return "Wird bei öffentlichen Maßnahmen veröffentlicht; nennen Sie keine Personen."


__all__ = ["BulkAction", "BulkForm", "RowsForm"]
