"""Compares the rows of a list with the measures that there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from textwrap import shorten

from masterplan.checks import out_of_service
from masterplan.importing.checking import CellError, Checked, CheckedRow, Headings, check
from masterplan.importing.differing import Differences
from masterplan.importing.known import Known
from masterplan.importing.mapping import Mapping
from masterplan.importing.meanings import Meanings, understood, unknown_words
from masterplan.importing.numbering import code_for
from masterplan.importing.plan import ImportPlan, PlannedRow
from masterplan.importing.table import Table
from masterplan.importing.waiting import with_dependencies
from masterplan.models import Measure
from masterplan.planning import new_measure
from masterplan.rules import numbered
from strategy.models import FieldOfAction

LONGEST_BORROWED = 80
OTHER_MEASURE = (
    "Durch Ihre Zuordnung trifft diese Zeile eine Maßnahme, die heute anders heißt. Ist es eine andere Maßnahme, geben "
    "Sie ihr in der Datei eine neue Nummer."
)


def plan_import(
    table: Table, mapping: Mapping, known: Known, *, meanings: Meanings | None = None, today: date
) -> ImportPlan:
    """The mapping has both columns of the key (`mapping.faults`)."""
    headings = Headings(table, mapping)
    unknown = unknown_words(table, mapping, known)
    known = understood(known, meanings or {})
    checked = check(table, mapping, known)
    new_fields = _new_fields(checked, known)
    new_by_title = {field.title: field for field in new_fields}
    differences = Differences(headings, known, today)
    rows: list[PlannedRow] = []
    errors = list(checked.errors)
    seen: dict[str, int] = {}
    for row in checked.rows:
        field = known.field_named(row.field_text) or new_by_title[row.field_text]
        number = numbered(row.code or field.code, row.serial)
        found = known.measures.get(number)
        error = _number_error(row, number, field, found, seen, known, headings)
        seen.setdefault(number, row.line)
        if error is None:
            planned, found_errors = _planned(row, field, found, headings, differences)
            if row.field_text in known.meant_fields and found and "title" in planned.texts:
                planned = replace(planned, warnings=(OTHER_MEASURE, *planned.warnings))
            errors += found_errors
            rows.append(planned)
        else:
            errors.append(error)
    rows, circles = with_dependencies(checked.rows, rows, known, headings)
    return ImportPlan(tuple(new_fields), tuple(rows), tuple(_in_order([*errors, *circles])), unknown)


def _new_fields(checked: Checked, known: Known) -> list[FieldOfAction]:
    codes: dict[str, list[str]] = defaultdict(list)
    for row in checked.rows:
        if known.field_named(row.field_text) is None:
            codes[row.field_text] += [row.code] if row.code else []
    taken = set(known.used_codes)
    fields = []
    for title, given in codes.items():
        code = code_for(title, given=given, taken=taken)
        taken.add(code)
        fields.append(FieldOfAction(code=code, title=title))
    return fields


def _number_error(
    row: CheckedRow,
    number: str,
    field: FieldOfAction,
    found: Measure | None,
    seen: dict[str, int],
    known: Known,
    headings: Headings,
) -> CellError | None:
    sentence = ""
    if number in seen:
        sentence = (
            f"{number} steht schon in Zeile {seen[number]}. Jede Nummer darf in ihrem Handlungsfeld nur einmal stehen."
        )
    elif found is None and number in known.used_numbers:
        sentence = f"{number} war schon einmal vergeben. Eine Nummer wird nicht wieder benutzt; wählen Sie eine andere."
    elif found is None and row.code not in ("", field.code):
        sentence = (
            f"{number} gibt es nicht, und neue Nummern im Handlungsfeld „{field.title}“ beginnen mit {field.code}."
        )
    if sentence:
        return CellError(row.line, headings["number"], sentence)
    if field.withdrawn_on and (found is None or found.field_id != field.pk):
        return CellError(row.line, headings["field"], out_of_service(field))
    return None


def _planned(
    row: CheckedRow, field: FieldOfAction, found: Measure | None, headings: Headings, differences: Differences
) -> tuple[PlannedRow, list[CellError]]:
    if found is not None:
        return differences.of_existing(row, found, field)
    title = row.values.get("title")
    borrowed = "" if title else _beginning(row.values.get("description") or row.values.get("teaser") or "")
    measure = new_measure(field=field, serial=row.serial, values={"title": title or borrowed})
    planned, errors = differences.of_new(row, measure)
    if borrowed:
        hint = f"Zeile {row.line}: Der Titel fehlt. Aus dem Anfang der Beschreibung wird „{borrowed}“."
        planned = replace(planned, hint=hint)
    elif not title:
        sentence = "Der Titel fehlt. Eine neue Maßnahme braucht einen Titel oder wenigstens eine Beschreibung."
        errors.append(CellError(row.line, headings["title"], sentence))
    return planned, errors


def _beginning(text: str) -> str:
    """The first words of a text, for a measure whose list left its title out."""
    return shorten(text, LONGEST_BORROWED, placeholder=" …").replace(", …", " …")


def _in_order(errors: Iterable[CellError]) -> list[CellError]:
    return sorted(errors, key=lambda error: error.line)
