"""What upper floors bring to the agenda of a meeting, by its id, for one user and day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class AgendaRow:
    title: str
    url: str
    note: str = ""


SOURCES: list[Callable[[int, Any, date], Sequence[AgendaRow]]] = []
"""Each floor that has rows adds its own once it is ready."""


def agenda_of(meeting_id: int, user: Any, today: date) -> list[AgendaRow]:
    return [row for rows in SOURCES for row in rows(meeting_id, user, today)]
