"""Choices that are shown with a symbol and in a colour: both stand beside the label and nowhere else."""

from typing import Self

from django.db import models


class ShownChoices(models.TextChoices):
    """A member is its value, the symbol (`ground.symbols`), the tone of `components/status_word.html` and the label."""

    symbol: str
    tone: str

    def __new__(cls, value: str, symbol: str = "", tone: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.symbol = symbol
        member.tone = tone
        return member
