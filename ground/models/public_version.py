from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone


class PublicVersion(models.Model):
    """One row that counts what the public can see; caches and ETags hang on it."""

    number = models.PositiveBigIntegerField(default=1)
    raised_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="public_version_is_one")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> Self:
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def raise_(cls) -> None:
        """To be called in the transaction that changes what the public sees."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("The public version is raised in the transaction that publishes.")
        cls.current()
        cls.objects.filter(pk=1).update(number=F("number") + 1, raised_at=timezone.now())
