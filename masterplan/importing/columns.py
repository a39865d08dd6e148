"""The columns of a list of measures: what they are called here and elsewhere. Import and export share them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from masterplan.models import Basis, Health, Origin, Phase, Priority


class Kind(StrEnum):
    FIELD = "field"
    NUMBER = "number"
    LINE = "line"
    TEXT = "text"
    UNIT = "unit"
    PERSON = "person"
    CHOICE = "choice"
    PERCENT = "percent"
    DATE = "date"
    NUMBERS = "numbers"
    SHOWN = "shown"
    """Leaves with the export and is not read back."""


@dataclass(frozen=True)
class Column:
    """`key` is the field of Measure; `names` are what lists from elsewhere call it; `width` in characters."""

    key: str
    label: str
    kind: Kind
    names: tuple[str, ...] = ()
    width: int = 16
    example: str = ""


WAITS_FOR = "waits_for"
"""The one column that is no field of Measure: the numbers of those that it waits for."""

COLUMNS = (
    Column(
        "field", "Handlungsfeld", Kind.FIELD, ("handlungsfeld", "feld", "themenfeld", "bereich"), 28, "Bürgerservice"
    ),
    Column("number", "Nummer", Kind.NUMBER, ("nummer", "nr", "lfd nr", "laufende nummer", "maßnahmennummer"), 10, "01"),
    Column(
        "title",
        "Titel",
        Kind.LINE,
        ("titel", "maßnahme", "bezeichnung", "name", "maßnahmentitel", "titel der maßnahme"),
        44,
        "Termine online buchen",
    ),
    Column("teaser", "In einem Satz", Kind.LINE, ("in einem satz", "kurzbeschreibung", "kurztext", "teaser"), 44),
    Column(
        "description",
        "Beschreibung",
        Kind.TEXT,
        ("beschreibung", "worum geht es", "inhalt", "erläuterung", "langtext"),
        60,
        "Termine für alle Anliegen des Bürgerbüros lassen sich im Netz buchen.",
    ),
    Column("objective", "Ziel", Kind.TEXT, ("ziel", "was soll erreicht werden", "zielsetzung", "zweck"), 44),
    Column("beneficiaries", "Wem nützt es", Kind.LINE, ("wem nützt es", "nutzen für", "zielgruppe", "zielgruppen"), 30),
    Column("lead_unit", "Federführung", Kind.UNIT, ("federführung", "federführend", "zuständig", "zuständigkeit"), 26),
    Column(
        "external_partners",
        "Partner außerhalb der Verwaltung",
        Kind.LINE,
        ("partner außerhalb der verwaltung", "partner", "externe partner"),
        26,
    ),
    Column(
        "responsible",
        "Verantwortlich",
        Kind.PERSON,
        ("verantwortlich", "verantwortliche", "verantwortliche person", "ansprechpartner", "ansprechperson"),
        30,
    ),
    Column("deputy", "Vertretung", Kind.PERSON, ("vertretung", "stellvertretung"), 30),
    Column("priority", "Priorität", Kind.CHOICE, ("priorität", "prio"), 10, "hoch"),
    Column("origin", "Herkunft", Kind.CHOICE, ("herkunft", "ursprung"), 22),
    Column("basis", "Grundlage", Kind.CHOICE, ("grundlage", "beschlussgrundlage"), 22),
    Column("phase", "Phase", Kind.CHOICE, ("phase", "umsetzungsphase", "umsetzungsstand"), 16, "geplant"),
    Column("health", "Status", Kind.CHOICE, ("bewertung", "status", "ampel", "stand"), 16),
    Column(
        "progress",
        "Fortschritt in Prozent",
        Kind.PERCENT,
        ("fortschritt in prozent", "fortschritt", "fertigstellung", "umsetzungsgrad"),
        12,
        "20",
    ),
    Column(
        "planned_start",
        "Beginn",
        Kind.DATE,
        ("beginn", "start", "geplanter beginn", "anfang", "von", "startdatum"),
        12,
        "01.03.2027",
    ),
    Column(
        "planned_end",
        "Ende",
        Kind.DATE,
        ("ende", "geplantes ende", "bis", "enddatum", "fertigstellung bis", "termin"),
        12,
        "31.12.2027",
    ),
    Column("actual_start", "Tatsächlicher Beginn", Kind.DATE, ("tatsächlicher beginn", "begonnen am"), 12),
    Column("actual_end", "Tatsächliches Ende", Kind.DATE, ("tatsächliches ende", "abgeschlossen am"), 12),
    Column(
        WAITS_FOR, "Abhängig von", Kind.NUMBERS, ("abhängig von", "abhängigkeiten", "wartet auf", "voraussetzungen"), 16
    ),
    Column(
        "internal_notes", "Interne Notizen", Kind.TEXT, ("interne notizen", "notizen", "bemerkung", "bemerkungen"), 40
    ),
    Column("visibility", "Sichtbarkeit", Kind.SHOWN, ("sichtbarkeit",), 14),
)
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = ("field", "number")
STATE_KEYS = ("phase", "health", "progress", "planned_start", "planned_end", "actual_start", "actual_end")
"""What changes by status update only."""

CHOICES: dict[str, type[TextChoices]] = {
    "priority": Priority,
    "origin": Origin,
    "basis": Basis,
    "phase": Phase,
    "health": Health,
}

_BY_NAME = {name: column.key for column in COLUMNS for name in column.names}


def recognised(heading: str) -> str | None:
    """The key of the column that a heading such as „Nr.“ or „Fortschritt (%)“ names; None where none is known."""
    plain = re.sub(r"[\s.:*_%/-]+", " ", heading.casefold()).strip()
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    bare = re.sub(r"\s+", " ", re.sub(r"[(\[].*?[)\]]", " ", plain)).strip()
    return _BY_NAME.get(bare)
