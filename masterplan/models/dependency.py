from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import Coalesce

from accounts.access import Perm
from masterplan.models.measure import Measure
from masterplan.models.milestone import Milestone

LONGEST_LAG = 3650


class DependencyQuerySet(models.QuerySet["Dependency"]):
    def current(self) -> Self:
        return self.filter(withdrawn_at=None)

    def between_measures(self) -> Self:
        return self.exclude(predecessor=F("successor"))

    def of_measure(self, measure: Measure) -> Self:
        return self.filter(Q(predecessor=measure) | Q(successor=measure))

    def visible_to(self, user: Any) -> Self:
        """Those with an end that the reader sees; the other end may be one that the reader does not see."""
        if not user.is_authenticated or not user.has_perm(Perm.READ_INTERNAL_MEASURES):
            return self.none()
        seen = Measure.objects.visible_to(user).values("pk")
        return self.filter(Q(predecessor__in=seen) | Q(successor__in=seen))


def _or_none(name: str) -> Coalesce:
    """Two rows without a milestone are the same, which NULLs are not."""
    return Coalesce(name, Value(0), output_field=BigIntegerField())


class Dependency(models.Model):
    """Abhängigkeit: the successor begins once the predecessor is done, `lag` days later at the earliest.

    Either side is a measure or one of its milestones. Written by `masterplan.linking` alone, which keeps it free of
    circles; ended by `withdrawn_at`, never deleted.
    """

    predecessor = models.ForeignKey(
        Measure, verbose_name="wartet auf", on_delete=models.PROTECT, related_name="dependencies_after"
    )
    predecessor_milestone = models.ForeignKey(
        Milestone, verbose_name="deren Meilenstein", null=True, on_delete=models.PROTECT, related_name="+"
    )
    successor = models.ForeignKey(
        Measure, verbose_name="Maßnahme", on_delete=models.PROTECT, related_name="dependencies_before"
    )
    successor_milestone = models.ForeignKey(
        Milestone, verbose_name="Meilenstein", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lag = models.PositiveSmallIntegerField("Tage dazwischen", default=0, validators=[MaxValueValidator(LONGEST_LAG)])
    note = models.CharField("Notiz", max_length=240, blank=True)
    withdrawn_at = models.DateTimeField("aufgehoben", null=True, editable=False)

    objects = DependencyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Abhängigkeit", "Abhängigkeiten"
        ordering = ["predecessor__number", "successor__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("predecessor"),
                F("successor"),
                _or_none("predecessor_milestone"),
                _or_none("successor_milestone"),
                condition=Q(withdrawn_at=None),
                name="dependency_once",
                violation_error_message="Diese Abhängigkeit ist schon eingetragen.",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor"))
                | Q(predecessor_milestone__isnull=False, successor_milestone__isnull=False)
                & ~Q(predecessor_milestone=F("successor_milestone")),
                name="dependency_not_on_itself",
                violation_error_message="Nichts kann auf sich selbst warten.",
            ),
            models.CheckConstraint(condition=Q(lag__lte=LONGEST_LAG), name="dependency_lag_in_years"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
