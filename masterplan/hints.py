"""What speaks against a new state without forbidding it: German sentences, shown before it is saved."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from ground.formats import day
from masterplan.change import Change, InvalidChange, changes_of
from masterplan.derived import Yardstick
from masterplan.models import ACTIVE_PHASES, Health, Measure, Phase, StatusUpdate
from masterplan.reasons import because

TELLING = ("phase", "health", "planned_end", "actual_end")
"""What a public sentence speaks of."""
WORST_FIRST = (Health.CRITICAL, Health.AT_RISK, Health.ON_TRACK, Health.NOT_ASSESSED)


def hints(
    measure: Measure, values: Mapping[str, Any], *, reason: str | None = None, sentence: str, today: date
) -> list[str]:
    """None where the rules refuse the values anyway, or nothing changes."""
    milestones = list(measure.milestones.current())
    yardstick = Yardstick.of([measure.pk], today)
    try:
        change = changes_of(
            measure, milestones, values=values, milestone_dates={}, reason=reason, yardstick=yardstick, today=today
        )
    except InvalidChange:
        return []
    found = [contradiction(change), "" if sentence.strip() else _stale_sentence(change)]
    return [one for one in found if one]


def against(change: Change) -> tuple[str, ...]:
    """What the change itself gives to think about, whoever makes it."""
    return tuple(one for one in (contradiction(change), _unseen_health(change)) if one)


def contradiction(change: Change) -> str:
    """Where the health is better than its written criteria allow; "" elsewhere."""
    if not change or not change.overrules:
        return ""
    derived, stated = Health(change.verdict.health), Health(change.new("health"))
    if WORST_FIRST.index(stated) <= WORST_FIRST.index(derived) or derived == Health.ON_TRACK:
        return ""
    return (
        f"Gemeldet ist „{stated.label}“, nach den Kriterien wäre er „{derived.label}“, weil {because(change.verdict)}."
    )


def _unseen_health(change: Change) -> str:
    """A health that is kept, while another word stands on all pages."""
    if "health" not in change.after:
        return ""
    health, phase = Health(change.after["health"]), Phase(change.after.get("phase", change.measure.phase))
    if phase in ACTIVE_PHASES or health == Health.NOT_ASSESSED:
        return ""
    return (
        f"Gespeichert wird der Status „{health.label}“, gezeigt wird „{phase.label}“: "
        "Wie es läuft, zeigt das Portal nur bei geplanten, vorbereiteten und laufenden Maßnahmen."
    )


def _stale_sentence(change: Change) -> str:
    if not change.measure.is_public or not any(name in change.after for name in TELLING):
        return ""
    said = (
        StatusUpdate.objects.with_public_sentence().filter(measure=change.measure).values_list("decided_at", flat=True)
    )
    at = said.first()
    if at is None:
        return ""
    on = day(timezone.localdate(at))
    return f"Der öffentliche Satz vom {on} bleibt stehen. Schreiben Sie einen neuen, wenn er nicht mehr stimmt."
