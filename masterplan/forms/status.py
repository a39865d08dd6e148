from typing import Any

from django import forms

from accounts.persons import ask_about_persons
from ground.forms import DayInput, VersionField, demand_later
from masterplan.change import CONTROLLED
from masterplan.derived import SAY_WHY
from masterplan.forms.cells import FROM_MILESTONES, MOVES, health_stated, stated_health
from masterplan.forms.finishing import WHEN_FINISHED, actual_end, end_is_missing
from masterplan.forms.said import NO_NAMES, NOT_PUBLIC, SaidForm
from masterplan.models import Health, Measure, Phase
from masterplan.reasons import because, criteria_in_words
from masterplan.rules import Criteria, Verdict


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput(), help_text=help_text)


class StatusForm(SaidForm):
    """A whole status update: where the measure is, how it goes, what it is measured by, and why."""

    version = VersionField()
    phase = forms.ChoiceField(label="Phase", choices=Phase.choices)
    merged_into = forms.ModelChoiceField(
        label="Zusammengeführt in",
        queryset=Measure.objects.none(),
        required=False,
        empty_label="keine",
        help_text="Nur für die Phase „zusammengeführt“.",
    )
    health = stated_health(widget=forms.RadioSelect)
    health_reason = forms.CharField(
        label="Warum weicht der Status von den Kriterien ab?",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Nur, wenn Sie ihn selbst festlegen. Steht auf der Seite der Maßnahme: {NO_NAMES}",
    )
    progress = forms.IntegerField(label="Fortschritt in Prozent", min_value=0, max_value=100)
    planned_start = _day("Geplanter Beginn")
    planned_end = _day("Geplantes Ende")
    actual_start = _day("Tatsächlicher Beginn")
    actual_end = actual_end()
    correction = forms.ChoiceField(
        label="Art der Terminänderung",
        choices=MOVES,
        required=False,
        help_text="Eine Korrektur berichtigt einen Tippfehler. Sie bleibt sichtbar und zählt nicht als Verschiebung.",
    )

    def __init__(
        self, data: Any = None, *, measure: Measure, derived: bool, verdict: Verdict, criteria: Criteria
    ) -> None:
        """`derived`: the progress follows from milestones; `verdict` is what the `criteria` say of the measure."""
        self.verdict, self.in_force = verdict, criteria
        now = {name: getattr(measure, name) for name in CONTROLLED} | {"health": health_stated(measure)}
        super().__init__(data, initial={"version": measure.version, **now})
        others: Any = self.fields["merged_into"]
        others.queryset = Measure.objects.current().exclude(pk=measure.pk).exclude(phase=Phase.MERGED)
        if not measure.first_promised_end:
            del self.fields["correction"]
        demand_later(
            self, "merged_into", "correction", "health_reason", *(["planned_end"] if measure.first_promised_end else [])
        )
        if measure.is_committed:
            demand_later(self, "reason")
            self.fields["reason"].help_text = f"Nötig, sobald sich etwas ändert. {NO_NAMES}"
        if derived:
            self.fields["progress"].disabled = True
            self.fields["progress"].help_text = FROM_MILESTONES

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if end_is_missing(sent.get("phase"), self.initial["phase"], sent):
            self.add_error("actual_end", WHEN_FINISHED)
        if sent.get("health") and not sent.get("health_reason") and "health_reason" in sent:
            self.add_error("health_reason", SAY_WHY.format(Health(self.verdict.health).label))
        self.check_decision()
        ask_about_persons(self, "health_reason", "reason", "public_sentence")
        return sent

    def criteria(self) -> list[tuple[Any, str]]:
        """Each choice of the health with what is measured by it."""
        now = f"Zurzeit „{Health(self.verdict.health).label}“, weil {because(self.verdict)}."
        texts = [now, *(criteria_in_words(health, self.in_force) for health in Health)]
        return list(zip(self["health"], texts, strict=True))

    def values(self) -> dict[str, Any]:
        """Only what was changed: what follows from it, such as the end of a reopened measure, is the rules' to say."""
        said = {name: self.cleaned_data[name] for name in CONTROLLED if name in self.changed_data}
        if "health_reason" in said or "health" in said:
            said["health"] = self.cleaned_data["health"]
            said["health_reason"] = self.cleaned_data["health_reason"] if said["health"] else ""
        return said


class MilestoneForm(forms.Form):
    version = VersionField()
    title = forms.CharField(label="Meilenstein", max_length=120)
    planned = _day("Geplant für")
    weight = forms.IntegerField(
        label="Gewicht", min_value=1, max_value=100, initial=1, help_text="Anteil am Fortschritt, im Verhältnis."
    )
    reached_on = _day("Erreicht am", "Leer, solange er nicht erreicht ist.")
    correction = forms.ChoiceField(
        label="Art der Terminänderung", choices=MOVES, required=False, help_text="Eine Korrektur zählt nicht."
    )
    reason = forms.CharField(label="Grund", max_length=400, required=False, help_text=NO_NAMES)

    def __init__(self, data: Any = None, *, measure: Measure, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if initial is None:
            del self.fields["reached_on"]
        if not (initial and initial.get("first_promised")):
            del self.fields["correction"]
        else:
            demand_later(self, "planned", "correction")
        if measure.is_committed:
            demand_later(self, "reason")
        else:
            self.fields["reason"].help_text = NOT_PUBLIC
        self.is_told = measure.is_committed

    def clean(self) -> dict[str, Any]:
        if self.is_told:
            ask_about_persons(self, "reason")
        return self.cleaned_data


class ReasonForm(forms.Form):
    """Confirms a step; `needed` says that it takes a reason."""

    version = VersionField()

    def __init__(self, data: Any = None, *, needed: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if needed:
            self.fields["reason"] = forms.CharField(label="Grund", max_length=400, help_text=NO_NAMES)

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "reason")
        return self.cleaned_data
