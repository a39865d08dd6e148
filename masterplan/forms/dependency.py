from typing import Any

from django import forms

from accounts.persons import INTERNAL, ask_about_persons
from ground.forms import demand_later
from masterplan.linking import Link
from masterplan.models import Measure, Milestone, Phase
from masterplan.models.dependency import LONGEST_LAG

Choice = tuple[str, str]


class DependencyForm(forms.Form):
    """What of this measure waits, and for what; only what the user sees is offered."""

    waiting = forms.ChoiceField(label="Was wartet", required=False)
    before = forms.ChoiceField(
        label="Wartet auf",
        help_text="Eine ganze Maßnahme, die vorher fertig sein muss, oder einen ihrer Meilensteine.",
    )
    lag = forms.IntegerField(
        label="Tage dazwischen",
        min_value=0,
        max_value=LONGEST_LAG,
        required=False,
        help_text="So viele Tage müssen danach mindestens noch vergehen. Leer heißt: keine.",
    )
    note = forms.CharField(
        label="Notiz", max_length=240, required=False, help_text="Warum das eine auf das andere wartet. Bleibt intern."
    )

    def __init__(self, data: Any = None, *, measure: Measure, user: Any) -> None:
        super().__init__(data)
        self.measure = measure
        others = Measure.objects.visible_to(user).exclude(phase__in=(Phase.MERGED, Phase.REJECTED)).in_order()
        milestones: dict[int, list[Choice]] = {}
        for milestone in Milestone.objects.open().filter(measure__in=others).order_by("position", "pk"):
            value = f"{milestone.measure_id}:{milestone.pk}"
            milestones.setdefault(milestone.measure_id, []).append((value, f"Meilenstein „{milestone.title}“"))
        own = [(value.partition(":")[2], label) for value, label in milestones.get(measure.pk, [])]
        demand_later(self, "waiting")
        self._offer("waiting", [("", "die ganze Maßnahme"), *own])
        self._offer("before", [("", "Bitte wählen"), *_groups(others, milestones, measure)])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "note", fate=INTERNAL)
        return self.cleaned_data

    def link(self) -> Link:
        sent = self.cleaned_data
        measure, _, milestone = sent["before"].partition(":")
        return Link(
            predecessor_id=int(measure),
            predecessor_milestone_id=int(milestone) if milestone else None,
            successor_id=self.measure.pk,
            successor_milestone_id=int(sent["waiting"]) if sent["waiting"] else None,
            lag=sent["lag"] or 0,
            note=sent["note"],
        )


def _groups(measures: Any, milestones: dict[int, list[Choice]], here: Measure) -> list[tuple[str, list[Choice]]]:
    """By measure: the whole of it and its open milestones; of this measure only the milestones."""
    groups = []
    for one in measures:
        whole = [] if one.pk == here.pk else [(str(one.pk), f"{one.number} als Ganzes")]
        if offered := [*whole, *milestones.get(one.pk, [])]:
            groups.append((str(one), offered))
    return groups
