from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import Unit, User
from ground.forms import VersionField
from masterplan.models import Basis, Measure
from masterplan.planning import SETS, TEXTS
from masterplan.refusals import SAME_DEPUTY
from strategy.models import FieldOfAction, Goal, StrategyState

SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "worum",
        "Worum geht es",
        ("field", "title", "teaser", "description", "objective", "beneficiaries", "goals"),
    ),
    ("wer", "Wer", ("lead_unit", "responsible", "deputy", "involved_units", "external_partners")),
    ("herkunft", "Herkunft und Grundlage", ("origin", "basis", "priority")),
    ("notizen", "Interne Notizen", ("internal_notes",)),
)


class AddForm(forms.Form):
    """What a measure begins with; the rest has its place on the measure's own page."""

    field = forms.ModelChoiceField(
        label="Handlungsfeld",
        queryset=FieldOfAction.objects.current(),
        empty_label="Bitte wählen",
        help_text="Bestimmt die Nummer der Maßnahme; die Nummer bleibt, auch wenn sich das Feld später ändert.",
    )
    title = forms.CharField(
        label="Titel", max_length=120, help_text="So kurz, dass man ihn in einer Sitzung sagen kann."
    )
    teaser = forms.CharField(label="In einem Satz", max_length=240, required=False)


def _bases(measure: Measure) -> tuple[Basis, ...]:
    """What a person may name as the basis; only a recorded resolution makes it the plan, or no longer routine."""
    return (Basis.PLAN, Basis.RESOLUTION) if measure.resolved_on else (Basis.RESOLUTION, Basis.ROUTINE)


class DescriptionForm(forms.ModelForm):
    """All that describes a measure; never its state."""

    version = VersionField()

    class Meta:
        model = Measure
        fields = [name for _, _, names in SECTIONS for name in names]
        widgets = {
            "goals": forms.CheckboxSelectMultiple,
            "involved_units": forms.CheckboxSelectMultiple(attrs={"class": "many-checks"}),
            "teaser": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 8}),
            "objective": forms.Textarea(attrs={"rows": 4}),
            "internal_notes": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "title": "Höchstens 120 Zeichen.",
            "teaser": "Was haben die Menschen davon? Höchstens 240 Zeichen, steht in jeder Liste.",
            "description": "Absätze, Listen und Links in Markdown.",
            "deputy": "Ansprechperson, wenn die verantwortliche nicht da ist.",
            "basis": "Worauf stützt sich die Maßnahme? Den Beschluss selbst halten Sie im Masterplan fest.",
            "internal_notes": "Sehen nur Digital Officer, IT und wer für die Maßnahme verantwortlich ist.",
        }

    def __init__(self, data: Any = None, *, instance: Measure) -> None:
        super().__init__(data, instance=instance, initial={"version": instance.version})
        able = Q(pk__in=User.objects.able_to_answer_for_measures())
        for name in ("responsible", "deputy"):
            self._offer(name, User.objects.filter(able | Q(pk=getattr(instance, f"{name}_id"))), empty="offen")
        self._offer("lead_unit", Unit.objects.filter(Q(dissolved_on=None) | Q(pk=instance.lead_unit_id)), empty="offen")
        self._offer(
            "involved_units", Unit.objects.filter(Q(dissolved_on=None) | Q(shared_measures=instance)).distinct()
        )
        self._offer("field", FieldOfAction.objects.filter(Q(withdrawn_on=None) | Q(pk=instance.field_id)))
        basis: Any = self.fields["basis"]
        basis.choices = [one for one in basis.choices if one[0] in ("", instance.basis, *_bases(instance))]
        current = ~Q(strategy__state=StrategyState.SUPERSEDED)
        self._offer("goals", Goal.objects.filter(current | Q(measures=instance)).distinct())

    def _offer(self, name: str, rows: Any, empty: str | None = None) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        if empty is not None:
            field.empty_label = empty

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("responsible") and sent.get("responsible") == sent.get("deputy"):
            self.add_error("deputy", SAME_DEPUTY)
        return sent

    def sections(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        return [(anchor, title, [self[name] for name in names]) for anchor, title, names in SECTIONS]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXTS if name in self.cleaned_data}

    def sets(self) -> dict[str, Any]:
        return {name: list(self.cleaned_data[name]) for name in SETS}
