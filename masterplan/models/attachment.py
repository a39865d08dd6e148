from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User
from ground.history import TrackedQuerySet
from ground.models import Document
from masterplan.models.measure import Measure
from masterplan.models.measure_row import MeasureRow


class AttachmentKind(models.TextChoices):
    FILE = "FILE", "Datei"
    LINK = "LINK", "Link"


class AttachmentQuerySet(TrackedQuerySet["Attachment"]):
    def current(self) -> Self:
        return self.filter(withdrawn_at=None)

    def published(self) -> Self:
        """What the public may see now: told so one by one, and of public measures only."""
        return self.current().filter(public=True, measure__in=Measure.objects.published())

    def visible_to(self, user: Any) -> Self:
        """Who sees a measure in the workspace sees what is attached to it."""
        return self.current().filter(measure__in=Measure.objects.visible_to(user))

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class Attachment(MeasureRow):
    """Unterlage: a file or a link that belongs to a measure. Written by `masterplan.attaching` alone."""

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField("Art", max_length=4, choices=AttachmentKind.choices, editable=False)
    title = models.CharField("Titel", max_length=120)
    document = models.ForeignKey(
        Document, verbose_name="Datei", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    url = models.URLField("Adresse", max_length=500, blank=True)
    public = models.BooleanField("öffentlich", default=False)
    published_at = models.DateTimeField("zuerst veröffentlicht", null=True, editable=False)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1, editable=False)
    added_by = models.ForeignKey(
        User, verbose_name="hinzugefügt von", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField("hinzugefügt am", default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField("zurückgezogen", null=True, editable=False)

    history = HistoricalRecords()
    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Unterlage", "Unterlagen"
        ordering = ["measure", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="FILE", document__isnull=False, url="")
                | Q(kind="LINK", document=None) & (Q(url__startswith="https://") | Q(url__startswith="http://")),
                name="attachment_is_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(public=False) | Q(published_at__isnull=False, withdrawn_at=None),
                name="attachment_public_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="attachment_withdrawn_was_public",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept(self) -> bool:
        """Public once: from then on it is withdrawn and never removed."""
        return self.published_at is not None
