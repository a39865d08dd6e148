from datetime import date
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ground.history import TrackedQuerySet
from masterplan.models.measure import Measure
from masterplan.models.measure_row import MeasureRow
from masterplan.models.status import ACTIVE_PHASES


class MilestoneQuerySet(TrackedQuerySet["Milestone"]):
    def current(self) -> Self:
        return self.filter(withdrawn_at=None)

    def open(self) -> Self:
        return self.current().filter(reached_on=None)

    def overdue(self, today: date) -> Self:
        """Of active measures only: of others nothing is due any more."""
        return self.open().filter(planned__lt=today, measure__phase__in=ACTIVE_PHASES)

    def of_published(self) -> Self:
        return self.current().filter(measure__in=Measure.objects.published())


class Milestone(MeasureRow):
    """Meilenstein. Planned and reached dates are written by `masterplan.updating` alone."""

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    title = models.CharField("Meilenstein", max_length=120)
    weight = models.PositiveSmallIntegerField(
        "Gewicht", default=1, validators=[MinValueValidator(1)], help_text="Anteil am Fortschritt, im Verhältnis."
    )
    planned = models.DateField("geplant", null=True, editable=False)
    resolved = models.DateField("beschlossen", null=True, editable=False)
    first_promised = models.DateField("zuerst zugesagt", null=True, editable=False)
    reached_on = models.DateField("erreicht am", null=True, editable=False)
    withdrawn_at = models.DateTimeField("entfallen", null=True, editable=False)

    history = HistoricalRecords()
    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Meilenstein", "Meilensteine"
        ordering = ["measure", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(weight__gte=1), name="milestone_has_weight")]

    def __str__(self) -> str:
        return self.title
