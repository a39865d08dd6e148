from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models

LIFETIME = timedelta(hours=24)


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    def own(self, user: Any, now: datetime) -> Self:
        return self.filter(user=user, created_at__gt=now - LIFETIME)

    def expired(self, now: datetime) -> Self:
        return self.filter(created_at__lte=now - LIFETIME)


class ImportDraft(models.Model):
    """An uploaded list between upload and taking over. Kept for LIFETIME; once taken over its content is gone.

    `mapping` names a column of ours (or "") for each column of the file; `meanings` says what words of the list mean
    that the portal does not know (`masterplan.importing.meanings`); `versions` are those of the measures that
    the last preview was made from, by number; `result` counts what was taken over.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("Dateiname", max_length=120)
    content = models.BinaryField()
    mapping = models.JSONField(default=list)
    meanings = models.JSONField(default=dict)
    versions = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField("hochgeladen am", db_index=True)

    objects = ImportDraftQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "hochgeladene Liste", "hochgeladene Listen"

    def __str__(self) -> str:
        return self.name
