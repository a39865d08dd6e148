"""One field of a measure, changed in the table."""

from collections.abc import Callable
from typing import Any

from django import forms

from accounts.models import Unit, User
from accounts.persons import ask_about_persons
from ground.forms import DayInput, VersionField, demand_later
from masterplan.change import CONTROLLED
from masterplan.forms.finishing import WHEN_FINISHED, actual_end, end_is_missing, finished
from masterplan.models import Health, Measure, Phase, Visibility

MOVES = (("", "Verschoben"), ("1", "Korrektur"))
PHASES_IN_PLACE = [one for one in Phase.choices if one[0] != Phase.MERGED]

AS_DERIVED = ("", "aus den Kriterien")


def stated_health(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="Status", choices=[AS_DERIVED, *Health.choices], required=False, **options)


def health_stated(measure: Measure) -> str:
    """What a person stated; "" where the health follows from the criteria."""
    return measure.health if measure.health_reason else ""


VALUES: dict[str, Callable[[], forms.Field]] = {
    "phase": lambda: forms.ChoiceField(label="Phase", choices=PHASES_IN_PLACE),
    "health": stated_health,
    "progress": lambda: forms.IntegerField(label="Fortschritt in Prozent", min_value=0, max_value=100),
    "planned_end": lambda: forms.DateField(label="Geplantes Ende", required=False, widget=DayInput()),
    "lead_unit": lambda: forms.ModelChoiceField(
        label="Federführung", queryset=Unit.objects.active(), required=False, empty_label="offen"
    ),
    "responsible": lambda: forms.ModelChoiceField(
        label="Verantwortlich",
        queryset=User.objects.able_to_answer_for_measures(),
        required=False,
        empty_label="offen",
    ),
    "visibility": lambda: forms.ChoiceField(label="Sichtbarkeit", choices=Visibility.choices),
}
"""The fields that can be changed in place."""

FROM_MILESTONES = "Folgt aus den Meilensteinen: Tragen Sie dort ein, was erreicht ist."


class CellForm(forms.Form):
    version = VersionField()

    def __init__(self, data: Any = None, *, measure: Measure, name: str) -> None:
        super().__init__(data, auto_id=f"{measure.number}-%s", initial={"version": measure.version})
        self.measure, self.name = measure, name
        self.fields[name] = VALUES[name]()
        self.initial[name] = health_stated(measure) if name == "health" else getattr(measure, name)
        if not self.is_bound:  # else the summary of errors takes the focus
            self.fields[name].widget.attrs["autofocus"] = True
        if name == "planned_end" and measure.first_promised_end:
            self.fields["correction"] = forms.ChoiceField(
                label="Art der Änderung", choices=MOVES, required=False, help_text="Eine Korrektur zählt nicht."
            )
            demand_later(self, "planned_end", "correction")
        if name == "progress" and measure.milestones.current().exists():
            self.fields[name].disabled, self.fields[name].help_text = True, FROM_MILESTONES
        if name == "phase":
            self.fields["actual_end"] = actual_end()
        needed = (name in CONTROLLED and measure.is_committed) or (name == "visibility" and measure.visibility_is_kept)
        if needed or name == "health":
            self.fields["reason"] = forms.CharField(
                label="Grund", max_length=400, required=needed, help_text=_about_reason(measure, name)
            )
            demand_later(self, "reason", "health")

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if end_is_missing(sent.get("phase"), self.measure.phase, sent):
            self.add_error("actual_end", WHEN_FINISHED)
        if self.name in CONTROLLED:
            ask_about_persons(self, "reason")
        return sent

    def values(self) -> dict[str, Any]:
        """What goes into a status update."""
        return {self.name: self.cleaned_data[self.name], **finished(self.cleaned_data)}


ABOUT_HEALTH = "Steht bei der Maßnahme, sobald sie öffentlich ist; nennen Sie keine Personen."


def _about_reason(measure: Measure, name: str) -> str:
    if name == "health":
        return ABOUT_HEALTH
    if measure.is_public and name != "visibility":
        return "Wird veröffentlicht; nennen Sie keine Personen."
    return "Bleibt intern im Verlauf."
