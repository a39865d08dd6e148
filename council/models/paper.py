from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.access import Perm
from accounts.models import Unit
from council.models.bodies import Committee
from council.models.faction import Faction


class PaperKind(models.TextChoices):
    RESOLUTION = "RESOLUTION", "Beschlussvorlage"
    NOTICE = "NOTICE", "Mitteilungsvorlage"
    MOTION = "MOTION", "Antrag"
    INQUIRY = "INQUIRY", "Anfrage"


class PaperQuerySet(models.QuerySet["Paper"]):
    def released(self) -> Self:
        return self.filter(released_at__isnull=False)

    def open_to(self, user: Any, today: date) -> Self:
        """Those whose part that is not public `user` reads once they are released: of the council as the membership of
        the day says, of the administration what its own unit brings."""
        if user.has_perm(Perm.READ_CLOSED_PAPERS):
            return self.all()
        if user.has_perm(Perm.OPEN_WORKSPACE):
            return self.filter(unit__isnull=False, unit=user.unit_id)
        committees = Committee.objects.open_to(user, today).order_by()
        return self.filter(pk__in=Paper.objects.filter(consultations__committee__in=committees).values("pk"))

    def visible_to(self, user: Any, today: date) -> Self:
        if user.has_perm(Perm.EDIT_MEETINGS):
            return self.all()
        if not user.has_perm(Perm.READ_MEETINGS):
            return self.none()
        own = Paper.objects.open_to(user, today).order_by().values("pk")
        return self.released().filter(Q(public=True) | Q(pk__in=own))


class Paper(models.Model):
    """Vorlage. Shown to nobody but the Ratsbüro before `released_at`; the way to the Freigabe comes before that day."""

    reference = models.CharField(
        "Vorlagennummer",
        max_length=40,
        unique=True,
        error_messages={"unique": "Diese Vorlagennummer gibt es schon."},
    )
    kind = models.CharField("Art", max_length=12, choices=PaperKind.choices)
    name = models.CharField("Betreff", max_length=240)
    date = models.DateField("Datum")
    unit = models.ForeignKey(
        Unit, verbose_name="Organisationseinheit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    faction = models.ForeignKey(
        Faction,
        verbose_name="Fraktion oder Gruppe",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
    )
    public = models.BooleanField("öffentlich", default=True)
    released_at = models.DateTimeField("freigegeben", null=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Vorlage", "Vorlagen"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None) | Q(faction=None),
                name="paper_from_a_unit_or_a_faction",
                violation_error_message="Eine Vorlage kommt aus der Verwaltung oder aus der Politik, nicht aus beiden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    def clean(self) -> None:
        if not self.pk:
            return
        stations = self.consultations.select_related("meeting", "committee")
        if not self.public and stations.filter(agenda_item__public=True).exists():
            raise ValidationError(
                {"public": "Die Vorlage steht auf einer öffentlichen Tagesordnung. Ändern Sie zuerst diesen Punkt."}
            )
        if self.date and (earlier := stations.filter(meeting__start__date__lt=self.date).first()):
            raise ValidationError({"date": f"Die Sitzung {earlier.meeting} liegt vor dem Datum der Vorlage."})
