import re
from dataclasses import dataclass
from datetime import date
from typing import Self


class NotAHalfYear(ValueError):
    """The text names no half-year; expected is one like 2026-H2."""


@dataclass(frozen=True, order=True)
class HalfYear:
    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not 1 <= self.year <= 9998:
            raise NotAHalfYear(f"{self.year}-H{self.half}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2026-H2" or "2026-h2"."""
        match = re.fullmatch(r"([0-9]{4})-[hH]([12])", text)
        if not match:
            raise NotAHalfYear(text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, 1 if day.month <= 6 else 2)

    def previous(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def start(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def label(self) -> str:
        return f"{self.half}. Halbjahr {self.year}"

    @property
    def slug(self) -> str:
        return f"{self.year}-h{self.half}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"
