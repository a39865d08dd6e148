"""Amounts of money as people and spreadsheets write them: 1.234,56 or 1234.56, with or without €."""

import re
from decimal import Decimal

LARGEST = Decimal("999999999999.99")
GERMAN = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{1,2}))?", re.ASCII)
PLAIN = re.compile(r"(?P<sign>-?)(?P<whole>\d+)\.(?P<cents>\d{1,2})", re.ASCII)
EXPECTED = "Erwartet wird ein Betrag in Euro, zum Beispiel 1.234,56."


class NotAnAmount(ValueError):
    """The text is no amount; the message is a German sentence that says what was expected."""


def amount(text: str) -> Decimal | None:
    """None where nothing is written. A point before three digits separates thousands. Raises NotAnAmount."""
    plain = re.sub(r"[\s\u00a0\u202f]|€|EUR", "", text.replace("\u2212", "-")).replace(",-", "")
    if not plain:
        return None
    match = GERMAN.fullmatch(plain) or PLAIN.fullmatch(plain)
    if match is None:
        raise NotAnAmount(f"„{_short(text)}“ ist kein Betrag mit höchstens zwei Nachkommastellen. {EXPECTED}")
    found = Decimal(f"{match['sign']}{match['whole'].replace('.', '')}.{match['cents'] or '0'}")
    if abs(found) > LARGEST:
        raise NotAnAmount(f"„{_short(text)}“ ist zu groß für ein Feld dieses Haushalts. {EXPECTED}")
    return found.quantize(Decimal("0.01"))


def written(value: Decimal | None) -> str:
    """As `amount` reads it back: 1234,56; "" for nothing."""
    return "" if value is None else f"{value:.2f}".replace(".", ",")


def _short(text: str) -> str:
    return f"{text[:40]}…" if len(text) > 40 else text
