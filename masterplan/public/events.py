from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from ground.models import Event
from masterplan.models import Measure

SUBJECT = Measure._meta.label_lower
TOGETHER = ("measure.visibility", "measure.resolved")
"""What usually happens to many measures at once and is told as one piece of news a day."""
REPORTED = "measure.reported"
REPORT = "Stand gemeldet"
TELLING = ("measure.planned_end", "measure.actual_end", "measure.phase", "measure.health", "milestone.reached_on")
"""What people ask for first; of one day's changes these are told before others."""
READ_FOR_NEWS = 80
READ_OF_STEPS = 1000
LISTED = 20


@dataclass(frozen=True, slots=True)
class PublicEvent:
    occurred_at: datetime
    kind: str
    title: str
    before: str
    after: str
    reason: str

    @property
    def day(self) -> date:
        return timezone.localdate(self.occurred_at)


@dataclass(frozen=True, slots=True)
class News:
    """What happened on one day to one measure (`slug` and `title`), or to `count` of them together (`headline`).

    `measures` are pairs of title and slug of those that one step changed, the first LISTED of them.
    """

    day: date
    latest: datetime
    count: int
    slug: str = ""
    title: str = ""
    headline: str = ""
    events: tuple[PublicEvent, ...] = ()
    measures: tuple[tuple[str, str], ...] = ()


def most_telling_first(events: Iterable[PublicEvent]) -> list[PublicEvent]:
    return sorted(events, key=lambda event: TELLING.index(event.kind) if event.kind in TELLING else len(TELLING))


def overtakes_what_was_said(event: PublicEvent) -> bool:
    """Whether a sentence on the measure's state that was written before no longer tells how it stands."""
    return event.kind in (*TELLING, "milestone.planned")


COLUMNS = ("occurred_at", "kind", "title", "before", "after", "reason")


def _public_events() -> QuerySet[Event]:
    """Marked public, and their subject is public now."""
    return Event.objects.marked_public().filter(
        subject_type=SUBJECT, subject_id__in=Measure.objects.published().values("pk")
    )


def history_of(measure_id: int) -> list[PublicEvent]:
    """Newest first."""
    return [PublicEvent(*values) for values in _public_events().filter(subject_id=measure_id).values_list(*COLUMNS)]


def newest(count: int) -> list[News]:
    """The newest pieces of news; what happened to one measure on one day is one piece."""
    steps = dict(_steps(count))
    news = [*_of_single_measures(steps), *_of_steps(steps), *_of_many(count)]
    return sorted(news, key=lambda piece: piece.latest, reverse=True)[:count]


def _steps(count: int) -> QuerySet[Event, tuple[datetime, int]]:
    """Moments in which one activity reported on several measures, such as a list that was read in, and on how many."""
    return (
        _public_events()
        .exclude(kind__in=TOGETHER)
        .order_by()
        .values_list("occurred_at")
        .annotate(measures=Count("subject_id", distinct=True))
        .filter(measures__gt=1)
        .order_by("-occurred_at")[:count]
    )


def _of_steps(steps: Mapping[datetime, int]) -> Iterable[News]:
    if not steps:
        return
    rows = _public_events().exclude(kind__in=TOGETHER).filter(occurred_at__in=steps)
    told: dict[datetime, dict[int, PublicEvent]] = {}
    titles: dict[datetime, set[str]] = {}
    for subject, *values in rows.values_list("subject_id", *COLUMNS)[:READ_OF_STEPS]:
        event = PublicEvent(*values)
        titles.setdefault(event.occurred_at, set()).add(event.title)
        told.setdefault(event.occurred_at, {}).setdefault(subject, event)
    names = _names({subject for subjects in told.values() for subject in subjects})
    for moment, subjects in told.items():
        first = next(iter(subjects.values()))
        headline = first.title if len(titles[moment]) == 1 else REPORT
        listed = sorted((names[subject][1], names[subject][0]) for subject in subjects)[:LISTED]
        yield News(first.day, moment, steps[moment], headline=headline, events=(first,), measures=tuple(listed))


def _of_single_measures(steps: Mapping[datetime, int]) -> Iterable[News]:
    rows = (
        _public_events()
        .exclude(kind__in=TOGETHER)
        .exclude(occurred_at__in=steps)
        .values_list("subject_id", *COLUMNS)[:READ_FOR_NEWS]
    )
    grouped: dict[tuple[int, date], list[PublicEvent]] = {}
    for subject, *values in rows:
        event = PublicEvent(*values)
        grouped.setdefault((subject, event.day), []).append(event)
    names = _names({subject for subject, _ in grouped})
    for (subject, day), events in grouped.items():
        slug, title = names[subject]
        yield News(day, events[0].occurred_at, 1, slug, title, events=tuple(events))


def _of_many(count: int) -> Iterable[News]:
    rows = (
        _public_events()
        .filter(kind__in=TOGETHER)
        .order_by()
        .values_list("kind", "title", TruncDate("occurred_at"))
        .annotate(latest=Max("occurred_at"), measures=Count("subject_id", distinct=True), one=Max("subject_id"))
        .order_by("-latest")[:count]
    )
    found = list(rows)
    names = _names({one for *_, measures, one in found if measures == 1})
    for _, headline, day, latest, measures, one in found:
        slug, title = names.get(one, ("", "")) if measures == 1 else ("", "")
        yield News(day, latest, measures, slug, title, headline)


def _names(measure_ids: set[int]) -> dict[int, tuple[str, str]]:
    rows = Measure.objects.published().filter(pk__in=measure_ids).values_list("pk", "slug", "title")
    return {pk: (slug or "", title) for pk, slug, title in rows}
