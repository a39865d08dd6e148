"""From whom and to whom measures are handed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import User
from ground.formats import counted
from masterplan.models import Measure, MeasureUserObjectPermission
from masterplan.models.measure import REPORT

SAME = "Wählen Sie zwei verschiedene Personen."


def owned() -> dict[int, int]:
    """How many measures each person answers for, by the person's id; two queries."""
    found: dict[int, set[int]] = {}
    current = Measure.objects.current()
    for pk, responsible, deputy in current.order_by().values_list("pk", "responsible_id", "deputy_id"):
        for person in (responsible, deputy):
            if person:
                found.setdefault(person, set()).add(pk)
    grants = MeasureUserObjectPermission.objects.filter(
        permission__codename=REPORT, content_object__in=current.order_by().values("pk")
    )
    for person, pk in grants.values_list("user_id", "content_object_id"):
        found.setdefault(person, set()).add(pk)
    return {person: len(pks) for person, pks in found.items()}


class HandOverForm(forms.Form):
    von = forms.ModelChoiceField(
        label="Wer gibt ab",
        queryset=User.objects.none(),
        help_text="Zur Wahl steht, wer verantwortlich, Vertretung oder meldeberechtigt ist.",
    )
    an = forms.ModelChoiceField(
        label="Wer übernimmt",
        queryset=User.objects.none(),
        help_text="Zur Wahl steht, wer für Maßnahmen antworten kann.",
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        giving: Any = self.fields["von"]
        taking: Any = self.fields["an"]
        numbers = owned()
        giving.queryset = User.objects.filter(pk__in=numbers)
        giving.label_from_instance = lambda user: _giving(user, numbers[user.pk])
        taking.queryset = User.objects.able_to_answer_for_measures().select_related("unit")
        taking.label_from_instance = lambda user: f"{user.name} ({user.unit.label})" if user.unit else user.name

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if sent.get("von") and sent.get("von") == sent.get("an"):
            self.add_error("an", SAME)
        return sent


def _giving(user: User, number: int) -> str:
    gone = "" if user.is_able_to_answer_for_measures else ", kann nicht mehr antworten"
    return f"{user.name} ({counted(number, 'Maßnahme', 'Maßnahmen')}{gone})"
