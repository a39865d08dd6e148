from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ground.formats import NBSP, euro_round, figure
from ground.history import Tracked, TrackedQuerySet
from masterplan.models.budget_line import GROUPS, YEARS, cents, euros
from masterplan.models.measure import Measure


class RunningCostQuerySet(TrackedQuerySet["RunningCost"]):
    def sums(self, *, by: str) -> dict[tuple[Any, int], Decimal]:
        """What is spent a year, by a key of GROUPS and the year from which it runs; one query."""
        rows = self.order_by().values_list(GROUPS[by], "from_year").annotate(sum_yearly=cents("yearly"))
        return {(key, from_year): euros(yearly) or Decimal(0) for key, from_year, yearly in rows}


class RunningCost(Tracked):
    """Folgekosten: what a measure costs a year once it is in use, always Aufwand."""

    measure = models.ForeignKey(
        Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="running_costs"
    )
    what = models.CharField("Wofür", max_length=120)
    yearly = models.DecimalField("Aufwand im Jahr", max_digits=14, decimal_places=2)
    from_year = models.PositiveSmallIntegerField(
        "Ab Jahr", validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])]
    )

    history = HistoricalRecords()
    objects = RunningCostQuerySet.as_manager()
    is_kept = False

    class Meta:
        verbose_name, verbose_name_plural = "Folgekosten", "Folgekosten"
        ordering = ["measure", "from_year", "what", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(yearly__gte=0),
                name="running_cost_not_negative",
                violation_error_message="Geben Sie null oder einen positiven Betrag ein. Was gespart wird, gehört "
                "zum Nutzen.",
            )
        ]

    def __str__(self) -> str:
        return self.what


class BenefitUnit(models.TextChoices):
    EURO = "EURO", "Euro im Jahr"
    HOURS = "HOURS", "Stunden im Jahr"


class BenefitQuerySet(TrackedQuerySet["Benefit"]):
    def sums(self) -> dict[tuple[int, str], tuple[Decimal | None, Decimal | None]]:
        """What was claimed and what is achieved, by field of action and unit; one query. Hours are no euros."""
        rows = self.order_by().values_list(GROUPS["field"], "unit")
        summed = rows.annotate(sum_claimed=cents("claimed"), sum_achieved=cents("achieved"))
        return {(field, unit): (euros(claimed), euros(achieved)) for field, unit, claimed, achieved in summed}


class Benefit(Tracked):
    """Nutzen: who gains what, how much of it was claimed and how much is achieved."""

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="benefits")
    who = models.CharField("Wer hat den Nutzen", max_length=120)
    what = models.CharField("Worin er besteht", max_length=240)
    unit = models.CharField("Gemessen in", max_length=8, choices=BenefitUnit.choices)
    claimed = models.DecimalField("Erwartet im Jahr", max_digits=14, decimal_places=2)
    achieved = models.DecimalField("Erreicht im Jahr", max_digits=14, decimal_places=2, null=True, blank=True)
    as_of = models.DateField("Stand", null=True, blank=True)

    history = HistoricalRecords()
    objects = BenefitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Nutzen", "Nutzen"
        ordering = ["measure", "who", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed__gt=0),
                name="benefit_claims_something",
                violation_error_message="Der erwartete Nutzen ist größer als null.",
            ),
            models.CheckConstraint(
                condition=Q(achieved=None, as_of=None) | Q(achieved__isnull=False, as_of__isnull=False),
                name="benefit_achieved_has_its_day",
                violation_error_message="Zum erreichten Nutzen gehört der Tag, von dem er stammt, und umgekehrt.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_kept(self) -> bool:
        return self.achieved is not None

    def words(self, value: Decimal | None) -> str:
        """A value in the unit of this benefit."""
        if value is None:
            return "–"
        if self.unit == BenefitUnit.EURO:
            return euro_round(value)
        return f"{figure(value)}{NBSP}Stunden"
