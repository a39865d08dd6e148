from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from accounts.persons import ask_about_persons
from ground.forms import DayInput, VersionField
from strategy.models import FieldOfAction, Goal, Strategy


class VersionedForm(forms.ModelForm):
    """Sends back the version it began from; a new row has none."""

    version = VersionField()

    def __init__(self, data: Any = None, *, instance: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, instance=instance, initial={"version": instance.version} if instance else initial)

    def correct(self) -> None:
        """Asks why a text that is in force is changed."""
        self.fields["reason"] = forms.CharField(
            label="Grund der Berichtigung",
            max_length=400,
            help_text="Dieser Text gilt. Berichtigen Sie hier nur Fehler; was sich inhaltlich ändert, gehört in einen "
            "Entwurf. Der Grund wird veröffentlicht; nennen Sie keine Personen.",
        )

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        ask_about_persons(self, "reason")
        return sent

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class StrategyForm(VersionedForm):
    class Meta:
        model = Strategy
        fields = ["title", "vision"]
        widgets = {"vision": forms.Textarea(attrs={"rows": 14})}
        help_texts = {"vision": "Wohin will die Stadt? Absätze, Überschriften, Listen und Links in Markdown."}


class GoalForm(VersionedForm):
    class Meta:
        model = Goal
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, data: Any = None, *, instance: Any = None) -> None:
        super().__init__(data, instance=instance)
        self.fields["text"].required = False


class FieldForm(VersionedForm):
    class Meta:
        model = FieldOfAction
        fields = ["title", "teaser", "description", "position"]
        widgets = {
            "teaser": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 6}),
        }


class NewFieldForm(FieldForm):
    class Meta(FieldForm.Meta):
        fields = ["code", "title", "teaser", "description"]


class InForceForm(forms.Form):
    version = VersionField()
    on = forms.DateField(label="In Kraft ab", widget=DayInput())

    def __init__(self, data: Any = None, *, replaces: bool, today: date, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        not_yet = "Dieser Tag liegt in der Zukunft. Setzen Sie die Strategie an dem Tag in Kraft, ab dem sie gilt."
        self.fields["on"].validators.append(MaxValueValidator(today, message=not_yet))
        if replaces:
            self.fields["reason"] = forms.CharField(
                label="Warum löst sie die bisherige ab",
                max_length=400,
                help_text="Wird veröffentlicht; nennen Sie keine Personen.",
            )

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "reason")
        return self.cleaned_data
