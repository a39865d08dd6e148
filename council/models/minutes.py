from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from council.models.bodies import Meeting


class Minutes(models.Model):
    """Niederschrift of a meeting; what it resolved is vorläufig until `approved_on`. Its files, public or not, are
    `File` rows."""

    meeting = models.OneToOneField(Meeting, verbose_name="Sitzung", on_delete=models.PROTECT, related_name="minutes")
    approved_on = models.DateField(
        "genehmigt am", null=True, blank=True, help_text="Leer: Die Ergebnisse sind noch vorläufig."
    )
    approved_in = models.ForeignKey(
        Meeting,
        verbose_name="genehmigt in der Sitzung",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="minutes_approved",
    )

    class Meta:
        verbose_name, verbose_name_plural = "Niederschrift", "Niederschriften"
        ordering = ["-meeting__start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_in=None) | Q(approved_on__isnull=False),
                name="minutes_approved_in_a_meeting_on_a_day",
                violation_error_message="Nennen Sie auch den Tag der Genehmigung.",
            )
        ]

    def __str__(self) -> str:
        return f"Niederschrift {self.meeting}"

    def clean(self) -> None:
        if self.meeting.start > timezone.now():
            raise ValidationError("Die Sitzung war noch nicht.")
        if self.approved_on and self.approved_on < timezone.localdate(self.meeting.start):
            raise ValidationError({"approved_on": "Die Genehmigung liegt vor der Sitzung."})
        if self.approved_in and self.approved_in.start <= self.meeting.start:
            raise ValidationError({"approved_in": "Genehmigt wird in einer späteren Sitzung."})
