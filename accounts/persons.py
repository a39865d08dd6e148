"""Asks once before a text that seems to name a person is kept or published; names accounts where names are not kept."""

import re

from django import forms

from accounts.access import Role
from accounts.models import User

KEPT = "persons_kept"
PUBLISHED = ("Der Text wird veröffentlicht", "Trotzdem so veröffentlichen")
INTERNAL = ("Der Text bleibt intern, wird aber für immer aufbewahrt", "Trotzdem so aufbewahren")
"""What becomes of a text, and the tick that answers the question."""
DATE = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}\b")
SIGNS = (
    re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*"),
    re.compile(r"(?<![\d.,])(?:\+\d|0)[\d ()/-]{5,}\d"),
    re.compile(r"\b(?:Frau|Herrn?) (?:Dr\. )?[A-ZÄÖÜ][\w-]+"),
)
"""An e-mail address, a phone number, a person addressed by name."""


def person_in(text: str) -> str:
    """One of SIGNS, or the name of an account other than the Digital Officer's; "" where nothing names a person."""
    without_dates = DATE.sub(" ", text)
    found = next((match[0] for sign in SIGNS if (match := sign.search(without_dates))), "")
    if found or not text:
        return found
    names = User.objects.exclude(role=Role.DIGITAL_OFFICER).values_list("name", flat=True)
    return next((name for name in names if " " in name and re.search(rf"\b{re.escape(name)}\b", text, re.I)), "")


def ask_about_persons(form: forms.BaseForm, *names: str, fate: tuple[str, str] = PUBLISHED) -> None:
    """For the end of `clean`; a tick below the fields answers the question."""
    becomes, label = fate
    for name in names:
        if found := person_in(form.cleaned_data.get(name) or ""):
            form.fields[KEPT] = forms.BooleanField(label=label, required=False)
            if not form.data.get(KEPT):
                form.add_error(
                    name,
                    f"Hier steht „{found}“. {becomes}: Nennen Sie Stellen statt Personen, oder "
                    f"bestätigen Sie unten „{label}“.",
                )


def account(pk: int | None) -> str:
    """How the journal, which is never changed, tells of a person: whose name is replaced is replaced there as well."""
    return f"Konto {pk}" if pk else "niemand"
