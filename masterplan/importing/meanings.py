"""Words of a list that name no field of action or unit of the portal, and what people say they mean."""

from collections import Counter
from collections.abc import Mapping as Given
from dataclasses import dataclass, replace

from masterplan.importing.cells import BadCell, value_of
from masterplan.importing.columns import BY_KEY, Kind
from masterplan.importing.known import Known, plain
from masterplan.importing.mapping import Mapping
from masterplan.importing.table import Table

NEW = "+"
"""Stands for a new field of action where the word is nearly that of another."""

type Meanings = Given[str, Given[str, str]]
"""By the column's key and the word: the code of a field or NEW, the id of a unit."""


@dataclass(frozen=True)
class UnknownWord:
    """`text` is the first of its spellings, `rows` counts all of them.

    `near` is the meaning (see Meanings) of the name that the word is nearly the same as; "" for none.
    """

    key: str
    heading: str
    text: str
    rows: int
    near: str

    @property
    def is_field(self) -> bool:
        return BY_KEY[self.key].kind == Kind.FIELD


def unknown_words(table: Table, mapping: Mapping, known: Known) -> tuple[UnknownWord, ...]:
    """In the order of columns and rows."""
    found = []
    for index, key in enumerate(mapping):
        if key and BY_KEY[key].kind in (Kind.FIELD, Kind.UNIT):
            rows = Counter(_words(table, index, key))
            spellings: dict[str, list[str]] = {}
            for text in rows:
                if not _is_known(key, text, known):
                    spellings.setdefault(_as_understood(key, text), []).append(text)
            for first, *others in spellings.values():
                near, times = _near(key, first, known), sum(rows[text] for text in (first, *others))
                found.append(UnknownWord(key, table.header[index], first, times, near))
    return tuple(found)


def _as_understood(key: str, text: str) -> str:
    """A unit goes by any spelling of its name, a field of action by its exact title alone."""
    return plain(text) if BY_KEY[key].kind == Kind.UNIT else text


def _words(table: Table, index: int, key: str) -> list[str]:
    words = []
    for row in table.rows:
        try:
            words.append(value_of(BY_KEY[key], row.cells[index]))
        except BadCell:
            continue
    return [word for word in words if word]


def _is_known(key: str, text: str, known: Known) -> bool:
    if BY_KEY[key].kind == Kind.FIELD:
        return known.field_named(text) is not None
    return plain(text) in known.units


def _near(key: str, text: str, known: Known) -> str:
    if BY_KEY[key].kind == Kind.FIELD:
        field = known.field_meant(text)
        return field.code if field and not field.withdrawn_on else ""
    unit = known.unit_meant(text)
    return str(unit.pk) if unit and not unit.dissolved_on else ""


def understood(known: Known, meanings: Meanings) -> Known:
    """What the portal knows, with the words that people gave a meaning to. A meaning that is gone counts as none."""
    fields, units = dict(known.meant_fields), dict(known.units)
    by_code = {field.code: field for field in known.fields}
    by_id = {str(unit.pk): unit for unit in known.units.values()}
    for key, words in meanings.items():
        for text, meaning in words.items():
            if BY_KEY[key].kind == Kind.UNIT and meaning in by_id:
                units[plain(text)] = by_id[meaning]
            elif BY_KEY[key].kind == Kind.FIELD and (meaning == NEW or meaning in by_code):
                fields[text] = by_code.get(meaning)
    return replace(known, meant_fields=fields, units=units)
