"""Fields for money: read as people write it, shown as 1.234,56."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ground.amounts import NotAnAmount, amount
from ground.formats import in_words
from ground.forms import DayInput
from masterplan.budgeting.lines import FIGURES
from masterplan.budgeting.rules import NOTHING
from masterplan.budgeting.taking_over import MAY_BE_UNSTATED
from masterplan.models import BudgetLine


class AmountField(forms.Field):
    """`empty` is what an empty field says: nothing stated, or zero."""

    widget = forms.TextInput

    def __init__(self, *, empty: Decimal | None = None, **options: Any) -> None:
        self.empty = empty
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:
        try:
            found = amount(str(value or ""))
        except NotAnAmount as refused:
            raise ValidationError(str(refused)) from refused
        return self.empty if found is None and not self.required else found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | int):
            return "" if not value and self.empty == 0 else in_words(Decimal(value))
        return value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "class": "amount"}


HELP = {
    "requested": "Was die Maßnahme in diesem Jahr braucht. Bleibt intern.",
    "appropriated": "Wie im Haushaltsplan. Leer, solange er nicht beschlossen ist. Steht öffentlich bei der Maßnahme.",
    "supplementary": "Was ein Nachtragshaushalt hinzufügt oder, mit Minus, wegnimmt. Der Ansatz bleibt stehen.",
    "carried_over": "Aus dem Vorjahr übertragen.",
    "extra": "Über- oder außerplanmäßig bewilligt.",
    "spent": "Was bisher ausgegeben ist. Steht öffentlich bei der Maßnahme, mit seinem Stand.",
    "as_of": "Der Tag, bis zu dem das Ist gebucht ist.",
    "commitment": "Was in späteren Jahren fällig werden darf.",
}


def figure_field(name: str, *, told: bool = True) -> forms.Field:
    """A field for one of FIGURES; `told` says that it stands alone, with its help."""
    label = str(BudgetLine._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    help_text = HELP[name] if told else ""
    if name == "as_of":
        return forms.DateField(label=label, required=False, widget=DayInput(), help_text=help_text)
    empty = None if name in MAY_BE_UNSTATED else NOTHING
    return AmountField(label=label, required=False, help_text=help_text, empty=empty)


def figure_fields(*, told: bool = True) -> dict[str, forms.Field]:
    return {name: figure_field(name, told=told) for name in FIGURES}
