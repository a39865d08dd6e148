"""Finds renderings that wait although nobody was sent, or whose worker was killed."""

from datetime import datetime
from typing import Any

from reporting.models import Draft, Edition, RenderingState
from reporting.rendering import HANGS_AFTER

MOST_ATTEMPTS = 5
"""After so many a person has to look at it: something kills the worker each time."""


def due_editions(*, now: datetime) -> list[int]:
    """To be sent to a worker now. What was killed too often is marked failed instead."""
    return _due(Edition.objects.all(), now)


def due_drafts(*, now: datetime) -> list[int]:
    return _due(Draft.objects.all(), now)


def _due(rows: Any, now: datetime) -> list[int]:
    due = rows.due(hanging_since=now - HANGS_AFTER)
    due.filter(state=RenderingState.RENDERING, attempts__gte=MOST_ATTEMPTS).update(
        state=RenderingState.FAILED, error="Die Erstellung wurde mehrmals ohne Meldung abgebrochen."
    )
    return list(due.values_list("pk", flat=True))
