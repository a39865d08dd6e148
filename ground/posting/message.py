"""The mail as it goes over the wire."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import NoReverseMatch

from ground.linking import address_of, check
from ground.models import Mail, Town
from ground.posting.rules import LINK

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""RFC 3834, and its elder among Microsoft's servers: nobody's absence notice shall answer this mail."""


class LinkGone(Exception):
    """The text has a place for a link, and the link is no longer there or its page is not."""


def message_of(mail: Mail) -> EmailMessage:
    """Answers go to the town's own mailbox, where it has named one; mails that come back go to the sender's.

    Raises a LinkRefused or LinkGone where the link would open nothing.
    """
    office = Town.objects.values_list("email", flat=True).first()
    return EmailMessage(
        subject=mail.subject,
        body=_with_link(mail),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.address],
        reply_to=[office] if office else None,
        headers={**AUTOMATIC, "Message-ID": f"<{mail.message_id}>"},
    )


def _with_link(mail: Mail) -> str:
    if LINK not in mail.text:
        return mail.text
    if mail.link is None:
        raise LinkGone
    check(mail.link, now=mail.claimed_at or mail.send_after)
    try:
        return mail.text.replace(LINK, address_of(mail.link))
    except NoReverseMatch:
        raise LinkGone from None  # its message holds the token
