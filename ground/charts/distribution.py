"""The bar that shows how a whole divides among statuses."""

from collections.abc import Iterable
from dataclasses import dataclass

PRINT_COLOURS = {
    "good": "#007155",
    "risk": "#b06a00",
    "critical": "#c31c13",
    "open": "#b1b6cd",
    "done": "#2b52b1",
    "still": "#6e7597",
}
"""Colours by tone for the document; on pages the style sheet's classes win over them."""


@dataclass(frozen=True)
class Count:
    label: str
    symbol: str
    tone: str
    count: int
    href: str = ""


@dataclass(frozen=True)
class Segment:
    """`x` and `width` are percent of the whole, as text with a point, ready for an attribute."""

    label: str
    symbol: str
    tone: str
    count: int
    href: str
    x: str
    width: str

    @property
    def print_colour(self) -> str:
        return PRINT_COLOURS[self.tone]


def segments(counts: Iterable[Count]) -> list[Segment]:
    """Parts in the given order; what counts nothing is left out."""
    shown = [count for count in counts if count.count]
    total = sum(count.count for count in shown)
    parts, before = [], 0
    for count in shown:
        parts.append(
            Segment(
                label=count.label,
                symbol=count.symbol,
                tone=count.tone,
                count=count.count,
                href=count.href,
                x=f"{before * 100 / total:.2f}",
                width=f"{count.count * 100 / total:.2f}",
            )
        )
        before += count.count
    return parts
