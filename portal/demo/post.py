"""Mails of the last weeks: most arrived, one came back, one was refused. Nothing here is sent."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from ground import formats
from ground.models import Mail, MailState
from ground.posting.returning import CAME_BACK
from ground.posting.sending import REFUSED
from portal.demo.happening import Cast
from portal.demo.people import DOMAIN

ASKED = (-35, -14)
"""The days on which units were asked for the state of their measures."""
ASKED_OF = ("buergeramt", "fachbereich", "it", "it.netze", "kaemmerei", "schule", "soziales", "zentrale.dienste")
FULL = "452 4.2.2 Mailbox full, message expired after 5 days"
UNKNOWN = "550 5.1.1 Recipient address rejected: User unknown"
TEXT = """Guten Tag,

bitte melden Sie bis zum {until}, wie es um Ihre Maßnahmen steht. Hat sich nichts geändert, genügt „unverändert“.

{address}/arbeitsbereich/

Ihre Stabsstelle Digitalisierung
"""


def fill_outbox(cast: Cast) -> None:
    for offset in ASKED:
        for minute, mailbox in enumerate(ASKED_OF):
            _mail(cast, offset, minute, mailbox)


def _mail(cast: Cast, offset: int, minute: int, mailbox: str) -> None:
    asked, user = cast.moment(offset, 7, minute), cast.users[mailbox]
    day = timezone.localdate(asked)
    until = formats.day(cast.calendar.workday(offset + 10))
    key = f"beispiel:{day}:user-{user.pk}"
    Mail.objects.create(
        key=key,
        kind="status.asked",
        recipient=user,
        address=user.email,
        subject="Bitte um den Stand Ihrer Maßnahmen",
        text=TEXT.format(until=until, address=settings.SITE_URL),
        message_id=f"{day}.{user.pk}@{DOMAIN}",
        created_at=asked,
        send_after=asked,
        attempts=1,
        **_fate(cast, offset, mailbox, asked),
    )


def _fate(cast: Cast, offset: int, mailbox: str, asked: Any) -> dict[str, Any]:
    soon = asked + timedelta(seconds=20)
    if (offset, mailbox) == (ASKED[0], "soziales"):
        back = cast.moment(offset + 5, 8)
        returned = {"returned_at": back, "reason": CAME_BACK, "answer": FULL}
        return {"state": MailState.RETURNED, "sent_at": soon, **returned}
    if (offset, mailbox) == (ASKED[1], "it.netze"):
        return {"state": MailState.FAILED, "failed_at": soon, "reason": REFUSED, "answer": UNKNOWN}
    return {"state": MailState.SENT, "sent_at": soon}
