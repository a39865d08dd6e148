"""What a person writes in a status update beside the values: shared by the unit's form and the Digital Officer's."""

from collections.abc import Iterator
from typing import Any

from django import forms

from masterplan.forms.amounts import AmountField
from masterplan.models import StatusUpdate
from masterplan.models.status_update import TEXTS
from masterplan.new_state import Option, options_of

NOT_PUBLIC = "Bleibt intern."
NO_NAMES = "Wird veröffentlicht; nennen Sie keine Personen."
WAYS = (1, 2, 3)
WAY_FIELDS = ("recommended", *(f"way_{way}{part}" for way in WAYS for part in ("", "_days", "_amount")))
LONGEST = {"reason": 400, "public_sentence": 400}
"""Signs of a text that is published."""
TELL_THE_WAY = "Beschreiben Sie diesen Weg, oder leeren Sie seine Angaben."
WHAT_IS_DECIDED = "Sagen Sie auch, was zu entscheiden ist."


def _text(label: str, help_text: str, rows: int = 2, longest: int | None = None) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, help_text=help_text)


class SaidForm(forms.Form):
    """`ways` are the options of a decision, each with its text, days, amount and whether it is recommended."""

    reason = _text("Grund", NO_NAMES, longest=LONGEST["reason"])
    public_sentence = _text(
        "Ein Satz für die Öffentlichkeit",
        f"Wie es steht, in einem Satz für alle. {NO_NAMES}",
        longest=LONGEST["public_sentence"],
    )
    achieved = _text("Was wurde erreicht?", NOT_PUBLIC)
    next_steps = _text("Was kommt als Nächstes?", NOT_PUBLIC)
    cause = _text("Ursache", NOT_PUBLIC)
    remarks = _text("Bemerkungen", NOT_PUBLIC)
    decision = _text("Was ist zu entscheiden?", f"Nur, wenn es ohne Entscheidung nicht weitergeht. {NOT_PUBLIC}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for way in WAYS:
            self.fields[f"way_{way}"] = forms.CharField(label=f"{way}. Weg", max_length=240, required=False)
            self.fields[f"way_{way}_days"] = forms.IntegerField(
                label="Tage später", required=False, min_value=-3650, max_value=3650, help_text="Früher: mit Minus."
            )
            self.fields[f"way_{way}_amount"] = AmountField(label="Euro mehr", required=False)
        self.fields["recommended"] = forms.ChoiceField(
            label="Empfehlung", required=False, choices=[("", "keine"), *((str(way), f"{way}. Weg") for way in WAYS)]
        )

    def ways(self) -> Iterator[list[forms.BoundField]]:
        for way in WAYS:
            yield [self[f"way_{way}"], self[f"way_{way}_days"], self[f"way_{way}_amount"]]

    def shows_decision(self) -> bool:
        """Unfolded where something was written or is wrong."""
        return any(self.errors.get(name) or self[name].value() for name in ("decision", *WAY_FIELDS))

    def check_decision(self) -> None:
        """For the end of `clean`."""
        sent = self.cleaned_data
        told = [way for way in WAYS if sent.get(f"way_{way}")]
        for way in WAYS:
            figures = sent.get(f"way_{way}_days"), sent.get(f"way_{way}_amount")
            if way not in told and (any(one is not None for one in figures) or sent.get("recommended") == str(way)):
                self.add_error(f"way_{way}", TELL_THE_WAY)
        if told and not sent.get("decision"):
            self.add_error("decision", WHAT_IS_DECIDED)

    def said(self) -> dict[str, Any]:
        """Texts, cut to what the row can hold, and options as `masterplan.new_state.NewState` has them, also of a form
        with errors."""
        return {**{name: self._typed(name)[: LONGEST.get(name)] for name in TEXTS}, "options": tuple(self._options())}

    def is_cut(self) -> bool:
        """Whether `said` holds only the beginning of what was typed."""
        return any(len(self._typed(name)) > longest for name, longest in LONGEST.items())

    def _typed(self, name: str) -> str:
        """A draft keeps also what a check refuses."""
        return str(self.cleaned_data.get(name, self.data.get(name, ""))).strip()

    def _options(self) -> Iterator[Option]:
        sent = self.cleaned_data
        for way in WAYS:
            if text := sent.get(f"way_{way}"):
                yield Option(
                    text=text,
                    days=sent.get(f"way_{way}_days"),
                    amount=sent.get(f"way_{way}_amount"),
                    recommended=sent.get("recommended") == str(way),
                )


def said_before(update: StatusUpdate) -> dict[str, Any]:
    """The initial values of the form for an update that was begun."""
    values: dict[str, Any] = {name: getattr(update, name) for name in TEXTS}
    for way, option in zip(WAYS, options_of(update), strict=False):
        values |= {f"way_{way}": option.text, f"way_{way}_days": option.days, f"way_{way}_amount": option.amount}
        if option.recommended:
            values["recommended"] = str(way)
    return values
