"""Who changed what of strategies, goals and fields of action: the values that the history kept, and the journal."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from ground.chronicle import Line, Moment
from ground.formats import in_words
from ground.history import Tracked
from ground.models import Event
from strategy.comparing import changed_paragraphs
from strategy.editing import FIELD_TEXTS, GOAL_TEXTS, TEXTS
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState

MODELS: dict[type[Tracked], tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    Strategy: (TEXTS, "strategy_text", ()),
    Goal: (GOAL_TEXTS, "goal_edit", ("position",)),
    FieldOfAction: (FIELD_TEXTS, "field_edit", ("withdrawn_on",)),
}
"""What its form changes, the address of the form, and what else is told of."""

TOLD_BY_VALUES = (".edited", ".moved", ".changed")

Kept = Mapping[int, list[Any]]
"""Of each row by its key, what the history kept of it, oldest first."""


def chronicle() -> list[Moment]:
    """Newest first."""
    moments: dict[datetime, Moment] = {}
    kept = {model: _kept(model) for model in MODELS}
    for model in MODELS:
        for when, who, line in _changes(model, kept[model], kept[Strategy]):
            moment = moments.setdefault(when, Moment(when))
            moment.who = moment.who or who
            moment.lines.append(line)
    _add_events(moments, {model._meta.label_lower: rows for model, rows in kept.items()})
    return [moment for _, moment in sorted(moments.items(), reverse=True) if moment.lines or moment.reasons]


def _kept(model: Any) -> Kept:
    found: dict[int, list[Any]] = {}
    for row in model.history.order_by("history_id").select_related("history_user"):
        found.setdefault(row.id, []).append(row)
    return found


def _changes(model: Any, kept: Kept, strategies: Kept) -> Iterator[tuple[datetime, str, Line]]:
    texts, address, others = MODELS[model]
    for pk, versions in kept.items():
        newest = versions[-1]
        open_to_edits = newest.history_type != "-" and _state(newest, strategies) != StrategyState.SUPERSEDED.label
        for earlier, later in pairwise(versions):
            for name in (*texts, *others):
                url = ""
                if open_to_edits and name in texts and getattr(earlier, name) != getattr(newest, name):
                    url = f"{reverse(address, args=[pk])}?{urlencode({'ab': earlier.history_id, 'stelle': name})}"
                label = f"{_named(model, later, strategies)}, {_label(model, name)}"
                for before, after in _differences(earlier, later, name):
                    yield (
                        later.history_date,
                        str(later.history_user or ""),
                        Line(label, before, after, url, "früheren Stand"),
                    )
                    url = ""


def _differences(earlier: Any, later: Any, name: str) -> Iterator[tuple[str, str]]:
    """Of a text the paragraphs; of a row that was removed its text, for its name stands in the journal."""
    before, after = getattr(earlier, name), getattr(later, name)
    if later.history_type == "-":
        if name == "text":
            yield in_words(before), in_words("")
    elif isinstance(before, str):
        yield from ((in_words(old), in_words(new)) for old, new in changed_paragraphs(before, after))
    elif before != after:
        yield in_words(before), in_words(after)


def _named(model: Any, row: Any, strategies: Kept) -> str:
    noun = model._meta.verbose_name
    if model is FieldOfAction:
        return f"{noun} {row.code}"
    return f"{noun} „{row.title}“ ({_state(row, strategies, at=row.history_date)})"


def _state(row: Any, strategies: Kept, *, at: datetime | None = None) -> str:
    """The state, then or now, of the strategy to which a row belongs; nothing for a field of action."""
    if hasattr(row, "code"):
        return ""
    version = _version(strategies.get(getattr(row, "strategy_id", row.id), []), at)
    return str(version.get_state_display()) if version else ""


def _version(versions: list[Any], at: datetime | None) -> Any:
    """The last, or that of the moment."""
    return next((one for one in reversed(versions) if at is None or one.history_date <= at), None)


def _label(model: Any, name: str) -> str:
    text = str(model._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def _add_events(moments: dict[datetime, Moment], kept: Mapping[str, Kept]) -> None:
    """What no value tells by itself, and the reasons."""
    for event in Event.objects.filter(subject_type__in=kept).order_by("pk").select_related("author"):
        moment = moments.setdefault(event.occurred_at, Moment(event.occurred_at))
        moment.who = moment.who or str(event.author or "")
        if event.reason and event.reason not in moment.reasons:
            moment.reasons.append(event.reason)
        if not event.kind.endswith(TOLD_BY_VALUES):
            subject = _version(kept[event.subject_type].get(event.subject_id, []), event.occurred_at)
            moment.lines.append(Line(event.title, "", _sentence(event, subject.title if subject else "")))


def _sentence(event: Event, name: str) -> str:
    if event.kind == "strategy.in_force":
        return f"„{name}“, {event.after}"
    if event.kind == "strategy.superseded":
        return f"„{name}“ durch „{event.after}“"
    return event.after or event.before or name
