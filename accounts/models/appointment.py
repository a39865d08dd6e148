from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.access import Function
from accounts.models.user import User


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def held_on(self, day: date) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class Appointment(models.Model):
    """Who holds a function from–until, in person or "i. V."."""

    function = models.CharField("Funktion", max_length=32, choices=Function.choices)
    user = models.ForeignKey(User, verbose_name="Person", on_delete=models.PROTECT, related_name="appointments")
    since = models.DateField("vom")
    until = models.DateField("bis", null=True, blank=True, help_text="Leer: bis auf Weiteres.")
    acting = models.BooleanField("i. V.", default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Funktion", "Funktionen"
        ordering = ["function", "-since"]
        constraints = [
            models.CheckConstraint(condition=Q(function__in=Function.values), name="appointment_function_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="appointment_ends_after_it_begins",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_function_display()}: {self.user}"


class Absence(models.Model):
    """From the first to the last day, both absent; mails go to the deputy at once."""

    user = models.ForeignKey(User, verbose_name="Person", on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField("erster Tag")
    last_day = models.DateField("letzter Tag")

    class Meta:
        verbose_name, verbose_name_plural = "Abwesenheit", "Abwesenheiten"
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="absence_ends_after_it_begins",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.days}"

    @property
    def days(self) -> str:
        return f"{self.first_day:%d.%m.%Y} bis {self.last_day:%d.%m.%Y}"
