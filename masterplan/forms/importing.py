"""Forms of the import: the file, the meaning of its columns, the confirmation."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.persons import ask_about_persons
from masterplan.importing.columns import COLUMNS
from masterplan.importing.mapping import Mapping, faults
from masterplan.importing.plan import ImportPlan
from masterplan.importing.table import MAX_BYTES, MAX_ROWS, TOO_LARGE, Table


class UploadForm(forms.Form):
    file = forms.FileField(
        label="Datei",
        help_text=f"CSV oder Excel (.xlsx), höchstens 10 MB und {MAX_ROWS // 1000}.000 Zeilen.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": "Wählen Sie die Datei aus, die eingelesen werden soll."},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return file


class MappingForm(forms.Form):
    """One choice per column of the file, in their order."""

    def __init__(self, data: Any, *, table: Table, mapping: Mapping) -> None:
        super().__init__(data)
        choices = [("", "nicht einlesen"), *((column.key, column.label) for column in COLUMNS)]
        for index, (heading, key) in enumerate(zip(table.header, mapping, strict=True)):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=heading or f"Spalte {index + 1}", choices=choices, initial=key, required=False
            )
            self.fields[f"column_{index}"].widget.attrs["aria-label"] = f"„{heading}“ einlesen als"

    def clean(self) -> dict[str, Any]:
        for fault in faults(self.mapping):
            self.add_error(None, fault)
        return self.cleaned_data

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data.get(name, "") for name in self.fields]


class TakeOverForm(forms.Form):
    """Asks only for what this list needs: a reason, the consent to new fields of action."""

    stamp = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Grund",
        help_text="Die Liste ändert den Stand von Maßnahmen, die veröffentlicht oder beschlossen sind. Der Grund steht "
        "öffentlich bei jeder dieser Änderungen.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nennen Sie den Grund der Änderungen."},
    )
    new_fields = forms.BooleanField(
        error_messages={"required": "Bestätigen Sie die neuen Handlungsfelder, oder berichtigen Sie die Datei."}
    )

    def __init__(self, data: Any, *, plan: ImportPlan, stamp: str, reason: str = "") -> None:
        super().__init__(data, initial={"stamp": stamp, "reason": reason})
        if not plan.needs_reason:
            del self.fields["reason"]
        if plan.new_fields:
            count = len(plan.new_fields)
            words = "Das neue Handlungsfeld" if count == 1 else f"Die {count} neuen Handlungsfelder"
            self.fields["new_fields"].label = f"{words} anlegen"
        else:
            del self.fields["new_fields"]

    def clean(self) -> dict[str, Any]:
        ask_about_persons(self, "reason")
        return self.cleaned_data
