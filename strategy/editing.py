"""Writes strategy, goals and fields of action. Drafts are internal; one strategy is in force."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import day
from ground.history import Tracked, create_tracked
from ground.journal import Entry, record
from ground.models import PublicVersion
from ground.slugs import slug_of
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState

TEXTS = ("title", "vision")
GOAL_TEXTS = ("title", "text")
FIELD_TEXTS = ("title", "teaser", "description", "position")


class NotADraft(Exception):
    """Only a draft can be put in force, and only a draft gets other goals."""


class NotYet(Exception):
    """A strategy is put in force on the day on which it applies, or later."""


class ReasonMissing(Exception):
    """What replaces or corrects a strategy that is in force says why."""


class Superseded(Exception):
    """A superseded strategy stays as it was."""


class GoalInUse(Exception):
    """Measures serve the goal, or it belongs to a strategy that the public knows."""


@transaction.atomic
def draft_strategy(*, title: str, vision: str, by: Any, now: datetime | None = None) -> Strategy:
    """A draft with the goals of the strategy in force: under the same address each continues that one."""
    require(by, Perm.EDIT_STRATEGY)
    strategy = Strategy(title=title, vision=vision)
    _save(strategy, "strategy.drafted", "Entwurf angelegt", after=title, public=False, by=by, now=now)
    copies = [
        Goal(strategy=strategy, position=goal.position, title=goal.title, slug=goal.slug, text=goal.text)
        for goal in Goal.objects.filter(strategy__state=StrategyState.IN_FORCE)
    ]
    create_tracked(copies, by=by, at=now)
    return strategy


@transaction.atomic
def edit_strategy(
    *,
    strategy_id: int,
    values: Mapping[str, Any],
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Strategy:
    """Changes TEXTS; in force that is a correction and says why. Raises StaleRow, Superseded or ReasonMissing."""
    require(by, Perm.EDIT_STRATEGY)
    strategy = Strategy.locked(strategy_id, expected_version=expected_version)
    if _apply(strategy, TEXTS, values):
        _tell_edit(strategy, strategy, "strategy", reason=reason, by=by, now=now)
    return strategy


@transaction.atomic
def put_in_force(
    *,
    strategy_id: int,
    on: date,
    reason: str = "",
    expected_version: int | None = None,
    by: Any,
    now: datetime | None = None,
) -> Strategy:
    """The draft applies from the day `on`; the one before is superseded and stays readable.

    Raises StaleRow, NotADraft, NotYet or, where it replaces one, ReasonMissing.
    """
    require(by, Perm.EDIT_STRATEGY)
    strategy = Strategy.locked(strategy_id, expected_version=expected_version)
    if strategy.state != StrategyState.DRAFT:
        raise NotADraft(strategy.pk)
    moment = now or timezone.now()
    if on > timezone.localdate(moment):
        raise NotYet(strategy.pk)
    for older in Strategy.objects.select_for_update().in_force():
        if not reason.strip():
            raise ReasonMissing(strategy.pk)
        older.state = StrategyState.SUPERSEDED
        _save(older, "strategy.superseded", "Strategie abgelöst", after=strategy.title, public=True, by=by, now=moment)
    strategy.state, strategy.in_force_since = StrategyState.IN_FORCE, on
    told = {"after": day(on), "reason": reason.strip()}
    _save(strategy, "strategy.in_force", "Strategie in Kraft gesetzt", public=True, by=by, now=moment, **told)
    return strategy


@transaction.atomic
def add_goal(*, strategy_id: int, title: str, text: str = "", by: Any, now: datetime | None = None) -> Goal:
    """A new last goal of a draft. Raises NotADraft or Superseded."""
    require(by, Perm.EDIT_STRATEGY)
    strategy = Strategy.locked(strategy_id, expected_version=None)
    _refuse_what_is_published(strategy)
    goals = list(strategy.goals.all())
    slug = slug_of(title, taken={goal.slug for goal in goals}, suffix=str(len(goals) + 1), longest=60)
    position = max((goal.position for goal in goals), default=0) + 1
    goal = Goal(strategy=strategy, title=title, text=text, slug=slug, position=position)
    _save(goal, "goal.added", "Ziel angelegt", after=title, public=False, by=by, now=now)
    return goal


@transaction.atomic
def edit_goal(
    *,
    goal_id: int,
    values: Mapping[str, Any],
    reason: str = "",
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Goal:
    """Changes GOAL_TEXTS; the address stays. In force that is a correction and says why.

    Raises StaleRow, Superseded or ReasonMissing.
    """
    require(by, Perm.EDIT_STRATEGY)
    goal = _locked_goal(goal_id, expected_version=expected_version)
    before = goal.title
    if _apply(goal, GOAL_TEXTS, values):
        told = {"before": before, "after": goal.title} if before != goal.title else {"after": goal.title}
        _tell_edit(goal, goal.strategy, "goal", reason=reason, by=by, now=now, **told)
    return goal


@transaction.atomic
def move_goal(*, goal_id: int, up: bool, by: Any, now: datetime | None = None) -> None:
    """Changes places with the neighbour above or below, where there is one. Raises NotADraft or Superseded."""
    require(by, Perm.EDIT_STRATEGY)
    goal = _locked_goal(goal_id, expected_version=None)
    _refuse_what_is_published(goal.strategy)
    goals = list(Goal.objects.select_for_update().filter(strategy=goal.strategy_id).order_by("position", "pk"))
    place = goals.index(goal)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(goals):
        return
    goals[place], goals[other] = goals[other], goals[place]
    moment = now or timezone.now()
    for position, one in enumerate(goals, start=1):
        if one.position != position:
            one.position = position
            _save(one, "goal.moved", "Reihenfolge geändert", after=str(position), public=False, by=by, now=moment)


@transaction.atomic
def remove_goal(*, goal_id: int, by: Any, now: datetime | None = None) -> None:
    """Only of a draft, and while no measure serves it. Raises GoalInUse."""
    require(by, Perm.EDIT_STRATEGY)
    goal = _locked_goal(goal_id, expected_version=None)
    if goal.strategy.state != StrategyState.DRAFT or goal.measures.exists():
        raise GoalInUse(goal.pk)
    moment = now or timezone.now()
    record(Entry(subject=goal, kind="goal.removed", title="Ziel entfernt", before=goal.title), by=by, at=moment)
    goal._history_user, goal._history_date = by, moment
    goal.delete()


@transaction.atomic
def edit_field(
    *, field_id: int, values: Mapping[str, Any], expected_version: int | None, by: Any, now: datetime | None = None
) -> FieldOfAction:
    """Changes FIELD_TEXTS; code and address stay. Raises StaleRow."""
    require(by, Perm.EDIT_STRATEGY)
    field = FieldOfAction.locked(field_id, expected_version=expected_version)
    if _apply(field, FIELD_TEXTS, values):
        _save(field, "field.edited", "Handlungsfeld bearbeitet", after=field.title, public=True, by=by, now=now)
    return field


def _locked_goal(goal_id: int, *, expected_version: int | None) -> Goal:
    """Locks its strategy first, so that it does not come into force meanwhile. Raises StaleRow."""
    strategy_id = Goal.objects.values_list("strategy", flat=True).get(pk=goal_id)
    Strategy.locked(strategy_id, expected_version=None)
    return Goal.locked(goal_id, expected_version=expected_version)


def _refuse_what_is_published(strategy: Strategy) -> None:
    if strategy.state == StrategyState.SUPERSEDED:
        raise Superseded(strategy.pk)
    if strategy.state != StrategyState.DRAFT:
        raise NotADraft(strategy.pk)


def _tell_edit(
    row: Tracked, strategy: Strategy, kind: str, *, reason: str, by: Any, now: datetime | None, **told: str
) -> None:
    """What is not yet in force is edited, what is in force corrected, what was superseded stays."""
    if strategy.state == StrategyState.SUPERSEDED:
        raise Superseded(strategy.pk)
    in_force = strategy.state == StrategyState.IN_FORCE
    if in_force and not reason.strip():
        raise ReasonMissing(strategy.pk)
    title = f"{row._meta.verbose_name} {'berichtigt' if in_force else 'bearbeitet'}"
    _save(row, f"{kind}.edited", title, public=in_force, by=by, now=now, reason=reason.strip(), **told)


def _apply(row: Tracked, names: tuple[str, ...], values: Mapping[str, Any]) -> bool:
    changed = [name for name in names if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _save(row: Tracked, kind: str, title: str, *, public: bool, by: Any, now: datetime | None, **told: str) -> None:
    """`told` are before, after and reason of the journal's entry."""
    moment = now or timezone.now()
    row.save_tracked(by=by, reason=told.get("reason", ""), at=moment)
    record(Entry(subject=row, kind=kind, title=title, public=public, **told), by=by, at=moment)
    if public:
        PublicVersion.raise_()
