"""What one row would change on its measure, in values and in words, checked against the rules of the Masterplan."""

from datetime import date
from typing import Any

from accounts.models import User
from ground.formats import day, percent
from masterplan.change import Change, InvalidChange, changes_of
from masterplan.checks import out_of_service
from masterplan.hints import against
from masterplan.importing.cells import cleaned
from masterplan.importing.checking import CellError, CheckedRow, Headings
from masterplan.importing.columns import BY_KEY, CHOICES, COLUMNS, STATE_KEYS, Kind
from masterplan.importing.known import Known
from masterplan.importing.plan import Difference, PlannedRow, Verdict
from masterplan.models import Measure, Phase
from masterplan.refusals import BASIS_DOES_NOT_HOLD
from masterplan.rules import basis_holds
from strategy.models import FieldOfAction

ALWAYS_FILLED = ("title", "priority", "origin", "phase", "health", "progress")
"""Where an empty cell means "not stated" and changes nothing; everywhere else it takes away what is there."""
LONGEST_TEXT = 20_000
MERGE_BY_HAND = (
    "„zusammengeführt“ lässt sich nicht einlesen. Öffnen Sie die Maßnahme und wählen Sie dort, in welcher sie aufgeht."
)


def in_words(key: str, value: Any) -> str:
    """A value as people read it; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return day(value)
    if key in CHOICES:
        return str(CHOICES[key](value).label)
    if key == "progress":
        return percent(value)
    if isinstance(value, User):
        return value.email
    return str(value)


class Differences:
    """Compares rows with measures; knows the file's headings, what there is, and the day."""

    def __init__(self, headings: Headings, known: Known, today: date) -> None:
        self.headings, self.known, self.today = headings, known, today

    def of_new(self, row: CheckedRow, measure: Measure) -> tuple[PlannedRow, list[CellError]]:
        texts = {key: value for key, value in self._texts(row, measure).items() if value not in (None, "")}
        errors = self._text_errors(row, measure, texts)
        for key, value in texts.items():
            setattr(measure, key, value)
        change, state_errors = self._change(row, measure)
        told = {"title", *texts, *change.after, *(key for key, value in row.values.items() if value is not None)}
        words = {
            column.key: Difference(column.label, "", value)
            for column in COLUMNS
            if column.kind not in (Kind.FIELD, Kind.NUMBER, Kind.NUMBERS, Kind.SHOWN)
            and (value := in_words(column.key, change.after.get(column.key, getattr(measure, column.key))))
        }
        planned = PlannedRow(
            line=row.line,
            verdict=Verdict.NEW,
            measure=measure,
            differences=tuple(word for key, word in words.items() if key in told),
            assumed=tuple(word for key, word in words.items() if key not in told),
            texts=texts,
            state=_written(row, change),
            overrules=_overrules(row, change),
            warnings=against(change),
        )
        return planned, errors + state_errors

    def of_existing(
        self, row: CheckedRow, measure: Measure, field: FieldOfAction
    ) -> tuple[PlannedRow, list[CellError]]:
        texts = self._texts(row, measure)
        if measure.field != field:
            texts = {"field": field, **texts}
        change, errors = self._change(row, measure)
        changes = {**texts, **change.after}
        words = tuple(
            Difference(BY_KEY[key].label, in_words(key, getattr(measure, key)), in_words(key, value))
            for key, value in changes.items()
            if key in BY_KEY
        )
        planned = PlannedRow(
            line=row.line,
            verdict=Verdict.CHANGED if changes else Verdict.UNCHANGED,
            measure=measure,
            differences=words,
            texts=texts,
            state=_written(row, change),
            overrules=_overrules(row, change),
            warnings=against(change),
        )
        return planned, self._text_errors(row, measure, texts) + errors

    def _texts(self, row: CheckedRow, measure: Measure) -> dict[str, Any]:
        """The describing fields whose value the file changes."""
        changed: dict[str, Any] = {}
        for key, value in row.values.items():
            kind = BY_KEY[key].kind
            if key in STATE_KEYS or kind == Kind.NUMBERS or (value is None and key in ALWAYS_FILLED):
                continue
            before = getattr(measure, key)
            if kind in (Kind.LINE, Kind.TEXT):
                value, before = value or "", cleaned(before, kind)
            elif key in CHOICES:
                value = value or ""
            if value != before:
                changed[key] = value
        return changed

    def _text_errors(self, row: CheckedRow, measure: Measure, texts: dict[str, Any]) -> list[CellError]:
        errors = []
        for key, value in {"title": measure.title, **texts}.items():
            if sentence := _fault(key, value):
                errors.append(CellError(row.line, self.headings[key], sentence))
        responsible = texts.get("responsible", measure.responsible)
        if responsible is not None and texts.get("deputy", measure.deputy) == responsible:
            sentence = "Verantwortlich und Vertretung sind dieselbe Person. Tragen Sie zwei verschiedene ein."
            errors.append(CellError(row.line, self.headings["deputy"], sentence))
        if "basis" in texts and not basis_holds(texts["basis"], is_resolved=measure.resolved_on is not None):
            errors.append(CellError(row.line, self.headings["basis"], BASIS_DOES_NOT_HOLD))
        return errors

    def _change(self, row: CheckedRow, measure: Measure) -> tuple[Change, list[CellError]]:
        """What changes by status update, with what follows from it, as `masterplan.updating` will write it."""
        stated = {
            key: row.values[key]
            for key in STATE_KEYS
            if key in row.values and not (row.values[key] is None and key in ALWAYS_FILLED)
        }
        if all(value == getattr(measure, key) for key, value in stated.items()):
            return Change(measure), []
        milestones = self.known.milestones.get(measure.pk, []) if measure.pk else []
        try:
            change = changes_of(
                measure,
                milestones,
                values=stated,
                milestone_dates={},
                reason=None,
                yardstick=self.known.yardstick,
                today=self.today,
            )
        except InvalidChange as refused:
            return Change(measure), [self._refused(row, name, sentence) for name, sentence in refused.errors.items()]
        errors = [
            self._overruled(row, key, change.after[key])
            for key in stated
            if key in change.after and change.after[key] != stated[key]
        ]
        return change, errors

    def _refused(self, row: CheckedRow, name: str, sentence: str) -> CellError:
        if name == "merged_into":
            return CellError(row.line, self.headings["phase"], MERGE_BY_HAND)
        return CellError(row.line, self.headings[name], sentence)

    def _overruled(self, row: CheckedRow, key: str, follows: Any) -> CellError:
        phase = Phase(row.values.get("phase") or Phase.COMPLETED).label
        sentence = f"Das passt nicht zur Phase „{phase}“. Daraus folgt „{in_words(key, follows)}“; tragen Sie das ein."
        return CellError(row.line, self.headings[key], sentence)


def _written(row: CheckedRow, change: Change) -> dict[str, Any]:
    """Of a health only what the list states: what follows from the criteria is derived again as it is written."""
    stated = row.values.get("health") is not None
    return {key: value for key, value in change.after.items() if key != "health_reason" and (stated or key != "health")}


def _overrules(row: CheckedRow, change: Change) -> bool:
    return "health" in change.after and row.values.get("health") is not None and change.overrules


def _fault(key: str, value: Any) -> str:
    """A German sentence where a new value cannot be kept; "" where it can."""
    if isinstance(value, str):
        longest = getattr(Measure._meta.get_field(key), "max_length", None) or LONGEST_TEXT
        if len(value) > longest:
            return f"Der Text hat {len(value)} Zeichen, erlaubt sind {longest}. Kürzen Sie ihn."
    return out_of_service(value)
