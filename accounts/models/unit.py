from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q


class UnitKind(models.TextChoices):
    OFFICE = "OFFICE", "Stabsstelle"
    DEPARTMENT = "DEPARTMENT", "Fachbereich"
    DIVISION = "DIVISION", "Abteilung"
    ENTERPRISE = "ENTERPRISE", "Eigenbetrieb"
    EXTERNAL = "EXTERNAL", "externe Stelle"


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self) -> "UnitQuerySet":
        return self.filter(dissolved_on__isnull=True)


class Unit(models.Model):
    """Organisationseinheit; the tree of the town hall, and external bodies, which need no account."""

    name = models.CharField("Name", max_length=120, unique=True)
    short_name = models.CharField("Kurzname", max_length=40, blank=True)
    kind = models.CharField("Art", max_length=12, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", verbose_name="gehört zu", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="Leitung",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="headed_units",
    )
    email = models.EmailField("Postfach", blank=True, help_text="Wird öffentlich als Kontakt gezeigt.")
    dissolved_on = models.DateField("aufgelöst am", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Organisationseinheit", "Organisationseinheiten"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="unit_is_not_its_own_parent")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        seen = {self.pk}
        above: Any = self.parent
        while above is not None:
            if above.pk in seen and above.pk is not None:
                raise ValidationError({"parent": "Eine Einheit kann nicht zu einer ihrer Untereinheiten gehören."})
            seen.add(above.pk)
            above = above.parent
        if self.dissolved_on and self.pk and self.children.filter(dissolved_on=None).exists():
            raise ValidationError(
                {"dissolved_on": "Zu dieser Einheit gehören noch andere. Ordnen Sie diese zuerst anders zu."}
            )
