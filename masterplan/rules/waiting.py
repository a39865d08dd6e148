"""What waits for what: that nothing waits for itself by a long way round, and what follows when a date moves."""

from collections import deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

UNFINISHED = ("PROPOSED", "PLANNED", "IN_PREPARATION", "IN_PROGRESS")
"""The phases in which a measure can still have to move because of another."""


def cycle[N: Hashable](edges: Iterable[tuple[N, N]], new: tuple[N, N]) -> list[N] | None:
    """The shortest way that already leads from where `new` ends to where it begins; None where there is none.

    An edge is a pair: what comes first, what waits for it. Together with `new` the way is a circle.
    """
    begin, end = new[1], new[0]
    after = _followers(edges)
    came_from: dict[N, N | None] = {begin: None}
    waiting = deque([begin])
    while waiting:
        node = waiting.popleft()
        if node == end:
            return list(_way_to(node, came_from))[::-1]
        for follower in after.get(node, ()):
            if follower not in came_from:
                came_from[follower] = node
                waiting.append(follower)
    return None


def around[N: Hashable](edges: Collection[tuple[N, N]], node: N) -> set[N]:
    """The node, all it waits for and all that waits for it, near and far."""
    back = [(after, before) for before, after in edges]
    return _reached(edges, node) | _reached(back, node)


def _followers[N: Hashable](edges: Iterable[tuple[N, N]]) -> dict[N, list[N]]:
    found: dict[N, list[N]] = {}
    for before, after in edges:
        found.setdefault(before, []).append(after)
    return found


def _way_to[N: Hashable](node: N | None, came_from: Mapping[N, N | None]) -> Iterator[N]:
    while node is not None:
        yield node
        node = came_from[node]


def _reached[N: Hashable](edges: Iterable[tuple[N, N]], node: N) -> set[N]:
    after, seen, waiting = _followers(edges), {node}, [node]
    while waiting:
        for follower in after.get(waiting.pop(), ()):
            if follower not in seen:
                seen.add(follower)
                waiting.append(follower)
    return seen


@dataclass(frozen=True, slots=True)
class Wait:
    """Measure `after` waits for measure `before`, with `lag` days between.

    `milestone` is the one of `before` that is waited for, else its end; `waiting` the one of `after` that waits, else
    its start, or its end once it has begun.
    """

    before: int
    after: int
    lag: int = 0
    milestone: int | None = None
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dates of a measure as others wait for them. `reached` are the milestones that nothing moves any more."""

    start: date | None = None
    end: date | None = None
    begun: bool = False
    finished: bool = False
    milestones: Mapping[int, date | None] = field(default_factory=dict)
    reached: frozenset[int] = frozenset()

    def given(self, wait: Wait) -> date | None:
        """The day on which what `wait` waits for is there."""
        return self.end if wait.milestone is None else self.milestones.get(wait.milestone)

    def anchor(self, wait: Wait) -> tuple[str, date | None] | None:
        """What of this measure has to lie after the day that `wait` waits for; None where nothing has to any more."""
        if self.finished or (wait.waiting is not None and wait.waiting in self.reached):
            return None
        if wait.waiting is not None:
            return "milestone", self.milestones.get(wait.waiting)
        return ("end", self.end) if self.begun or self.start is None else ("start", self.start)

    def later(self, wait: Wait, days: int) -> "Schedule":
        """With what waits so many days later. A whole measure keeps its length; one milestone pushes only the end."""
        step = timedelta(days=days)
        if wait.waiting is not None:
            moved = {**self.milestones, wait.waiting: _plus(self.milestones.get(wait.waiting), step)}
            ends = [day for day in (self.end, moved[wait.waiting]) if day and self.end]
            return replace(self, milestones=moved, end=max(ends, default=self.end))
        if self.begun or self.start is None:
            return replace(self, end=_plus(self.end, step))
        open_ones = {pk: day if pk in self.reached else _plus(day, step) for pk, day in self.milestones.items()}
        return replace(self, start=_plus(self.start, step), end=_plus(self.end, step), milestones=open_ones)


def _plus(day: date | None, step: timedelta) -> date | None:
    return day + step if day else None


@dataclass(frozen=True, slots=True)
class Effect:
    """What waits cannot lie before `earliest`; `missing` are the days that its own date lies too early.

    Where `missing` is negative, so many days are left between them. Without a date of its own it is None.
    """

    wait: Wait
    kind: str
    due: date | None
    earliest: date

    @property
    def missing(self) -> int | None:
        return (self.earliest - self.due).days if self.due else None

    @property
    def bites(self) -> bool:
        return (self.missing or 0) > 0


def effect(wait: Wait, given: date | None, follower: Schedule) -> Effect | None:
    """None where what is waited for has no date, or where nothing waits any more."""
    anchor = follower.anchor(wait)
    if given is None or anchor is None:
        return None
    return Effect(wait, *anchor, given + timedelta(days=wait.lag))


def knock_on(schedules: Mapping[int, Schedule], waits: Sequence[Wait], moved: Mapping[int, Schedule]) -> list[Effect]:
    """What follows from `moved` schedules: of each wait on a date that is another now, nearest first.

    Whatever has to move by that moves its own followers; of those that are further away only what cannot hold is told,
    and what a moved measure itself waits for only where it no longer does.
    """
    meant = {**schedules, **moved}
    now = dict(meant)
    for _ in range(len(waits) + 1):
        pushed = False
        for wait in waits:
            found = _changed(wait, schedules[wait.before], now[wait.before], now[wait.after])
            if found and found.bites:
                now[wait.after] = now[wait.after].later(wait, found.missing or 0)
                pushed = True
        if not pushed:
            break
    told = [
        found
        for wait in waits
        if (found := _changed(wait, schedules[wait.before], now[wait.before], meant[wait.after]))
        and (wait.before in moved or found.bites)
    ]
    return [*_strictest(told, moved), *_not_awaited(schedules, waits, moved)]


def _changed(wait: Wait, before: Schedule, now: Schedule, follower: Schedule) -> Effect | None:
    return None if now.given(wait) == before.given(wait) else effect(wait, now.given(wait), follower)


def _not_awaited(
    schedules: Mapping[int, Schedule], waits: Sequence[Wait], moved: Mapping[int, Schedule]
) -> Iterator[Effect]:
    """What a moved measure waits for and its new date does not."""
    for wait in waits:
        if wait.after in moved and wait.before not in moved:
            given = schedules[wait.before].given(wait)
            found, was = (effect(wait, given, one) for one in (moved[wait.after], schedules[wait.after]))
            if found and found.bites and (was is None or found.due != was.due):
                yield found


def _strictest(told: list[Effect], moved: Collection[int]) -> list[Effect]:
    """Of what waits for several, the one that asks for the latest day; what waits for the moved one itself first."""
    best: dict[tuple[int, int | None], Effect] = {}
    for one in told:
        key = (one.wait.after, one.wait.waiting)
        if key not in best or one.earliest > best[key].earliest:
            best[key] = one
    return sorted(best.values(), key=lambda one: (one.wait.before not in moved, one.earliest))


def years_crossed(before: date | None, after: date | None) -> list[int]:
    """The budget years, each from January to December, in which something ended and now does no more."""
    return list(range(before.year, after.year)) if before and after else []
