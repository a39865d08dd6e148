import hashlib
from typing import Self

from django.db import models
from django.utils import timezone

from ground.models.append_only import AppendOnlyQuerySet, AppendOnlyRow


class Document(AppendOnlyRow):
    """A stored file, never changed and never deleted.

    Its bytes stand in the database, so that web processes keep no state and one dump saves all.
    """

    name = models.CharField("Dateiname", max_length=120)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="in Byte")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["Document"].as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Dokument", "Dokumente"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def store(cls, *, name: str, media_type: str, content: bytes) -> Self:
        return cls.objects.create(
            name=name,
            media_type=media_type,
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
