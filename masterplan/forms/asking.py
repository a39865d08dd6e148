from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from ground.forms import DayInput

PAST = "Dieser Tag ist vorbei. Wählen Sie einen, bis zu dem noch geantwortet werden kann."


class AskForm(forms.Form):
    due = forms.DateField(
        label="Antwort erbeten bis",
        widget=DayInput(),
        help_text="Wer schon gefragt ist, bekommt diesen Tag als neue Frist.",
    )

    def __init__(self, data: QueryDict | None = None, *, today: date, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.today:
            raise forms.ValidationError(PAST)
        return due
