"""The decision on an update: what is published can be worded anew, everything else stays as it was sent."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.persons import INTERNAL, ask_about_persons
from ground.forms import VersionField
from masterplan.forms.bulk import RowsField
from masterplan.forms.said import LONGEST, NO_NAMES
from masterplan.models import StatusUpdate

FORM = "uebernehmen"
"""The id of the form on the page: the fields stand in the table above it."""
LABELS = {"public_sentence": "Öffentlicher Satz", "reason": "Grund"}


class ReviewForm(forms.Form):
    """`worded` names the texts that may be worded anew: those that were sent."""

    seen = VersionField()
    measure_version = VersionField()

    def __init__(self, data: QueryDict | None = None, *, update: StatusUpdate) -> None:
        super().__init__(data, initial={"seen": update.version, "measure_version": update.measure.version})
        self.worded = [name for name in LABELS if getattr(update, name)]
        for name in self.worded:
            self.fields[name] = forms.CharField(
                label=LABELS[name],
                max_length=LONGEST[name],
                widget=forms.Textarea(attrs={"rows": 3, "form": FORM}),
                help_text=f"Sie können ihn hier ändern. {NO_NAMES}",
            )
            self.initial[name] = getattr(update, name)

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, *self.worded)
        return self.cleaned_data


class ReturnForm(forms.Form):
    """Stands beside the approval on one page, so its fields have ids of their own."""

    seen = VersionField()
    comment = forms.CharField(
        label="Hinweis",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Was fehlt, oder was stimmt nicht? Lesen alle, die für die Maßnahme melden.",
        error_messages={"required": "Schreiben Sie, was fehlt oder nicht stimmt: Sonst weiß niemand, was zu tun ist."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "return_%s", **kwargs})

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "comment", fate=INTERNAL)
        return self.cleaned_data


class SeenForm(forms.Form):
    """Updates with the versions that the page showed."""

    seen = RowsField()
