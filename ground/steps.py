"""The journal by steps: all that one author's one activity wrote in one moment, however many rows it touched."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain

from django.db.models import Count
from django.utils import timezone

from ground.models import Event
from ground.models.event import EventQuerySet

WINDOW = 40
"""So many moments are read at first, which is enough where not too many of them are told as one."""
LISTED = 20
"""So many subjects of one step are named."""

type Key = tuple[datetime, int | None]


@dataclass(frozen=True, slots=True)
class Step:
    """Events of one author that happened in the same microsecond, about `subjects` rows."""

    moment: datetime
    author: int | None
    subjects: int

    @property
    def key(self) -> Key:
        return self.moment, self.author

    def of(self, events: EventQuerySet) -> EventQuerySet:
        return events.filter(occurred_at=self.moment, author=self.author)

    def listed(self, events: EventQuerySet) -> list[int]:
        """Ids of its first subjects."""
        rows = self.of(events).order_by("subject_id").values_list("subject_id", flat=True)
        return list(rows.distinct()[:LISTED])


def windows(events: EventQuerySet) -> Iterator[EventQuerySet]:
    """The newest events, whole days of them, then more, at last all: whoever has found enough takes no further one."""
    size = WINDOW
    moments = events.order_by("-occurred_at").values_list("occurred_at", flat=True).distinct()
    while oldest := list(moments[size - 1 : size]):
        midnight = datetime.combine(timezone.localdate(oldest[0]), time.min, timezone.get_current_timezone())
        yield events.filter(occurred_at__gte=midnight)
        size *= 3
    yield events


def steps_of(events: EventQuerySet) -> list[Step]:
    """Newest first."""
    rows = events.order_by("-occurred_at").values_list("occurred_at", "author")
    return [Step(*row) for row in rows.annotate(subjects=Count("subject_id", distinct=True))]


def within(events: EventQuerySet, steps: Iterable[Step]) -> EventQuerySet:
    """May hold events that another author wrote in the same moment: to be told apart by their step's key."""
    return events.filter(occurred_at__in={step.moment for step in steps})


def first_events(events: EventQuerySet, steps: Sequence[Step]) -> dict[Key, list[Event]]:
    """All events about the first subjects of each step, in the order in which they were written."""
    listed = {step.key: set(step.listed(events)) for step in steps}
    found: dict[Key, list[Event]] = {key: [] for key in listed}
    wanted = within(events, steps).filter(subject_id__in=set(chain.from_iterable(listed.values())))
    for event in wanted.order_by("pk"):
        if event.subject_id in listed.get((event.occurred_at, event.author_id), ()):
            found[event.occurred_at, event.author_id].append(event)
    return found
