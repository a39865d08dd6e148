from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.access import Perm
from council.models.bodies import Committee, Meeting
from council.models.consultation import Consultation
from council.models.paper import Paper


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def in_public(self) -> Self:
        return self.filter(public=True, meeting__committee__meets_in_public=True)

    def visible_to(self, user: Any, today: date) -> Self:
        """The public part for everyone who may open the meeting, the other for those entitled; nothing of a paper that
        is not released."""
        if user.has_perm(Perm.EDIT_MEETINGS):
            return self.all()
        shown = self.filter(meeting__in=Meeting.objects.visible_to(user, today).order_by()).filter(
            Q(consultation=None) | Q(consultation__paper__released_at__isnull=False)
        )
        if user.has_perm(Perm.READ_CLOSED_PAPERS):
            return shown
        if user.has_perm(Perm.OPEN_WORKSPACE):
            own = Paper.objects.open_to(user, today).order_by()
            closed = Q(consultation__paper__in=own)
        else:
            closed = Q(meeting__committee__in=Committee.objects.open_to(user, today).order_by())
        return shown.filter(Q(public=True, meeting__committee__meets_in_public=True) | closed)


class AgendaItem(models.Model):
    """Tagesordnungspunkt of the public or the other part of a meeting."""

    meeting = models.ForeignKey(Meeting, verbose_name="Sitzung", on_delete=models.PROTECT, related_name="agenda_items")
    number = models.CharField("Nummer", max_length=12, help_text="Wie in der Einladung, zum Beispiel Ö 4 oder N 2.")
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1, editable=False)
    name = models.CharField("Betreff", max_length=240)
    public = models.BooleanField("öffentlich", default=True)
    consultation = models.OneToOneField(
        Consultation,
        verbose_name="Vorlage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_item",
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Tagesordnungspunkt", "Tagesordnung"
        ordering = ["meeting", "-public", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="agenda_item_number_once_in_a_meeting",
                violation_error_message="Diese Nummer steht schon auf der Tagesordnung.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        if self.public and not self.meeting.committee.meets_in_public:
            raise ValidationError({"public": "Dieses Gremium tagt nichtöffentlich."})
        if not self.consultation:
            return
        if self.consultation.meeting_id != self.meeting_id:
            raise ValidationError({"consultation": "Diese Vorlage ist nicht für diese Sitzung vorgesehen."})
        if self.public and not self.consultation.paper.public:
            raise ValidationError({"public": "Die Vorlage ist nichtöffentlich; der Punkt gehört in diesen Teil."})
