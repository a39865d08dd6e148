"""Forms for the money of one measure."""

from datetime import date
from typing import Any

from django import forms

from ground.forms import DayInput, VersionField
from masterplan.budgeting.lines import ACCOUNT, AMOUNTS, FIGURES
from masterplan.budgeting.rules import Money, faults_of_money
from masterplan.forms.amounts import AmountField, figure_fields
from masterplan.models import Benefit, BudgetKind, BudgetLine, BudgetSource, Grant, RunningCost
from masterplan.models.budget_line import YEARS


def _year(initial: int | None = None, label: str = "Haushaltsjahr") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=YEARS[0], max_value=YEARS[1], initial=initial)


class LineForm(forms.Form):
    """One line; of one that exists year and budget stay, since the public has read them."""

    version = VersionField()
    year = _year()
    kind = forms.ChoiceField(label="Haushalt", choices=BudgetKind.choices, widget=forms.RadioSelect)
    sub_budget = forms.CharField(label="Teilhaushalt", max_length=80, required=False)
    product = forms.CharField(label="Produkt", max_length=80, required=False)

    def __init__(self, data: Any = None, *, line: BudgetLine | None = None, today: date | None = None) -> None:
        names = (*ACCOUNT, *FIGURES, "version")
        super().__init__(data, initial={name: getattr(line, name) for name in names} if line else {"version": 0})
        self.fields.update(figure_fields())
        if line:
            del self.fields["year"], self.fields["kind"]
        elif today:
            self.initial.update(year=today.year, kind=BudgetKind.EXPENSE)

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        money = Money(**{name: sent[name] for name in AMOUNTS if name in sent})
        for name, sentence in faults_of_money(money, as_of=sent.get("as_of")).items():
            if name not in self.errors and "as_of" not in self.errors:
                self.add_error(name, sentence)
        return sent

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIGURES}

    def account(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ACCOUNT}


class SourceForm(forms.Form):
    version = VersionField()
    product = forms.CharField(
        label="Aus Produkt",
        max_length=120,
        required=False,
        help_text="Woraus die Maßnahme bezahlt wird, zum Beispiel „11.1.02 Organisation“. Leer nimmt die Angabe "
        "zurück.",
    )

    def __init__(self, data: Any = None, *, source: BudgetSource | None) -> None:
        now = {"version": source.version, "product": source.product} if source else {"version": 0}
        super().__init__(data, initial=now)


class GrantForm(forms.ModelForm):
    version = VersionField()
    share_percent = forms.DecimalField(
        label="Anteil in Prozent",
        required=False,
        localize=True,
        max_digits=5,
        decimal_places=2,
        help_text="Entweder Prozent oder Betrag.",
    )
    share_amount = AmountField(label="Anteil als Betrag", required=False)

    class Meta:
        model = Grant
        fields = ("programme", "payer", "share_percent", "share_amount", "state", "apply_by", "proof_by")
        widgets = {"apply_by": DayInput(), "proof_by": DayInput()}
        help_texts = {
            "apply_by": "Digital Officer und Kämmerei sehen diese Frist auf ihrer Seite „Heute“.",
            "proof_by": "Ebenso, sobald die Zuwendung bewilligt ist.",
        }


class RunningCostForm(forms.ModelForm):
    version = VersionField()
    yearly = AmountField(label="Aufwand im Jahr")

    class Meta:
        model = RunningCost
        fields = ("what", "yearly", "from_year")
        help_texts = {"what": "Zum Beispiel Lizenzen, Wartung, Personal."}


class BenefitForm(forms.ModelForm):
    version = VersionField()
    claimed = AmountField(label="Erwartet im Jahr")
    achieved = AmountField(label="Erreicht im Jahr", required=False)

    class Meta:
        model = Benefit
        fields = ("who", "what", "unit", "claimed", "achieved", "as_of")
        widgets = {"as_of": DayInput()}
        help_texts = {
            "who": "Eine Gruppe, zum Beispiel „Eltern“ oder „Beschäftigte im Bürgerbüro“.",
            "what": "Zum Beispiel „Wege ins Rathaus fallen weg“.",
        }


class ProposalForm(forms.Form):
    year = _year()
    kind = forms.ChoiceField(
        label="Haushalt",
        choices=BudgetKind.choices,
        widget=forms.RadioSelect,
        help_text="Was sich verbraucht, ist Aufwand; was man anschafft und behält, ist eine Auszahlung.",
    )
    amount = AmountField(label="Bedarf in diesem Jahr")
    why = forms.CharField(label="Wofür", max_length=240)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"year": today.year + 1, "kind": BudgetKind.EXPENSE})

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if sent.get("amount") is not None and sent["amount"] <= 0:
            self.add_error("amount", "Geben Sie einen Betrag über null ein.")
        return sent


class DecisionForm(forms.Form):
    """Two buttons; only to decline takes a reason."""

    answer = forms.CharField(
        label="Grund, falls Sie ablehnen",
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Liest, wer den Bedarf vorgeschlagen hat.",
    )

    def clean(self) -> dict[str, Any]:
        declines = "decline" in self.data
        if declines and not self.cleaned_data.get("answer"):
            self.add_error("answer", "Sagen Sie in einem Satz, warum der Bedarf nicht übernommen wird.")
        return self.cleaned_data
