"""Reads a table of budget lines, shows what it would change, and takes it over all or nothing."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.access import Perm, require
from ground.amounts import NotAnAmount, amount
from masterplan.budgeting.lines import (
    ACCOUNT,
    AMOUNTS,
    Key,
    LineEdit,
    LinesOvertaken,
    key_of,
    set_lines,
)
from masterplan.budgeting.rules import NOTHING, faults_of_money
from masterplan.budgeting.tables import LABELS, in_words, positions
from masterplan.importing.cells import BadCell, cleaned, day, number, shown
from masterplan.importing.columns import Kind
from masterplan.importing.table import Cell, Row, Table
from masterplan.models import BudgetKind, BudgetLine, BudgetSource, Measure
from masterplan.models.budget_line import YEARS
from masterplan.rules import numbered

KINDS = {
    **dict.fromkeys(("ergebnishaushalt", "aufwand", "ergebnishaushalt (aufwand)"), BudgetKind.EXPENSE),
    **dict.fromkeys(("finanzhaushalt", "auszahlung", "finanzhaushalt (auszahlung)"), BudgetKind.PAYMENT),
}
MAY_BE_UNSTATED = ("appropriated", "spent")


class ListRefused(Exception):
    """The table has errors; nothing was written."""


class PreviewOvertaken(Exception):
    """Lines changed after the preview was made; nothing was written."""


@dataclass(frozen=True)
class PlannedLine:
    """One row of the file: what it is about, and each figure that changes from → to."""

    number: str
    title: str
    where: str
    """Budget, year, Teilhaushalt and Produkt."""
    is_new: bool
    changes: list[tuple[str, str, str]]
    is_over: bool
    lacks_appropriation: bool


@dataclass
class BudgetPlan:
    rows: list[PlannedLine] = field(default_factory=list)
    edits: list[LineEdit] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def stamp(self) -> str:
        """Names the edits and the versions that they start from."""
        return hashlib.sha256(repr(self.edits).encode()).hexdigest()[:16]


def plan_budget(table: Table, *, by: Any) -> BudgetPlan:
    """Three queries. Raises UnreadableFile where a column is missing."""
    require(by, Perm.EDIT_BUDGET)
    return _Planning(table, by).plan()


def import_budget(table: Table, *, stamp: str, by: Any, now: datetime | None = None) -> BudgetPlan:
    """Writes what the preview with this stamp showed. Raises ListRefused or PreviewOvertaken."""
    plan = plan_budget(table, by=by)
    if plan.errors:
        raise ListRefused
    if plan.stamp != stamp:
        raise PreviewOvertaken
    try:
        set_lines(plan.edits, by=by, now=now)
    except LinesOvertaken as overtaken:
        raise PreviewOvertaken from overtaken
    return plan


class _Planning:
    """Knows the file's columns, the measures that one sees, and their lines."""

    def __init__(self, table: Table, by: Any) -> None:
        self.table, self.at = table, positions(table)
        rows = Measure.objects.current() if by is None else Measure.objects.visible_to(by)
        self.measures = {measure.number: measure for measure in rows}
        self.by_id = {measure.pk: measure for measure in self.measures.values()}
        self.lines = {key_of(line): line for line in BudgetLine.objects.filter(measure__in=rows)}
        self.elsewhere = dict(BudgetSource.objects.exclude(product="").values_list("measure", "product"))

    def plan(self) -> BudgetPlan:
        plan, seen = BudgetPlan(), dict[Key, int]()
        for row in self.table.rows:
            errors: list[str] = []
            edit = self._edit(row, errors)
            if edit and not errors and edit.key in seen:
                errors.append(f"Zeile {row.line} meint dieselbe Haushaltszeile wie Zeile {seen[edit.key]}.")
            plan.errors += errors
            if edit and not errors:
                seen[edit.key] = row.line
                self._compare(row, edit, plan)
        return plan

    def _edit(self, row: Row, errors: list[str]) -> LineEdit | None:
        values: dict[str, Any] = {}
        for key, index in self.at.items():
            try:
                values[key] = self._value(key, row.cells[index])
            except (BadCell, NotAnAmount) as bad:
                errors.append(f"Zeile {row.line}, Spalte „{LABELS[key]}“: {bad}")
        if errors:
            return None
        measure, year, kind = values.pop("number"), values.pop("year"), values.pop("kind")
        account = {name: values.pop(name, "") for name in ACCOUNT}
        place: Key = (measure.pk, year, kind, account["sub_budget"], account["product"])
        line = self.lines.get(place)
        return LineEdit(
            measure_id=measure.pk,
            year=year,
            kind=kind,
            **account,
            values=values,
            line_id=line.pk if line else None,
            expected_version=line.version if line else 0,
        )

    def _compare(self, row: Row, edit: LineEdit, plan: BudgetPlan) -> None:
        line = self.lines.get(edit.key)
        after = BudgetLine(**{name: getattr(line, name) for name in (*AMOUNTS, "as_of")} if line else {})
        changed = {name: value for name, value in edit.values.items() if getattr(after, name) != value}
        if not changed:
            plan.unchanged += 1
            return
        told = [(LABELS[name], in_words(getattr(after, name)), in_words(value)) for name, value in changed.items()]
        for name, value in changed.items():
            setattr(after, name, value)
        faults = faults_of_money(after.money, as_of=after.as_of)
        plan.errors += [f"Zeile {row.line}, Spalte „{LABELS[name]}“: {said}" for name, said in faults.items()]
        measure = self.by_id[edit.measure_id]
        where = " · ".join(filter(None, (BudgetKind(edit.kind).label, str(edit.year), edit.sub_budget, edit.product)))
        money = after.money
        plan.rows.append(
            PlannedLine(
                measure.number,
                measure.title,
                where,
                line is None,
                told,
                is_over=bool(money.over),
                lacks_appropriation=money.lacks_appropriation,
            )
        )
        plan.edits.append(edit)

    def _value(self, key: str, cell: Cell) -> Any:
        if key == "as_of":
            return day(cell)
        text = cleaned(shown(cell) if not isinstance(cell, str) else cell, Kind.LINE)
        if key in AMOUNTS:
            found = amount(text)
            return NOTHING if found is None and key not in MAY_BE_UNSTATED else found
        if key in ACCOUNT:
            if len(text) > 80:
                raise BadCell(f"Erlaubt sind höchstens 80 Zeichen, dies sind {len(text)}.")
            return text
        return {"number": self._measure, "year": _year, "kind": _kind}[key](text)

    def _measure(self, text: str) -> Measure:
        code, serial = number(text)
        measure = self.measures.get(numbered(code, serial))
        if measure is None:
            raise BadCell(f"Eine Maßnahme „{shown(text)}“ gibt es nicht, oder Sie sehen sie nicht.")
        if product := self.elsewhere.get(measure.pk):
            raise BadCell(
                f"{measure.number} hat nach der Angabe keinen eigenen Ansatz (aus Produkt {product}). Nehmen Sie das "
                "bei der Maßnahme zurück, bevor Sie Beträge einlesen."
            )
        return measure


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text) or not YEARS[0] <= int(text) <= YEARS[1]:
        raise BadCell(f"„{shown(text)}“ ist kein Haushaltsjahr. Erwartet wird zum Beispiel 2027.")
    return int(text)


def _kind(text: str) -> BudgetKind:
    kind = KINDS.get(text.casefold())
    if kind is None:
        raise BadCell(f"„{shown(text)}“ ist kein Haushalt. Erwartet wird „Ergebnishaushalt“ oder „Finanzhaushalt“.")
    return kind
