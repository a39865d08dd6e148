"""What the public sees of the strategy: the one in force, those before it, and the fields of action."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from strategy.models import FieldOfAction, Goal, Strategy, StrategyState


@dataclass(frozen=True, slots=True)
class PublicGoal:
    title: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicStrategy:
    title: str
    vision: str
    is_in_force: bool
    since: date | None
    goals: tuple[PublicGoal, ...]


@dataclass(frozen=True, slots=True)
class PublicField:
    title: str
    slug: str
    teaser: str
    description: str
    is_current: bool


FIELD_COLUMNS = ("title", "slug", "teaser", "description", "withdrawn_on")


def strategies() -> list[PublicStrategy]:
    """The one in force first, then the older ones."""
    goals: defaultdict[int, list[PublicGoal]] = defaultdict(list)
    for strategy, *values in (
        Goal.objects.published().order_by("position", "pk").values_list("strategy", "title", "slug", "text")
    ):
        goals[strategy].append(PublicGoal(*values))
    rows = Strategy.objects.published().values_list("pk", "title", "vision", "state", "in_force_since")
    found = [
        PublicStrategy(title, vision, state == StrategyState.IN_FORCE, since, tuple(goals[pk]))
        for pk, title, vision, state, since in rows
    ]
    return sorted(found, key=lambda strategy: not strategy.is_in_force)


def fields() -> list[PublicField]:
    return [_field(values) for values in FieldOfAction.objects.current().values_list(*FIELD_COLUMNS)]


def field_at(slug: str) -> PublicField | None:
    """Also a field that is no longer used: its address stays."""
    values = FieldOfAction.objects.filter(slug=slug).values_list(*FIELD_COLUMNS).first()
    return _field(values) if values else None


def _field(values: tuple) -> PublicField:
    title, slug, teaser, description, withdrawn_on = values
    return PublicField(title, slug, teaser, description, withdrawn_on is None)
