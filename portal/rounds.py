"""The round of status updates as the desk tells of it: what waits for review, who has not answered yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ground import formats
from masterplan.updates import OwnMeasure, Queued, UnitAnswers, answers, queue


@dataclass(frozen=True)
class Round:
    """`url` leads to the first update that waits for a decision; "" where none does."""

    label: str
    url: str
    answers: Sequence[UnitAnswers]
    answer: str


def round_of(user: Any, today: date) -> Round:
    waiting, answered = queue(user, today), answers(user, today)
    return Round(
        label=f"Statusmeldungen prüfen ({len(waiting)})",
        url=waiting[0].url if waiting else "",
        answers=answered,
        answer=_answer(waiting, answered),
    )


def _answer(waiting: Sequence[Queued], answered: Sequence[UnitAnswers]) -> str:
    """Sechs Statusmeldungen warten auf Ihre Prüfung, sechs von 20 erbetenen sind da."""
    asked, there = sum(one.asked for one in answered), sum(one.there for one in answered)
    said = []
    if waiting:
        waits = formats.counted(len(waiting), "Statusmeldung wartet", "Statusmeldungen warten")
        said.append(f"{waits} auf Ihre Prüfung")
    if asked:
        are = "ist" if there == 1 else "sind"
        said.append(f"{formats.share(there, asked, 'erbetenen Meldungen')} {are} da")
    return f"{formats.sentence_start(', '.join(said))}." if said else ""


def asked_of(own: Sequence[OwnMeasure]) -> str:
    """Zu drei Maßnahmen ist Ihr Stand erbeten."""
    asked = sum(bool(one.due) for one in own)
    if not asked:
        return ""
    many = "einer Maßnahme" if asked == 1 else f"{formats.number_word(asked)} Maßnahmen"
    return f"Zu {many} ist Ihr Stand erbeten."
