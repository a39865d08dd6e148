"""The words of the money on a measure's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ground import formats
from masterplan.public.money import PublicMoney


@dataclass(frozen=True, slots=True)
class MoneyRow:
    year: int
    approved: str
    spent: str


def money_context(money: tuple[PublicMoney, ...]) -> dict[str, object]:
    return {
        "groups": [
            (str(kind.label), [_row(one) for one in money if one.kind == kind])
            for kind in dict.fromkeys(one.kind for one in money)
        ],
        "words": _words(money),
        "as_of": _as_of(money),
    }


def _row(one: PublicMoney) -> MoneyRow:
    return MoneyRow(one.year, formats.euro_or_dash(one.approved), formats.euro_or_dash(one.spent))


def _words(money: tuple[PublicMoney, ...]) -> str:
    """Im Haushalt stehen 43.000 € Aufwand und 85.000 € Auszahlung. Ausgegeben sind bisher 21.260,50 €, …"""
    approved = _sums((one.kind.short, one.approved) for one in money)
    spent = _sums((one.kind.short, one.spent) for one in money)
    if not approved and not spent:
        return "Im Haushalt ist für diese Maßnahme kein Betrag eingetragen."
    said = f"Im Haushalt stehen {_listed(approved)}." if approved else "Im Haushalt ist kein Ansatz eingetragen."
    if not spent:
        return f"{said} Ausgegeben ist noch nichts."
    if len(spent) == 1 and len(approved) > 1:
        ((word, amount),) = spent.items()
        return f"{said} Ausgegeben sind bisher {formats.euro_round(amount)}, alles {word}."
    return f"{said} Ausgegeben sind bisher {_listed(spent)}."


def _sums(amounts: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for word, amount in amounts:
        if amount:
            sums[word] = sums.get(word, Decimal(0)) + amount
    return sums


def _listed(sums: dict[str, Decimal]) -> str:
    return formats.listed([f"{formats.euro_round(amount)} {word}" for word, amount in sums.items()])


def _as_of(money: tuple[PublicMoney, ...]) -> str:
    """Ist Aufwand 2026: Stand 30.09.2026; …"""
    return "; ".join(f"Ist {one.kind.short} {one.year}: Stand {formats.day(one.as_of)}" for one in money if one.as_of)
