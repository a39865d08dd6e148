"""The mails of the round of updates as the portal writes them: most arrived, one came back, one was refused.

Nothing here is sent.
"""

from datetime import timedelta
from typing import Any

from ground.models import Mail, MailState
from ground.posting.returning import CAME_BACK
from ground.posting.sending import REFUSED
from masterplan.reminding.mailing import remind
from portal.demo.happening import Cast

FULL = "452 4.2.2 Mailbox full, message expired after 5 days"
UNKNOWN = "550 5.1.1 Recipient address rejected: User unknown"
RETURNED_TO, REFUSED_TO = "kita", "schule"


def ask_by_mail(cast: Cast, *, since: int) -> None:
    """On the first working day from then on."""
    for offset in range(since, 0):
        if remind(now=cast.moment(offset, 7, 30)):
            return


def deliver(cast: Cast) -> None:
    for mail in Mail.objects.filter(state=MailState.WAITING):
        Mail.objects.filter(pk=mail.pk).update(attempts=1, **_fate(cast, mail))


def _fate(cast: Cast, mail: Mail) -> dict[str, Any]:
    soon = mail.created_at + timedelta(seconds=20)
    if mail.recipient == cast.users[RETURNED_TO]:
        back = {"returned_at": soon + timedelta(days=5), "reason": CAME_BACK, "answer": FULL}
        return {"state": MailState.RETURNED, "sent_at": soon, **back}
    if mail.recipient == cast.users[REFUSED_TO]:
        return {"state": MailState.FAILED, "failed_at": soon, "reason": REFUSED, "answer": UNKNOWN}
    return {"state": MailState.SENT, "sent_at": soon}
