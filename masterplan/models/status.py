"""Where a measure is and how it goes. Label, symbol and colour of a status stand here and nowhere else."""

from django.db import models
from django.db.models import Case, Value, When

from ground.choices import ShownChoices
from masterplan.rules import ACTIVE


class Phase(models.TextChoices):
    PROPOSED = "PROPOSED", "vorgeschlagen"
    PLANNED = "PLANNED", "geplant"
    IN_PREPARATION = "IN_PREPARATION", "in Vorbereitung"
    IN_PROGRESS = "IN_PROGRESS", "in Umsetzung"
    COMPLETED = "COMPLETED", "abgeschlossen"
    DEFERRED = "DEFERRED", "zurückgestellt"
    REJECTED = "REJECTED", "verworfen"
    MERGED = "MERGED", "zusammengeführt"


ACTIVE_PHASES = tuple(Phase(value) for value in ACTIVE)
ENDED_PHASES = (Phase.COMPLETED, Phase.REJECTED, Phase.MERGED)
"""Of measures in these nothing is reported or asked any more."""


class Health(models.TextChoices):
    """How it goes; by which criteria, `masterplan.reasons` says."""

    ON_TRACK = "ON_TRACK", "im Plan"
    AT_RISK = "AT_RISK", "gefährdet"
    CRITICAL = "CRITICAL", "kritisch"
    NOT_ASSESSED = "NOT_ASSESSED", "nicht bewertet"


class ShownStatus(ShownChoices):
    """The one chip: the health while a measure is active, else its phase. Declared worst first, which is the rank."""

    CRITICAL = "CRITICAL", "diamond", "critical", "kritisch"
    AT_RISK = "AT_RISK", "triangle", "risk", "gefährdet"
    ON_TRACK = "ON_TRACK", "circle-check", "good", "im Plan"
    NOT_ASSESSED = "NOT_ASSESSED", "circle-question", "open", "nicht bewertet"
    PROPOSED = "PROPOSED", "circle-plus", "open", "vorgeschlagen"
    COMPLETED = "COMPLETED", "check", "done", "abgeschlossen"
    DEFERRED = "DEFERRED", "pause", "still", "zurückgestellt"
    REJECTED = "REJECTED", "cross", "still", "verworfen"
    MERGED = "MERGED", "merge", "still", "zusammengeführt"

    @property
    def rank(self) -> int:
        return list(ShownStatus).index(self)


def shown_status() -> Case:
    """SQL for the shown status of a row."""
    return Case(When(phase__in=[phase.value for phase in ACTIVE_PHASES], then="health"), default="phase")


def status_rank() -> Case:
    """SQL for the place of a row's shown status, worst first; used by sorting."""
    active = [phase.value for phase in ACTIVE_PHASES]
    by_health = [
        When(phase__in=active, health=health.value, then=Value(ShownStatus(health.value).rank)) for health in Health
    ]
    by_phase = [
        When(phase=phase.value, then=Value(ShownStatus(phase.value).rank))
        for phase in Phase
        if phase not in ACTIVE_PHASES
    ]
    return Case(*by_health, *by_phase, default=Value(len(ShownStatus)))
