from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ground.formats import NBSP, euro, figure
from ground.history import Tracked, TrackedQuerySet
from masterplan.models.measure import Measure


class GrantState(models.TextChoices):
    PLANNED = "PLANNED", "vorgesehen"
    APPLIED = "APPLIED", "beantragt"
    GRANTED = "GRANTED", "bewilligt"
    PROVEN = "PROVEN", "Verwendung nachgewiesen"
    DECLINED = "DECLINED", "abgelehnt"
    DROPPED = "DROPPED", "nicht weiter verfolgt"


class GrantQuerySet(TrackedQuerySet["Grant"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(measure__in=Measure.objects.visible_to(user))

    def due_until(self, day: date) -> Self:
        """Where an application is to be sent, or the use to be proven, by that day or before."""
        return self.filter(
            Q(state=GrantState.PLANNED, apply_by__lte=day) | Q(state=GrantState.GRANTED, proof_by__lte=day)
        )


class Grant(Tracked):
    """Zuwendung: money of others, with the days by which one has to ask for it and to prove its use."""

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="grants")
    programme = models.CharField("Programm", max_length=120)
    payer = models.CharField("Wer zahlt", max_length=120)
    share_percent = models.DecimalField("Anteil in Prozent", max_digits=5, decimal_places=2, null=True, blank=True)
    share_amount = models.DecimalField("Anteil als Betrag", max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField("Stand", max_length=8, choices=GrantState.choices, default=GrantState.PLANNED)
    apply_by = models.DateField("Antrag bis", null=True, blank=True)
    proof_by = models.DateField("Verwendungsnachweis bis", null=True, blank=True)

    history = HistoricalRecords()
    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Zuwendung", "Zuwendungen"
        ordering = ["measure", "programme", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share_percent__isnull=False, share_percent__gt=0, share_percent__lte=100, share_amount=None)
                | Q(share_percent=None, share_amount__isnull=False, share_amount__gt=0),
                name="grant_has_one_share",
                violation_error_message="Nennen Sie den Anteil entweder in Prozent (bis 100) oder als Betrag.",
            ),
            models.CheckConstraint(
                condition=Q(apply_by=None) | Q(proof_by=None) | Q(proof_by__gte=models.F("apply_by")),
                name="grant_proven_after_applied",
                violation_error_message="Der Verwendungsnachweis kann nicht vor dem Antrag fällig sein.",
            ),
        ]

    def __str__(self) -> str:
        return self.programme

    @property
    def share(self) -> str:
        if self.share_amount is not None:
            return euro(self.share_amount)
        return f"{figure(self.share_percent)}{NBSP}%" if self.share_percent else ""

    @property
    def deadline(self) -> tuple[str, date] | None:
        """What is to be done next, and by which day."""
        if self.state == GrantState.PLANNED and self.apply_by:
            return "Antrag stellen", self.apply_by
        if self.state == GrantState.GRANTED and self.proof_by:
            return "Verwendungsnachweis vorlegen", self.proof_by
        return None

    @property
    def is_kept(self) -> bool:
        return self.state != GrantState.PLANNED
