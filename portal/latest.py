"""What others did to measures, newest first; what one step did to many is one piece."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ground import formats
from ground.models import Event
from ground.models.event import EventQuerySet
from ground.steps import Key, Step, first_events, steps_of, windows, within
from masterplan.granting import with_names
from masterplan.models import Measure
from masterplan.models.kinds import ADDED
from masterplan.models.measure import MeasureQuerySet

SHOWN = 8
MANY = 4
"""From so many measures on, what happened to them alike on one day is told once."""


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


type Alone = list[list[Event]]
"""What happened to one measure in one step each; more than one where they are told together."""


def latest(measures: MeasureQuerySet, user: Any, today: date) -> list[Latest]:
    """What others did to measures that this user may see."""
    visible = Event.objects.filter(
        subject_type=Measure._meta.label_lower, subject_id__in=measures.order_by().values("pk")
    ).exclude(author=user)
    pieces: list[Step | Alone] = []
    for events in windows(visible):
        pieces = _pieces(events)
        if len(pieces) == SHOWN:
            break
    steps = [piece for piece in pieces if isinstance(piece, Step)]
    inside, added = first_events(visible.select_related("author"), steps), _added(visible, steps)
    shown = [piece[0][0] for piece in pieces if not isinstance(piece, Step)]
    named = Measure.objects.in_bulk({event.subject_id for event in chain(shown, *inside.values())})
    return [
        _of_step(piece, added.get(piece.key, 0), inside[piece.key], named, today)
        if isinstance(piece, Step)
        else _of_events(piece, named[piece[0][0].subject_id], today)
        for piece in pieces
    ]


def _pieces(events: EventQuerySet) -> list[Step | Alone]:
    steps = steps_of(events)
    pieces: list[tuple[datetime, Step | Alone]] = [(step.moment, step) for step in steps if step.subjects > 1]
    alone = _alone(events, [step for step in steps if step.subjects == 1])
    pieces += [(group[0][0].occurred_at, group) for group in alone]
    return [piece for _, piece in sorted(pieces, key=lambda piece: piece[0], reverse=True)[:SHOWN]]


def _alone(events: EventQuerySet, steps: Sequence[Step]) -> list[Alone]:
    """What one person did alike to many measures on one day is told together, anything else stands alone."""
    found: dict[Key, list[Event]] = {step.key: [] for step in steps}
    for event in with_names(within(events, steps).order_by("pk").select_related("author")):
        if (event.occurred_at, event.author_id) in found:
            found[event.occurred_at, event.author_id].append(event)
    alike: dict[tuple[str, Any, date], Alone] = {}
    for (moment, author), written in found.items():
        alike.setdefault((_said(written), author, timezone.localdate(moment)), []).append(written)
    groups = []
    for group in alike.values():
        together = len({written[0].subject_id for written in group}) >= MANY
        groups += [group] if together else [[written] for written in group]
    return groups


def _added(events: EventQuerySet, steps: Sequence[Step]) -> dict[Key, int]:
    """How many measures each step added."""
    added = steps_of(within(events, steps).filter(kind=ADDED)) if steps else []
    return {step.key: step.subjects for step in added}


def _said(events: Iterable[Event]) -> str:
    return ", ".join(dict.fromkeys(event.title for event in events))


def _of_step(step: Step, added: int, events: Sequence[Event], named: Mapping[int, Measure], today: date) -> Latest:
    said: dict[int, list[Event]] = {}
    for event in events:
        said.setdefault(event.subject_id, []).append(event)
    titles = {event.title for event in events}
    details = [
        Detail(str(named[pk]), reverse("measure_history", args=[named[pk].number]), _said(written))
        for pk, written in said.items()
    ]
    return Latest(
        number="",
        title=_counted(step.subjects, added),
        url=reverse("measures"),
        what="Liste eingelesen" if added else titles.pop() if len(titles) == 1 else "Gemeinsam geändert",
        before="",
        after="",
        who=str(events[0].author or "System"),
        when=formats.relative(timezone.localdate(step.moment), today),
        details=details,
        more=step.subjects - len(details),
    )


def _counted(measures: int, added: int) -> str:
    """5 Maßnahmen; or 3 Maßnahmen neu, 2 geändert."""
    if not added:
        return f"{formats.whole(measures)} Maßnahmen"
    changed = measures - added
    noun = "Maßnahme" if added == 1 else "Maßnahmen"
    return f"{formats.whole(added)} {noun} neu" + (f", {formats.whole(changed)} geändert" if changed else "")


def _of_events(group: Alone, measure: Measure, today: date) -> Latest:
    event, count = group[0][0], len({written[0].subject_id for written in group})
    one, single = count == 1, count == 1 and len(group[0]) == 1
    return Latest(
        number=measure.number if one else "",
        title=measure.title if one else f"{formats.whole(count)} Maßnahmen",
        url=reverse("measure_history", args=[measure.number]) if one else reverse("measures"),
        what=_said(group[0]),
        before=event.before if single else "",
        after=event.after if single else "",
        who=str(event.author or "System"),
        when=formats.relative(timezone.localdate(event.occurred_at), today),
    )
