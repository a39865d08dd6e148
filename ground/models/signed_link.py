import secrets
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

NONCE_BYTES = 12
KEPT_AFTER_EXPIRY = timedelta(days=30)
"""Until then someone who comes late reads that the link has expired, instead of that there is none."""


def new_nonce() -> str:
    """Names the row in its token; says nothing and opens nothing."""
    return secrets.token_urlsafe(NONCE_BYTES)


class SignedLinkQuerySet(models.QuerySet["SignedLink"]):
    def in_force(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now)

    def past_use(self, now: datetime) -> Self:
        return self.filter(expires_at__lt=now - KEPT_AFTER_EXPIRY)


class SignedLink(models.Model):
    """Lets whoever holds its token open one page about one thing, until a day or until it is revoked.

    The token is not stored and does not follow from the row alone: `ground.linking.token_of` signs it with
    SECRET_KEY. So a copy of the database opens nothing, and a new SECRET_KEY ends all links.
    """

    purpose = models.CharField(max_length=60, help_text="Name der Adresse, die er öffnet")
    subject = models.CharField(max_length=120, help_text="wovon die Seite handelt, wie user:12")
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="für", null=True, on_delete=models.CASCADE, related_name="+"
    )
    nonce = models.CharField(max_length=22, unique=True, default=new_nonce)
    created_at = models.DateTimeField("angelegt")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="von", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField("gilt bis")
    revoked_at = models.DateTimeField("widerrufen", null=True)
    last_used_at = models.DateTimeField("zuletzt benutzt", null=True, help_text="abgeschickt; Öffnen zählt nicht")

    objects = SignedLinkQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "persönlicher Link", "persönliche Links"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["purpose", "subject"], name="signed_link_about")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="signed_link_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"
