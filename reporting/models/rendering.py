from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class RenderingState(models.TextChoices):
    WAITING = "WAITING", "wartet"
    RENDERING = "RENDERING", "wird erstellt"
    READY = "READY", "fertig"
    FAILED = "FAILED", "fehlgeschlagen"


class RenderingQuerySet[M: models.Model](models.QuerySet[M]):
    def due(self, *, hanging_since: datetime) -> Self:
        """To be rendered: what waits, and what gave no sign of life since then."""
        return self.filter(
            Q(state=RenderingState.WAITING) | Q(state=RenderingState.RENDERING, claimed_at__lt=hanging_since)
        )

    def being_made(self) -> Self:
        return self.filter(state__in=[RenderingState.WAITING, RenderingState.RENDERING])

    def mine(self, claimed: Any) -> Self:
        """The claimed row while this attempt still has it; a worker that was taken for dead writes nothing more."""
        return self.filter(pk=claimed.pk, state=RenderingState.RENDERING, attempts=claimed.attempts)


class Rendering(models.Model):
    """A row from which a worker makes a file, and how far it is. A subclass's manager comes from RenderingQuerySet."""

    state = models.CharField("Stand", max_length=10, choices=RenderingState.choices, default=RenderingState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="in Prozent")
    step = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField("letztes Lebenszeichen", null=True)
    error = models.TextField("Fehler", blank=True)
    pages = models.PositiveSmallIntegerField("Seiten", null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="%(class)s_progress_is_percent"),
            models.CheckConstraint(
                condition=Q(state="FAILED") & ~Q(error="") | ~Q(state="FAILED") & Q(error=""),
                name="%(class)s_failed_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="RENDERING") | Q(claimed_at__isnull=False), name="%(class)s_rendering_is_claimed"
            ),
        ]

    @classmethod
    def claim(cls, pk: int, *, hanging_since: datetime, now: datetime | None = None) -> Self | None:
        """The row, with one attempt more, where this caller is to render it; None if another is, it is done or gone."""
        rows: Any = cls._default_manager.filter(pk=pk)
        won = rows.due(hanging_since=hanging_since).update(
            state=RenderingState.RENDERING,
            attempts=F("attempts") + 1,
            claimed_at=now or timezone.now(),
            progress=0,
            step="",
            error="",
        )
        return cls._default_manager.filter(pk=pk).first() if won else None
