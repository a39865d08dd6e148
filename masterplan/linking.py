"""Lets a measure or a milestone wait for another, and ends that; the one place that keeps them free of circles."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import listed
from ground.journal import Entry, record
from ground.moments import one_at_a_time
from masterplan.models import Dependency, Measure, Milestone, Phase
from masterplan.narrating import ANOTHER
from masterplan.rules.waiting import cycle

ADDED, ENDED = "dependency.added", "dependency.ended"
DEPENDENCIES = "masterplan.dependency"
"""Who writes dependencies, or decides what may be written, holds this (`ground.moments.one_at_a_time`)."""
ON_ITSELF = "Nichts kann auf sich selbst warten. Wählen Sie eine andere Maßnahme oder einen anderen Meilenstein."
ALREADY_THERE = "Diese Abhängigkeit ist schon eingetragen."

Edge = tuple[str, str]
"""What comes first and what waits for it, by the measures' numbers."""


class DependencyRefused(Exception):
    """A dependency that cannot be; the message is a German sentence that says what to do."""


class OnItself(DependencyRefused):
    """Something was to wait for itself."""


class AlreadyDepends(DependencyRefused):
    """The same was entered before."""


class WouldBeACircle(DependencyRefused):
    """What is to be waited for waits itself, near or far, for what would wait."""


