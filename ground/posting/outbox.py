"""Puts mails into the Postausgang, takes them back, sends them again, takes persons out of them.

    post(key="statusabfrage:2026-11-24:user-12", kind="status.asked", recipient=user, subject="…", text="… " + LINK,
         link=link, now=now)

in the transaction that makes the mail necessary: both are kept, or neither. The same key never makes a second mail.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import make_msgid
from django.db import transaction
from django.db.models import OuterRef, Subquery

from ground import tasks
from ground.models import Mail, MailState, SignedLink
from ground.posting.rules import LINK as LINK


class LinkHasNoPlace(Exception):
    """A text comes with a link and has no place for it, or the other way round."""


class NoAddress(Exception):
    """The recipient has no e-mail address."""


@transaction.atomic
def post(
    *,
    key: str,
    kind: str,
    recipient: Any = None,
    address: str = "",
    subject: str,
    text: str,
    link: SignedLink | None = None,
    send_after: datetime | None = None,
    now: datetime,
) -> Mail:
    """The mail of this key, new or as it was posted before, whoever comes first; sent soon after the commit.

    `recipient` is an account, `address` someone without one. Neither `subject` nor `key` may say anything
    confidential. Raises LinkHasNoPlace and NoAddress.
    """
    if (LINK in text) != (link is not None):
        raise LinkHasNoPlace(key)
    if not (to := recipient.email if recipient else address):
        raise NoAddress(key)
    values = {
        "kind": kind,
        "recipient": recipient,
        "address": to,
        "subject": " ".join(subject.split()),
        "text": text,
        "link": link,
        "message_id": make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]).strip("<>"),
        "created_at": now,
        "send_after": send_after or now,
    }
    mail, is_new = Mail.objects.get_or_create(key=key, defaults=values)
    if is_new and mail.send_after <= now:
        _send_on_commit(mail.pk)
    return mail


def cancel(*keys: str) -> int:
    """Takes back what has not been sent yet; how many that were. What a worker has in hand goes out."""
    return Mail.objects.filter(key__in=keys, state=MailState.WAITING).update(state=MailState.CANCELLED)


@transaction.atomic
def send_again(*, mail_id: int, now: datetime) -> bool:
    """To the address that the recipient has today; False where the mail neither failed nor came back, or is erased.

    The caller checks the right to and names the author in the journal.
    """
    again = Mail.objects.filter(pk=mail_id).undelivered().exclude(address="")
    of_today = get_user_model().objects.filter(pk=OuterRef("recipient_id")).values("email")
    again.filter(recipient__isnull=False).update(address=Subquery(of_today))
    fresh = {"attempts": 0, "claimed_at": None, "sent_at": None, "failed_at": None, "returned_at": None}
    if not again.update(state=MailState.WAITING, send_after=now, reason="", answer="", **fresh):
        return False
    _send_on_commit(mail_id)
    return True


@transaction.atomic
def erase(*, recipient: Any = None, address: str = "") -> int:
    """Takes a person out of all mails to them: address, text, what servers said. That and when one was sent stays, so
    that none is sent again. What waits is cancelled; what a worker has in hand is left and wants a second call."""
    mails = Mail.objects.filter(recipient=recipient) if recipient else Mail.objects.filter(address__iexact=address)
    mails.filter(state=MailState.WAITING).update(state=MailState.CANCELLED)
    done = mails.exclude(state=MailState.SENDING)
    return done.update(recipient=None, address="", subject="(gelöscht)", text="", answer="", link=None)


def _send_on_commit(mail_id: int) -> None:
    transaction.on_commit(partial(tasks.send_mail.delay, mail_id), robust=True)
