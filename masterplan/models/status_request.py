from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from masterplan.models.measure import Measure
from masterplan.models.status import ENDED_PHASES
from masterplan.models.status_update import StatusUpdate


class StatusRequestQuerySet(models.QuerySet["StatusRequest"]):
    def open(self) -> Self:
        return self.filter(answer=None, withdrawn_at=None)

    def of_running(self) -> Self:
        """Of measures of which something is still to be reported."""
        return self.filter(measure__withdrawn_at=None).exclude(measure__phase__in=ENDED_PHASES)

    def unanswered(self) -> Self:
        """The only ones of which anybody is reminded."""
        return self.open().of_running()


class StatusRequest(models.Model):
    """Abfrage: the Digital Officer or the calendar asks how a measure stands, to be answered by the day `due`.

    It is answered by the first update that is submitted after it, whoever sends it. `asked_by` is None for the system.
    """

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="gefragt von", null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("gefragt am")
    due = models.DateField("erbeten bis")
    answer = models.ForeignKey(
        StatusUpdate, verbose_name="Antwort", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True)

    objects = StatusRequestQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Abfrage", "Abfragen"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure"], condition=Q(answer=None, withdrawn_at=None), name="request_one_open_per_measure"
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(withdrawn_at=None), name="request_answered_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure.number}, bis {self.due:%d.%m.%Y}"
