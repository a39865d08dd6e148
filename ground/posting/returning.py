"""Records that a mail came back."""

from datetime import datetime, timedelta

from ground.models import Mail, MailState
from ground.posting.bounces import Return, read_return

CAME_BACK = "Die Mail kam zurück: Der Mailserver des Empfängers hat sie nicht zugestellt."
RECENT = timedelta(days=14)
"""So long after it was sent a return without our Message-ID is still taken for its own. Servers give up after five."""


def take_return(raw: bytes, *, now: datetime) -> Mail | None:
    """The mail that came back; None where this is no return, only tells of a delay, or is of a mail not known here.

    May be called any number of times with the same letter.
    """
    returned = read_return(raw)
    mail = _meant(returned, now) if returned and returned.permanent else None
    if mail is None or returned is None:
        return None
    news = {"state": MailState.RETURNED, "returned_at": now, "reason": CAME_BACK, "answer": returned.reason}
    return mail if Mail.objects.filter(pk=mail.pk, state=MailState.SENT).update(**news) else None


def _meant(returned: Return, now: datetime) -> Mail | None:
    sent = Mail.objects.filter(state=MailState.SENT)
    if returned.message_id:
        return sent.filter(message_id=returned.message_id).first()
    recent = sent.filter(address__iexact=returned.recipient, sent_at__gt=now - RECENT)
    return recent.order_by("-sent_at", "-pk").first()
