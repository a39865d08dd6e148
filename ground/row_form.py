"""A form of a row that keeps no history: it notices who saved in between, and asks back before grave steps."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.forms.models import model_to_dict
from django.utils import timezone

from ground.models import Event
from ground.overtaken import TAKE, Overtaken, overtaken, taken_over


class RowForm(forms.ModelForm):
    """Sends back what it began from; a form of a stored row that does not say it counts as overtaken.

    Whoever shows it to be saved has locked the row (`select_for_update`).
    `both` are the two versions where someone saved in between, `doubts_raised` what is to be confirmed.
    """

    began = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, label="Das ist so gewollt. Trotzdem speichern.")

    both: Overtaken | None = None
    doubts_raised: list[str]

    def __init__(self, data: Any = None, files: Any = None, *, instance: Any = None, **kwargs: Any) -> None:
        if data is not None and instance is not None and any(name.startswith(TAKE) for name in data):
            data = taken_over(data, type(self)(instance=instance))
        super().__init__(data.copy() if data is not None else None, files, instance=instance, **kwargs)
        self.doubts_raised = []
        self._stored = self._read() if self.instance.pk else {}
        self.initial["began"] = json.dumps(self._stored)

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in RowForm.declared_fields]

    def doubts(self) -> list[str]:
        """Sentences that a person has to confirm before this is saved."""
        return []

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._refuse_overtaken()
            self._ask_back()
        return values

    def _read(self) -> dict[str, Any]:
        """The row's present values as JSON has them."""
        own = {field.name for field in self.instance._meta.fields}
        values = model_to_dict(self.instance, fields=[name for name in self.fields if name in own])
        read: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
        return read

    def _refuse_overtaken(self) -> None:
        began = _parsed(self.cleaned_data["began"])
        if all(name in began and began[name] == value for name, value in self._stored.items()):
            return
        last = Event.objects.about(self.instance).select_related("author").first()
        self.both = overtaken(
            self,
            base=self._in_words(began or self._stored),
            theirs=self._in_words(self._stored),
            who=last and last.author,
            when=last.occurred_at if last else timezone.now(),
        )
        self._send_again("began", json.dumps(self._stored))
        raise ValidationError(f"{self.both.who} hat in der Zwischenzeit gespeichert.", code="overtaken")

    def _ask_back(self) -> None:
        doubts = self.doubts()
        if doubts and not self.cleaned_data.get("confirmed"):
            self.doubts_raised = doubts
            raise ValidationError(doubts, code="doubt")

    def _send_again(self, name: str, value: str) -> None:
        data: Any = self.data
        data[name] = value

    def _in_words(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: _value(self.instance._meta.get_field(name), values.get(name)) for name in self._stored}


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _value(field: Any, kept: Any) -> Any:
    """From JSON to the value that the field holds."""
    if kept is None:
        return None
    if isinstance(field, models.ForeignKey):
        return field.related_model._base_manager.filter(pk=kept).first()
    try:
        return field.to_python(kept)
    except ValidationError:
        return None
