"""The day on which a measure was finished: asked for wherever a form can finish one, never filled in silence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from ground.forms import DayInput
from masterplan.models import Phase

WHEN_FINISHED = "Tragen Sie ein, an welchem Tag die Maßnahme fertig war."
ACTUAL_END = "Tatsächliches Ende"


def actual_end() -> forms.DateField:
    return forms.DateField(
        label=ACTUAL_END, required=False, widget=DayInput(), help_text="Nötig, und nur dann, für „abgeschlossen“."
    )


def end_is_missing(phase: str | None, before: str, sent: Mapping[str, Any]) -> bool:
    """False too where a day was sent that nobody can read: that is said already."""
    finishes = phase == Phase.COMPLETED and before != Phase.COMPLETED
    return finishes and "actual_end" in sent and sent["actual_end"] is None


def finished(sent: Mapping[str, Any]) -> dict[str, date]:
    """The actual end, where one was given."""
    return {"actual_end": sent["actual_end"]} if sent.get("actual_end") else {}
