"""What others did to measures, newest first; what one step did to many is one piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from ground import formats
from ground.models import Event
from masterplan.granting import with_names
from masterplan.models import Measure
from masterplan.models.measure import MeasureQuerySet

SHOWN = 8
READ = 500
MANY = 4
"""From so many measures on, what happened to them alike on one day is told once."""
ADDED = "measure.added"
DETAILS = 20
READ_FOR_DETAILS = 1000


@dataclass(frozen=True)
class Detail:
    measure: str
    url: str
    what: str


@dataclass(frozen=True)
class Latest:
    """`details` are the measures that one step changed together, `more` how many are not listed."""

    number: str
    title: str
    url: str
    what: str
    before: str
    after: str
    who: str
    when: str
    details: Sequence[Detail] = ()
    more: int = 0


@dataclass(frozen=True)
class _Step:
    """All that one person did in one moment to several measures: a list that was read in, a change to many."""

    moment: datetime
    author: Any
    measures: int
    added: int

    @property
    def key(self) -> tuple[datetime, Any]:
        return self.moment, self.author


type Piece = tuple[datetime, _Step | list[Event]]


def latest(measures: MeasureQuerySet, user: Any, today: date) -> list[Latest]:
    """What others did to measures that this user may see."""
    events = (
        Event.objects.filter(subject_type=Measure._meta.label_lower, subject_id__in=measures.order_by().values("pk"))
        .exclude(author=user)
        .select_related("author")
    )
    steps = _steps(events)
    alone = events.exclude(occurred_at__in=[step.moment for step in steps])
    pieces: list[Piece] = [
        *((step.moment, step) for step in steps),
        *((group[0].occurred_at, group) for group in _groups(with_names(alone[:READ]))),
    ]
    pieces = sorted(pieces, key=lambda piece: piece[0], reverse=True)[:SHOWN]
    inside = _inside(events, [piece for _, piece in pieces if isinstance(piece, _Step)])
    shown = {group[0].subject_id for _, group in pieces if isinstance(group, list)}
    named = Measure.objects.in_bulk({*shown, *(event.subject_id for found in inside.values() for event in found)})
    return [
        _of_step(piece, inside[piece.key], named, today)
        if isinstance(piece, _Step)
        else _of_events(piece, named[piece[0].subject_id], today)
        for _, piece in pieces
    ]


def _steps(events: QuerySet[Event]) -> list[_Step]:
    """Events of one author that happened in the same microsecond were written by one activity."""
    rows = (
        events.select_related(None)
        .order_by()
        .values_list("occurred_at", "author")
        .annotate(
            measures=Count("subject_id", distinct=True),
            added=Count("subject_id", filter=Q(kind=ADDED), distinct=True),
        )
        .filter(measures__gt=1)
        .order_by("-occurred_at")[:SHOWN]
    )
    return [_Step(*row) for row in rows]


def _inside(events: QuerySet[Event], steps: Sequence[_Step]) -> dict[tuple[datetime, Any], list[Event]]:
    found: dict[tuple[datetime, Any], list[Event]] = {step.key: [] for step in steps}
    moments = [step.moment for step in steps]
    for event in events.filter(occurred_at__in=moments).order_by("-occurred_at", "pk")[:READ_FOR_DETAILS]:
        if (event.occurred_at, event.author_id) in found:
            found[event.occurred_at, event.author_id].append(event)
    return found


def _groups(events: Iterable[Event]) -> list[list[Event]]:
    """What one person did alike to many measures on one day is one group, anything else stands alone."""
    alike: dict[tuple[str, Any, date], list[Event]] = {}
    for event in events:
        alike.setdefault((event.title, event.author_id, timezone.localdate(event.occurred_at)), []).append(event)
    groups = []
    for group in alike.values():
        together = len({event.subject_id for event in group}) >= MANY
        groups += [group] if together else [[event] for event in group]
    return sorted(groups, key=lambda group: (group[0].occurred_at, group[0].pk), reverse=True)


def _of_step(step: _Step, events: Sequence[Event], named: Mapping[int, Measure], today: date) -> Latest:
    said: dict[int, list[str]] = {}
    for event in events:
        words = said.setdefault(event.subject_id, [])
        words += [event.title] if event.title not in words else []
    titles = {title for words in said.values() for title in words}
    details = [
        Detail(str(named[pk]), reverse("measure_history", args=[named[pk].number]), ", ".join(words))
        for pk, words in list(said.items())[:DETAILS]
    ]
    return Latest(
        number="",
        title=_counted(step),
        url=reverse("measures"),
        what="Liste eingelesen" if step.added else titles.pop() if len(titles) == 1 else "Gemeinsam geändert",
        before="",
        after="",
        who=str((events and events[0].author) or "System"),
        when=formats.relative(timezone.localdate(step.moment), today),
        details=details,
        more=step.measures - len(details),
    )


def _counted(step: _Step) -> str:
    """5 Maßnahmen; or 3 Maßnahmen neu, 2 geändert."""
    if not step.added:
        return f"{formats.whole(step.measures)} Maßnahmen"
    changed = step.measures - step.added
    noun = "Maßnahme" if step.added == 1 else "Maßnahmen"
    return f"{formats.whole(step.added)} {noun} neu" + (f", {formats.whole(changed)} geändert" if changed else "")


def _of_events(group: Sequence[Event], measure: Measure, today: date) -> Latest:
    event, count = group[0], len({event.subject_id for event in group})
    one = count == 1
    return Latest(
        number=measure.number if one else "",
        title=measure.title if one else f"{formats.whole(count)} Maßnahmen",
        url=reverse("measure_history", args=[measure.number]) if one else reverse("measures"),
        what=event.title,
        before=event.before if one else "",
        after=event.after if one else "",
        who=str(event.author or "System"),
        when=formats.relative(timezone.localdate(event.occurred_at), today),
    )
