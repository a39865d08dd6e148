"""The Kämmerei's table as one form: a row for each line, with the version that it began from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from ground.formats import in_words, listed
from ground.forms import VersionField
from masterplan.budgeting.lines import AMOUNTS, FIGURES, LineEdit
from masterplan.budgeting.rules import Money, faults_of_money
from masterplan.forms.amounts import figure_field
from masterplan.models import BudgetLine, Measure

VERSION_OF_LINE = re.compile(r"l([1-9]\d{0,17})-version")


@dataclass(frozen=True)
class TableRow:
    """A line of the shown year and kind, or a measure that has none yet; `paid_from` where it is not to have any."""

    measure: Measure
    line: BudgetLine | None
    paid_from: str = ""

    @property
    def key(self) -> str:
        return f"l{self.line.pk}" if self.line else f"m{self.measure.pk}"

    @property
    def label(self) -> str:
        return " ".join(filter(None, (self.measure.number, self.line.account if self.line else "")))


class BudgetTable(forms.Form):
    """Fields are named „row's key“-„figure“. Rows in which nothing was typed are left alone, whoever saved them."""

    def __init__(self, data: QueryDict | None, *, rows: Sequence[TableRow], year: int, kind: str) -> None:
        self.rows = [row for row in rows if not row.paid_from]
        self.year, self.kind = year, kind
        sent = _under_todays_keys(data, self.rows) if data is not None else None
        super().__init__(sent)
        for row in self.rows:
            self.fields[f"{row.key}-version"] = VersionField(initial=row.line.version if row.line else 0)
            for name in FIGURES:
                field = figure_field(name, told=False)
                field.widget.attrs["aria-label"] = f"{row.label}: {field.label}"
                field.label = f"{row.label}, {field.label}"
                field.initial = getattr(row.line or BudgetLine(), name)
                self.fields[f"{row.key}-{name}"] = field
        self.began: dict[str, Any] = _began(self.rows, sent) if sent is not None else {}

    def clean(self) -> dict[str, Any]:
        for row in self.rows:
            names = [name for name in FIGURES if f"{row.key}-{name}" not in self.cleaned_data]
            if not names and self.typed(row):
                sent = self._sent(row)
                money = Money(**{name: sent[name] for name in AMOUNTS})
                for name, sentence in faults_of_money(money, as_of=sent["as_of"]).items():
                    self.add_error(f"{row.key}-{name}", sentence)
        return self.cleaned_data

    def _sent(self, row: TableRow) -> dict[str, Any]:
        return {name: self.cleaned_data.get(f"{row.key}-{name}") for name in FIGURES}

    def typed(self, row: TableRow) -> dict[str, Any]:
        """The figures of a row that are not what it began with."""
        began = self.began.get(row.key) or BudgetLine()
        return {name: value for name, value in self._sent(row).items() if value != getattr(began, name)}

    def edits(self) -> dict[str, LineEdit]:
        """By the row's key, for the rows in which something was typed."""
        return {
            row.key: LineEdit(
                measure_id=row.measure.pk,
                year=self.year,
                kind=self.kind,
                line_id=row.line.pk if row.line else None,
                expected_version=self.cleaned_data[f"{row.key}-version"],
                values=values,
            )
            for row in self.rows
            if (values := self.typed(row))
        }

    def lost(self) -> list[str]:
        """A sentence for each line that was removed since: what was typed for it. At most one query."""
        shown = {row.line.pk for row in self.rows if row.line}
        keys = [key[1] for key in map(VERSION_OF_LINE.fullmatch, self.data) if key]
        sent = {int(pk): str(self.data[f"l{pk}-version"]) for pk in keys if int(pk) not in shown}
        if not sent:
            return []
        numbers = {row.measure.pk: row.measure.number for row in self.rows}
        kept = BudgetLine.history.filter(id__in=sent, measure_id__in=numbers).exclude(history_type="-")
        return [
            f"{numbers[line.measure_id]}: Diese Zeile hat inzwischen jemand gelöscht. Sie hatten eingetragen: {typed}."
            for line in kept
            if str(line.version) == sent[line.id] and (typed := self._typed_words(line))
        ]

    def _typed_words(self, line: Any) -> str:
        """Ansatz 150,00 und Ist 20,00"""
        texts = {name: str(self.data.get(f"l{line.id}-{name}", "")).strip() for name in FIGURES}
        fields = {name: figure_field(name, told=False) for name in FIGURES}
        changed = [name for name in FIGURES if fields[name].has_changed(getattr(line, name), texts[name])]
        return listed([f"{fields[name].label} {texts[name] or '–'}" for name in changed])

    def renewed(self, rows: Sequence[TableRow]) -> tuple["BudgetTable", dict[str, list[tuple[str, str]]]]:
        """The form to be sent again from `rows` as they are now, and by row what others saved where one typed.

        What one typed stays; what one did not touch takes the value of today.
        """
        again = BudgetTable(self.data, rows=rows, year=self.year, kind=self.kind)  # type: ignore[arg-type]
        again.is_valid()
        data: Any = again.data
        theirs: dict[str, list[tuple[str, str]]] = {}
        for row in again.rows:
            now, typed = row.line or BudgetLine(), again.typed(row)
            if again.cleaned_data.get(f"{row.key}-version") == (row.line.version if row.line else 0):
                continue
            data[f"{row.key}-version"] = str(now.version if row.line else 0)
            for name in FIGURES:
                if name not in typed:
                    field = again.fields[f"{row.key}-{name}"]
                    value = field.prepare_value(getattr(now, name))
                    data[f"{row.key}-{name}"] = "" if value is None else str(value)
                elif getattr(now, name) != typed[name]:
                    label = str(BudgetLine._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                    theirs.setdefault(row.key, []).append((label, in_words(getattr(now, name))))
        return BudgetTable(data, rows=rows, year=self.year, kind=self.kind), theirs


def _under_todays_keys(data: QueryDict, rows: Sequence[TableRow]) -> QueryDict:
    """What was typed for a measure without a line stays its own where someone made the line meanwhile."""
    sent = data.copy()
    for row in rows:
        before = f"m{row.measure.pk}"
        if row.line and not row.line.account and f"{row.key}-version" not in data and f"{before}-version" in data:
            for name in ("version", *FIGURES):
                sent[f"{row.key}-{name}"] = data.get(f"{before}-{name}", "")
    return sent


def _began(rows: Sequence[TableRow], sent: Mapping[str, Any]) -> dict[str, Any]:
    """By row the line that the form began from: today's, or the one that its history kept. At most one query."""
    began: dict[str, Any] = {}
    stale: dict[tuple[int, int], str] = {}
    for row in rows:
        version = str(sent.get(f"{row.key}-version", ""))
        if row.line and version == str(row.line.version):
            began[row.key] = row.line
        elif row.line and version.isdigit():
            stale[row.line.pk, int(version)] = row.key
    if stale:
        for kept in BudgetLine.history.filter(id__in=[pk for pk, _ in stale]):
            if key := stale.get((kept.id, kept.version)):
                began[key] = kept
    return began
