"""The journal: one append-only table of what happened. Activities write it, everything else only reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from ground.models import Event


@dataclass(frozen=True, kw_only=True)
class Entry:
    subject: models.Model
    kind: str
    title: str
    before: str = ""
    after: str = ""
    reason: str = ""
    public: bool = False


def record(*entries: Entry, by: Any, at: datetime | None = None) -> list[Event]:
    """Writes the entries in the caller's transaction.

    `by` is the user who acts, or None for the system itself. `at` differs from now only where history is brought in.
    """
    moment = at or timezone.now()
    return Event.objects.bulk_create(
        [
            Event(
                occurred_at=moment,
                kind=entry.kind,
                title=entry.title,
                subject_type=entry.subject._meta.label_lower,
                subject_id=entry.subject.pk,
                before=entry.before[:240],
                after=entry.after[:240],
                reason=entry.reason,
                public=entry.public,
                author=by,
            )
            for entry in entries
        ],
        batch_size=500,
    )