class OutOfPlay(DependencyRefused):
    """A measure that was merged into another neither waits nor is waited for."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """The successor waits for the predecessor; either may be one milestone of its measure."""

    predecessor_id: int
    successor_id: int
    predecessor_milestone_id: int | None = None
    successor_milestone_id: int | None = None
    lag: int = 0
    note: str = ""

    @property
    def within(self) -> bool:
        return self.predecessor_id == self.successor_id


def depend(link: Link, *, by: Any, now: datetime | None = None) -> Dependency:
    """Raises PermissionDenied or a DependencyRefused."""
    (made,) = depend_many([link], by=by, now=now)
    return made


@transaction.atomic
def depend_many(links: Sequence[Link], *, by: Any, now: datetime | None = None) -> list[Dependency]:
    """All or none; each is held against those that there are and those before it. Raises as `depend` does."""
    require(by, Perm.EDIT_MEASURES)
    one_at_a_time(DEPENDENCIES)
    measures, milestones = _rows(links)
    edges = list(edges_between_measures())
    inside = list(_edges_within({link.successor_id for link in links if link.within}))
    titles = {pk: f"„{one.title}“" for pk, one in milestones.items()}
    made: list[Dependency] = []
    for link in links:
        _refuse(link, measures, milestones)
        before, after = measures[link.predecessor_id], measures[link.successor_id]
        if link.within:
            pair = (link.predecessor_milestone_id or 0, link.successor_milestone_id or 0)
            refuse_circle(inside, pair, titles)
            inside.append(pair)
        else:
            refuse_circle(edges, (before.number, after.number))
            edges.append((before.number, after.number))
        one = Dependency.objects.create(**vars(link))
        one.predecessor, one.successor = before, after
        made.append(one)
    record(*_entries(made, ADDED, milestones), by=by, at=now or timezone.now())
    return made


@transaction.atomic
def undepend(*, dependency_ids: Collection[int], by: Any, now: datetime | None = None) -> int:
    """Ends them; what was ended before stays as it is. Returns how many ended now."""
    require(by, Perm.EDIT_MEASURES)
    one_at_a_time(DEPENDENCIES)
    moment = now or timezone.now()
    chosen = Dependency.objects.current().filter(pk__in=dependency_ids).order_by("pk")
    rows = list(chosen.select_related("predecessor", "successor"))
    Dependency.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=moment)
    pks = {pk for row in rows for pk in (row.predecessor_milestone_id, row.successor_milestone_id) if pk}
    record(*_entries(rows, ENDED, Milestone.objects.in_bulk(pks)), by=by, at=moment)
    return len(rows)


def edges_between_measures() -> Collection[Edge]:
    rows = Dependency.objects.current().between_measures()
    return set(rows.values_list("predecessor__number", "successor__number"))


def refuse_circle[N: (int, str)](
    edges: Collection[tuple[N, N]], new: tuple[N, N], names: Mapping[N, str] | None = None
) -> None:
    """Raises OnItself or WouldBeACircle, whose sentence names the way around."""
    if new[0] == new[1]:
        raise OnItself(ON_ITSELF)
    if way := cycle(edges, new):
        said = [(names or {}).get(node, str(node)) for node in way]
        told = listed([f"{later} auf {earlier}" for earlier, later in reversed(list(pairwise(said)))])
        raise WouldBeACircle(
            f"{said[0]} kann nicht auf {said[-1]} warten, denn schon jetzt wartet {told}. So käme nichts davon zum "
            "Anfang. Heben Sie zuerst eine dieser Abhängigkeiten auf."
        )


def refuse_out_of_play(measure: Measure) -> None:
    """Raises OutOfPlay."""
    if measure.phase == Phase.MERGED and measure.merged_into:
        target = measure.merged_into.number
        raise OutOfPlay(f"{measure.number} ist in {target} zusammengeführt. Nehmen Sie {target} an ihrer Stelle.")


def _rows(links: Sequence[Link]) -> tuple[dict[int, Measure], dict[int, Milestone]]:
    """The measures, locked, and their milestones that were not dropped."""
    wanted = {pk for link in links for pk in (link.predecessor_id, link.successor_id)}
    measures = Measure.objects.current().select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    milestones = Milestone.objects.current().filter(measure__in=wanted)
    return {one.pk: one for one in measures.select_related("merged_into")}, {one.pk: one for one in milestones}


def _refuse(link: Link, measures: Mapping[int, Measure], milestones: Mapping[int, Milestone]) -> None:
    ends = (
        (link.predecessor_id, link.predecessor_milestone_id),
        (link.successor_id, link.successor_milestone_id),
    )
    for measure_id, milestone_id in ends:
        if measure_id not in measures:
            raise OutOfPlay("Eine der beiden Maßnahmen gibt es nicht mehr. Laden Sie die Seite neu.")
        refuse_out_of_play(measures[measure_id])
        if milestone_id and (milestone_id not in milestones or milestones[milestone_id].measure_id != measure_id):
            raise OutOfPlay("Der Meilenstein ist inzwischen entfallen. Wählen Sie einen anderen.")
    if link.within and None in (link.predecessor_milestone_id, link.successor_milestone_id):
        raise OnItself(ON_ITSELF)
    same = {name: value for name, value in vars(link).items() if name not in ("lag", "note")}
    if Dependency.objects.current().filter(**same).exists():
        raise AlreadyDepends(ALREADY_THERE)


def _edges_within(measure_ids: Collection[int]) -> Iterator[tuple[int, int]]:
    rows = Dependency.objects.current().filter(predecessor__in=measure_ids, predecessor=F("successor"))
    yield from rows.values_list("predecessor_milestone_id", "successor_milestone_id")


def _entries(rows: Sequence[Dependency], kind: str, milestones: Mapping[int, Milestone]) -> Iterator[Entry]:
    """On each measure one, which names no other."""
    title = "Abhängigkeit eingetragen" if kind == ADDED else "Abhängigkeit aufgehoben"

    def named(pk: int | None, whole: str) -> str:
        return f"Meilenstein „{milestones[pk].title}“" if pk else whole

    for row in rows:
        before, after = row.predecessor_milestone_id, row.successor_milestone_id
        if row.predecessor_id == row.successor_id:
            told = f"{named(after, '')} wartet auf {named(before, '')}"
            yield Entry(subject=row.successor, kind=kind, title=title, after=told)
            continue
        yield Entry(
            subject=row.successor, kind=kind, title=title, after=f"{named(after, 'Maßnahme')} wartet auf {ANOTHER}"
        )
        told = f"{ANOTHER} wartet auf {named(before, 'diese Maßnahme')}"
        yield Entry(subject=row.predecessor, kind=kind, title=title, after=told)
