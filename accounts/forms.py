from datetime import date
from typing import Any

from django import forms

from accounts.models import User


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label="Wer vertritt Sie?",
        required=False,
        empty_label="niemand",
        help_text="Steht bei Ihrem Konto. Ihre Rechte und Aufgaben im Portal gehen damit nicht über.",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"deputy": user.deputy_id}
        colleagues = User.objects.able_to_answer_for_measures().exclude(pk=user.pk)
        self.fields["deputy"].queryset = colleagues  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    first_day = forms.DateField(label="Erster Tag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_day = forms.DateField(label="Letzter Tag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first_day, last_day = data.get("first_day"), data.get("last_day")
        if first_day and last_day and last_day < first_day:
            self.add_error("last_day", "Der letzte Tag liegt vor dem ersten.")
        elif last_day and last_day < self.today:
            self.add_error("last_day", "Diese Tage sind schon vorbei.")
        return data
