from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting


class KernRenderer(TemplatesSetting):
    """Renders Django's forms in KERN's markup: `{{ form }}`, `{{ field.as_field_group }}`, `{{ field }}`."""

    form_template_name = "kern/form.html"
    field_template_name = "kern/field.html"


def demand_later(form: forms.BaseForm, *names: str) -> None:
    """Fields that may be empty only as long as nothing else asks for them; they do not say "(freiwillig)"."""
    for name in names:
        if name in form.fields:
            form.fields[name].demanded = True  # type: ignore[attr-defined]


class VersionField(forms.IntegerField):
    """The version that a form began from. Where none was sent that a row can have, the form counts as overtaken."""

    widget = forms.HiddenInput
    OF_NO_ROW = 0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_value=2**31 - 1, **kwargs)

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value))
        except ValidationError:
            return self.OF_NO_ROW


class DayInput(forms.DateInput):
    """The browser's own date field; its value is ISO whatever the locale."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.SplitDateTimeWidget):
    """Day and time side by side, each with a name of its own for screen readers."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            attrs=attrs,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": "Tag"},
            time_attrs={"type": "time", "aria-label": "Uhrzeit"},
        )
