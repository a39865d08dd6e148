import hashlib
from typing import Self

from django.db import models
from django.utils import timezone

from ground.models.append_only import AppendOnlyQuerySet, AppendOnlyRow


class DocumentQuerySet(AppendOnlyQuerySet["Document"]):
    def keep(self) -> None:
        """From now on for ever: what was public, resolved or reported."""
        models.QuerySet.update(self.filter(kept=False), kept=True)

    def erase(self) -> None:
        """Those alone that nothing has to keep."""
        models.QuerySet.delete(self.filter(kept=False))


class Document(AppendOnlyRow):
    """A stored file, never changed. Never deleted, too, unless it was stored as one that is not kept yet.

    Its bytes stand in the database, so that web processes keep no state and one dump saves all.
    """

    name = models.CharField("Dateiname", max_length=120)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="in Byte")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    kept = models.BooleanField("für immer", default=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Dokument", "Dokumente"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def store(cls, *, name: str, media_type: str, content: bytes, kept: bool = True) -> Self:
        return cls.objects.create(
            name=name,
            media_type=media_type,
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            kept=kept,
        )
