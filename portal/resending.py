"""Sends a mail again that did not arrive."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from ground.journal import Entry, record
from ground.models import Mail
from ground.posting.outbox import send_again


class NotToBeSentAgain(Exception):
    """It neither failed nor came back, or its address has been erased."""


@transaction.atomic
def resend(*, mail_id: int, by: Any, now: datetime) -> Mail:
    """Goes to the address that the recipient has today. Raises NotToBeSentAgain."""
    require(by, Perm.RESEND_POST)
    if not send_again(mail_id=mail_id, now=now):
        raise NotToBeSentAgain
    mail = Mail.objects.get(pk=mail_id)
    record(Entry(subject=mail, kind="mail.resent", title="Mail erneut versandt"), by=by, at=now)
    return mail
