from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ground.models import AppendOnly
from masterplan.models.measure import Measure


class UpdateState(models.TextChoices):
    DRAFT = "DRAFT", "Entwurf"
    SUBMITTED = "SUBMITTED", "abgeschickt"
    APPROVED = "APPROVED", "freigegeben"
    RETURNED = "RETURNED", "zurückgegeben"


class StatusUpdateQuerySet(models.QuerySet["StatusUpdate"]):
    def approved(self) -> Self:
        return self.filter(state=UpdateState.APPROVED)

    def with_public_sentence(self) -> Self:
        return self.approved().exclude(public_sentence="")

    def update(self, **kwargs: Any) -> int:
        self._refuse_approved()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_approved()
        return super().delete()

    update.alters_data = delete.alters_data = delete.queryset_only = True  # type: ignore[attr-defined]

    def _refuse_approved(self) -> None:
        if self.approved().exists():
            raise AppendOnly


class StatusUpdate(models.Model):
    """Statusmeldung: the only way in which phase, health, progress and dates of a measure change.

    `values` holds the new values by field name, `before` those they replaced; dates as ISO text.
    `reason` and `public_sentence` may be published; `cause`, `remarks` and `contradiction` stay inside.
    Once approved it is never changed or deleted; on PostgreSQL the table refuses as well.
    """

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.PROTECT, related_name="updates")
    state = models.CharField("Stand", max_length=12, choices=UpdateState.choices)
    values = models.JSONField("neue Werte", default=dict)
    before = models.JSONField("bisherige Werte", default=dict)
    reason = models.TextField("Grund", blank=True)
    public_sentence = models.CharField("Öffentlicher Satz", max_length=400, blank=True)
    cause = models.TextField("Ursache (intern)", blank=True)
    remarks = models.TextField("Bemerkungen (intern)", blank=True)
    contradiction = models.TextField("Widerspruch zu den Kriterien (intern)", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("angelegt am")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("entschieden am", null=True)

    objects = StatusUpdateQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Statusmeldung", "Statusmeldungen"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["measure", "state", "-decided_at"], name="update_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["APPROVED", "RETURNED"], decided_at__isnull=False)
                | Q(state__in=["DRAFT", "SUBMITTED"], decided_at=None),
                name="update_decided_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure.number}: {self.get_state_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_approved()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_approved()
        return super().delete(*args, **kwargs)

    def _refuse_approved(self) -> None:
        if self.pk and StatusUpdate.objects.approved().filter(pk=self.pk).exists():
            raise AppendOnly
