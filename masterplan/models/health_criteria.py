from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from ground.history import Tracked, TrackedQuerySet
from masterplan.rules import Criteria

DEFAULTS = Criteria()
NAMES = tuple(field.name for field in fields(Criteria))


def _threshold(label: str, default: int) -> Any:
    return models.PositiveSmallIntegerField(label, default=default)


class HealthCriteriaQuerySet(TrackedQuerySet["HealthCriteria"]):
    def in_force(self) -> Criteria:
        """As the Digital Officer set them, else the defaults."""
        row = self.filter(pk=1).values(*NAMES).first()
        return Criteria(**row) if row else DEFAULTS


class HealthCriteria(Tracked):
    """The one row of criteria from which the health of measures follows. Written by `masterplan.deriving` alone."""

    days_at_risk = _threshold("gefährdet ab Tagen Verzug", DEFAULTS.days_at_risk)
    days_critical = _threshold("kritisch ab Tagen Verzug", DEFAULTS.days_critical)
    points_at_risk = _threshold("gefährdet ab Prozentpunkten Rückstand", DEFAULTS.points_at_risk)
    points_critical = _threshold("kritisch ab Prozentpunkten Rückstand", DEFAULTS.points_critical)
    percent_at_risk = _threshold("gefährdet ab Prozent über dem, was bereitsteht", DEFAULTS.percent_at_risk)
    percent_critical = _threshold("kritisch ab Prozent über dem, was bereitsteht", DEFAULTS.percent_critical)

    history = HistoricalRecords()
    objects = HealthCriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "Kriterien des Status"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="criteria_are_one_row"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_at_risk__gte": 1}) & Q(**{f"{name}_critical__gt": F(f"{name}_at_risk")}),
                    name=f"criteria_{name}_in_order",
                    violation_error_message="„Kritisch“ beginnt später als „gefährdet“, und beide ab 1.",
                )
                for name in ("days", "points", "percent")
            ),
        ]

    def __str__(self) -> str:
        return "Kriterien des Status"
