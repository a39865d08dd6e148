from django.conf import settings
from django.db import models

from ground.models import Mail
from masterplan.models.grant import Grant
from masterplan.models.status_request import StatusRequest
from masterplan.reminding.rules import GrantStep, Step


class Reminder(models.Model):
    """That a person was asked, or reminded, of one measure, by which mail; the memory by which no step is told twice.

    `due` is the day that was asked for then: a request that gets another day begins anew.
    """

    request = models.ForeignKey(
        StatusRequest, verbose_name="Abfrage", on_delete=models.CASCADE, related_name="reminders"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="an", on_delete=models.CASCADE, related_name="+"
    )
    step = models.CharField("Schritt", max_length=8, choices=[(step.value, step.value) for step in Step])
    due = models.DateField("erbeten bis")
    mail = models.ForeignKey(Mail, verbose_name="Mail", null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField("gefragt am")

    class Meta:
        verbose_name, verbose_name_plural = "Erinnerung", "Erinnerungen"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "recipient", "step", "due"], name="reminder_each_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.step}"


class GrantReminder(models.Model):
    """That a person was told of the deadline of a grant, by which mail; a grant that gets another day begins anew."""

    grant = models.ForeignKey(Grant, verbose_name="Zuwendung", on_delete=models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="an", on_delete=models.CASCADE, related_name="+"
    )
    step = models.CharField("Schritt", max_length=6, choices=[(step.value, step.value) for step in GrantStep])
    due = models.DateField("Frist")
    mail = models.ForeignKey(Mail, verbose_name="Mail", null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField("erinnert am")

    class Meta:
        verbose_name, verbose_name_plural = "Erinnerung an eine Zuwendung", "Erinnerungen an Zuwendungen"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["grant", "recipient", "step", "due"], name="grant_reminder_each_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.grant}: {self.step}"
