from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import Unit
from accounts.persons import INTERNAL, ask_about_persons
from ground.forms import VersionField
from masterplan.foreseeing import STATES, TEXTS
from masterplan.models import Risk, RiskState
from strategy.models import FieldOfAction


class RiskForm(forms.ModelForm):
    version = VersionField()

    class Meta:
        model = Risk
        fields = list(TEXTS)
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "countermeasure": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": "In einem Satz, höchstens 160 Zeichen. Bleibt intern; nennen Sie keine Personen.",
            "countermeasure": "Was tun Sie, damit es nicht eintritt oder weniger schadet?",
            "owner_unit": "Die Stelle, die darauf achtet und die Gegenmaßnahme umsetzt.",
        }

    def __init__(self, data: Any = None, *, instance: Risk | None = None, decides: bool) -> None:
        """`decides` says that the sender takes risks in, and so moves them on as well."""
        super().__init__(data, instance=instance, initial={"version": instance.version if instance else 0})
        units: Any = self.fields["owner_unit"]
        units.queryset = Unit.objects.filter(Q(dissolved_on=None) | Q(pk=instance.owner_unit_id if instance else None))
        units.empty_label = "offen"
        for name in ("likelihood", "impact"):
            choice: Any = self.fields[name]
            choice.choices = [("", "Bitte wählen"), *(one for one in choice.choices if one[0])]
        if instance and decides and instance.state in STATES:
            options = [(one.value, one.label) for one in STATES]
            self.fields["state"] = forms.ChoiceField(label="Stand", choices=options, initial=instance.state)

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        ask_about_persons(self, "title", "countermeasure", fate=INTERNAL)
        return sent

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS}

    def state(self) -> RiskState | None:
        return RiskState(self.cleaned_data["state"]) if "state" in self.cleaned_data else None


class DeclineForm(forms.Form):
    version = VersionField()
    reason = forms.CharField(
        label="Grund",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht beim Vorschlag und im Verlauf. Bleibt intern; nennen Sie keine Personen.",
    )

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "reason", fate=INTERNAL)
        return self.cleaned_data


class RiskFilter(forms.Form):
    """Beside the list of all risks; a wrong value is left out, never an error."""

    feld = forms.ModelChoiceField(
        label="Handlungsfeld",
        queryset=FieldOfAction.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="alle",
    )
    einheit = forms.ModelChoiceField(
        label="Zuständig", queryset=Unit.objects.none(), required=False, empty_label="alle"
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter_%s")
        units: Any = self.fields["einheit"]
        units.queryset = Unit.objects.filter(owned_risks__isnull=False).distinct()
        self.full_clean()

    def condition(self) -> Q:
        found = Q()
        if field := self.cleaned_data.get("feld"):
            found &= Q(measure__field=field)
        if unit := self.cleaned_data.get("einheit"):
            found &= Q(owner_unit=unit)
        return found

    @property
    def is_set(self) -> bool:
        return any(self.cleaned_data.values())
