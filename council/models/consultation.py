from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from council.models.bodies import Committee, Meeting
from council.models.paper import Paper


class ConsultationRole(models.TextChoices):
    """OParl: role."""

    PREPARATION = "PREPARATION", "Vorberatung"
    DECISION = "DECISION", "Entscheidung"
    NOTE = "NOTE", "Kenntnisnahme"
    HEARING = "HEARING", "Anhörung"


class Consultation(models.Model):
    """Station of a paper's Beratungsfolge; those of one position are parallel. Its item names it, not the other way."""

    paper = models.ForeignKey(Paper, verbose_name="Vorlage", on_delete=models.PROTECT, related_name="consultations")
    position = models.PositiveSmallIntegerField("Platz in der Beratungsfolge")
    committee = models.ForeignKey(
        Committee, verbose_name="Gremium", on_delete=models.PROTECT, related_name="consultations"
    )
    role = models.CharField("Aufgabe", max_length=12, choices=ConsultationRole.choices)
    authoritative = models.BooleanField("entscheidet abschließend", default=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name="Sitzung", null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
    in_writing = models.BooleanField("Umlaufverfahren", default=False)

    class Meta:
        verbose_name, verbose_name_plural = "Station", "Beratungsfolge"
        ordering = ["paper", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_writing=False) | Q(meeting=None),
                name="consultation_in_writing_or_in_a_meeting",
                violation_error_message="Im Umlaufverfahren gibt es keine Sitzung.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="consultation_position_from_one",
                violation_error_message="Die Beratungsfolge beginnt mit Platz 1.",
            ),
            models.UniqueConstraint(
                fields=["paper", "meeting"],
                name="consultation_once_in_a_meeting",
                violation_error_message="Die Vorlage hat in dieser Sitzung schon eine Station.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper.reference}: {self.committee.short_name}"

    def clean(self) -> None:
        if self.meeting and self.committee_id:
            self._check_meeting(self.meeting)
        if self.pk and self._item_stays_behind():
            raise ValidationError({"meeting": "Die Station steht auf der Tagesordnung ihrer bisherigen Sitzung."})
        others = set(
            Consultation.objects.filter(paper=self.paper_id).exclude(pk=self.pk).values_list("position", flat=True)
        )
        places = others | {self.position}
        if self.position and places != set(range(1, len(places) + 1)):
            raise ValidationError(
                {"position": "Die Beratungsfolge hätte eine Lücke. Zählen Sie von 1 an, ohne einen Platz auszulassen."}
            )

    def _check_meeting(self, meeting: Meeting) -> None:
        if meeting.committee_id != self.committee_id:
            raise ValidationError({"meeting": "Das ist keine Sitzung dieses Gremiums."})
        if timezone.localdate(meeting.start) < self.paper.date:
            raise ValidationError({"meeting": "Die Sitzung liegt vor dem Datum der Vorlage."})

    def _item_stays_behind(self) -> bool:
        from_meeting = Consultation.objects.filter(pk=self.pk, agenda_item__isnull=False)
        return from_meeting.exclude(meeting=self.meeting_id).exists()
