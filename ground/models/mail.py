from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ground.choices import ShownChoices
from ground.models.signed_link import SignedLink

KEPT_FOR = timedelta(days=365)
"""Then a mail is erased, its key with it: a sweep that posts what is due looks back a shorter time than this."""


class MailState(ShownChoices):
    WAITING = "WAITING", "pause", "open", "wartet"
    SENDING = "SENDING", "arrow-right", "open", "wird versandt"
    SENT = "SENT", "check", "good", "versandt"
    FAILED = "FAILED", "diamond", "critical", "nicht versandt"
    RETURNED = "RETURNED", "triangle", "critical", "kam zurück"
    CANCELLED = "CANCELLED", "cross", "still", "zurückgezogen"


UNDELIVERED = (MailState.FAILED, MailState.RETURNED)
"""What can be sent again: it did not arrive, or nobody knows."""


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=MailState.WAITING, send_after__lte=now)

    def hanging(self, since: datetime) -> Self:
        """Claimed before then, and no word since: the worker is gone, and nobody knows whether the mail went out."""
        return self.filter(state=MailState.SENDING, claimed_at__lt=since)

    def mine(self, claimed: "Mail") -> Self:
        """The claimed row while this attempt still has it."""
        return self.filter(pk=claimed.pk, state=MailState.SENDING, claimed_at=claimed.claimed_at)

    def undelivered(self) -> Self:
        return self.filter(state__in=UNDELIVERED)

    def past_retention(self, now: datetime) -> Self:
        """Old and finished; what still waits is kept."""
        return self.filter(created_at__lt=now - KEPT_FOR).exclude(state__in=[MailState.WAITING, MailState.SENDING])


class Mail(models.Model):
    """A mail to one person, before, while and after it is sent: the memory by which none is lost or sent twice.

    Neither subject nor link holds anything confidential; that is up to whoever posts it. The text may, as much as the
    recipient may read. Where the personal link goes, the text says `ground.posting.outbox.LINK`: the address itself
    is never stored. Name and address are no fact to be kept: `ground.posting.outbox.erase` takes them out of every row.
    """

    key = models.CharField(
        max_length=200, unique=True, help_text="wofür und an wen, wie statusabfrage:2026-11-24:user-12"
    )
    kind = models.CharField("Art", max_length=60, help_text="Schlüssel wie status.asked")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="an", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField("Adresse", max_length=254, blank=True, help_text="wie versandt; leer, wenn gelöscht")
    subject = models.CharField("Betreff", max_length=150)
    text = models.TextField("Text", blank=True)
    link = models.ForeignKey(SignedLink, null=True, on_delete=models.SET_NULL, related_name="+")
    message_id = models.CharField(max_length=200, unique=True, help_text="ohne spitze Klammern")
    created_at = models.DateTimeField("angelegt")
    state = models.CharField("Stand", max_length=10, choices=MailState.choices, default=MailState.WAITING)
    send_after = models.DateTimeField("frühestens")
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("versandt", null=True)
    failed_at = models.DateTimeField("gescheitert", null=True)
    returned_at = models.DateTimeField("zurückgekommen", null=True)
    reason = models.TextField("Grund", blank=True)
    answer = models.TextField("Antwort des Mailservers", blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Mail", "Postausgang"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
            models.Index(fields=["state", "send_after"], name="mail_due"),
            models.Index(fields=["address", "-sent_at"], name="mail_sent_to"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=~Q(state="SENDING") | Q(claimed_at__isnull=False), name="mail_sending_is_claimed"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["SENT", "RETURNED"], sent_at__isnull=False)
                | ~Q(state__in=["SENT", "RETURNED"]) & Q(sent_at__isnull=True),
                name="mail_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="FAILED", failed_at__isnull=False) | ~Q(state="FAILED") & Q(failed_at__isnull=True),
                name="mail_failed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="RETURNED", returned_at__isnull=False)
                | ~Q(state="RETURNED") & Q(returned_at__isnull=True),
                name="mail_returned_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["FAILED", "RETURNED"]) & ~Q(reason="")
                | ~Q(state__in=["FAILED", "RETURNED"]) & Q(reason=""),
                name="mail_undelivered_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["WAITING", "SENDING"]) | ~Q(address=""), name="mail_to_be_sent_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def claim(cls, pk: int, *, now: datetime | None = None) -> "Mail | None":
        """The row, with one attempt more, where this caller is to send it; None if another is, it is done or gone."""
        moment = now or timezone.now()
        won = (
            cls.objects.filter(pk=pk)
            .due(moment)
            .update(state=MailState.SENDING, attempts=F("attempts") + 1, claimed_at=moment)
        )
        return cls.objects.select_related("link__for_user").filter(pk=pk).first() if won else None
