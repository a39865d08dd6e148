from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Max, Value, When
from django.db.models.functions import Left, StrIndex, TruncDate
from django.utils import timezone

from ground.models import Event
from ground.models.event import EventQuerySet
from ground.steps import LISTED, Step, steps_of, windows, within
from masterplan.models import Measure
from masterplan.models.kinds import POSTPONED, REPORTED

SUBJECT = Measure._meta.label_lower
TOGETHER = ("measure.visibility", "measure.resolved")
"""What usually happens to many measures at once and is told as one piece of news a day."""
TELLING = ("measure.planned_end", "measure.actual_end", "measure.phase", "measure.health", "milestone.reached_on")
"""What people ask for first; of one day's changes these are told before others."""


@dataclass(frozen=True, slots=True)
class PublicEvent:
    occurred_at: datetime
    kind: str
    title: str
    before: str
    after: str
    reason: str

    @property
    def is_report(self) -> bool:
        return self.kind == REPORTED

    @property
    def day(self) -> date:
        return timezone.localdate(self.occurred_at)


@dataclass(frozen=True, slots=True)
class News:
    """What happened on one day to one measure (`slug` and `title`), or to `count` of them together (`headline`).

    `others` were changed in the same step in another way. `measures` are pairs of title and slug of those that it
    changed, the first LISTED of them.
    """

    day: date
    latest: datetime
    count: int
    slug: str = ""
    title: str = ""
    headline: str = ""
    events: tuple[PublicEvent, ...] = ()
    measures: tuple[tuple[str, str], ...] = ()
    others: int = 0


def most_telling_first(events: Iterable[PublicEvent]) -> list[PublicEvent]:
    return sorted(events, key=lambda event: TELLING.index(event.kind) if event.kind in TELLING else len(TELLING))


def overtakes_what_was_said(event: PublicEvent) -> bool:
    """Whether a sentence on the measure's state that was written before no longer tells how it stands."""
    return event.kind in (*TELLING, "milestone.planned")


COLUMNS = ("occurred_at", "kind", "title", "before", "after", "reason")


def _public_events() -> EventQuerySet:
    """Marked public, and their subject is public now."""
    return Event.objects.marked_public().filter(
        subject_type=SUBJECT, subject_id__in=Measure.objects.published().values("pk")
    )


def history_of(measure_id: int) -> list[PublicEvent]:
    """Newest first."""
    return [PublicEvent(*values) for values in _public_events().filter(subject_id=measure_id).values_list(*COLUMNS)]


def newest(count: int) -> list[News]:
    """The newest pieces of news; what happened to one measure on one day is one piece."""
    found: list[News] = []
    for events in windows(_public_events()):
        apart = events.exclude(kind__in=TOGETHER)
        steps = steps_of(apart)
        large = [step for step in steps if step.subjects > 1][:count]
        small = [step for step in steps if step.subjects == 1]
        found = [*_of_single_measures(apart, small), *_of_steps(apart, large), *_of_many(events, count)]
        if len(found) >= count:
            break
    return sorted(found, key=lambda piece: piece.latest, reverse=True)[:count]


@dataclass(frozen=True, slots=True)
class _Change:
    """What one step did alike to `count` measures; `event` is one of the entries that say so."""

    kind: str
    said: str
    count: int
    event: int

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        telling = TELLING.index(self.kind) if self.kind in TELLING else len(TELLING)
        return self.kind == REPORTED, telling, self.said != POSTPONED, -self.count


def _of_steps(events: EventQuerySet, steps: Sequence[Step]) -> Iterable[News]:
    """Each under its most telling change."""
    changes = {step: _changes(step.of(events)) for step in steps}
    shown = {change.event for found in changes.values() for change in found}
    told = {row[0]: PublicEvent(*row[1:]) for row in events.filter(pk__in=shown).values_list("pk", *COLUMNS)}
    for step, found in changes.items():
        lead = found[0]
        said = [told[change.event] for change in found if change is lead or change.kind == REPORTED]
        yield News(
            day=said[0].day,
            latest=step.moment,
            count=lead.count,
            headline=lead.said,
            events=tuple(said),
            measures=_listed(step.of(events), lead),
            others=step.subjects - lead.count,
        )


SAID = Case(When(title__contains=": ", then=Left("title", StrIndex("title", Value(": ")) - 1)), default=F("title"))
"""Without the milestone's name."""


def _changes(events: EventQuerySet) -> list[_Change]:
    """The most telling first."""
    rows = events.order_by().annotate(said=SAID).values_list("kind", "said")
    found = rows.annotate(count=Count("subject_id", distinct=True), event=Max("pk"))
    return sorted((_Change(*row) for row in found), key=lambda change: change.rank)


def _listed(events: EventQuerySet, lead: _Change) -> tuple[tuple[str, str], ...]:
    """Those first of which the headline speaks."""
    leading = events.annotate(said=SAID).filter(kind=lead.kind, said=lead.said)
    rows = Measure.objects.published().filter(pk__in=events.order_by().values("subject_id"))
    first = Case(When(pk__in=leading.order_by().values("subject_id"), then=0), default=1)
    return tuple(
        (title, slug or "") for title, slug in rows.order_by(first, "title").values_list("title", "slug")[:LISTED]
    )


def _of_single_measures(events: EventQuerySet, steps: Sequence[Step]) -> Iterable[News]:
    alone = {step.key for step in steps}
    grouped: dict[tuple[int, date], list[PublicEvent]] = {}
    for subject, author, *values in within(events, steps).values_list("subject_id", "author", *COLUMNS):
        event = PublicEvent(*values)
        if (event.occurred_at, author) in alone:
            grouped.setdefault((subject, event.day), []).append(event)
    names = _names({subject for subject, _ in grouped})
    for (subject, day), found in grouped.items():
        slug, title = names[subject]
        yield News(day, found[0].occurred_at, 1, slug, title, events=tuple(found))


def _of_many(events: EventQuerySet, count: int) -> Iterable[News]:
    rows = (
        events.filter(kind__in=TOGETHER)
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
