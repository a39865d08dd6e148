"""Finds mails that wait although no worker was told, those whose worker was killed, and those nobody needs any more."""

from datetime import datetime

from ground.models import Mail, MailState, SignedLink
from ground.posting.rules import HANGS_AFTER
from ground.posting.sending import UNCERTAIN

AT_ONCE = 500
"""So many are sent to the workers in a minute; the oldest first."""


def sweep_mails(*, now: datetime) -> list[int]:
    """The mails to be sent to a worker now."""
    Mail.objects.hanging(now - HANGS_AFTER).update(state=MailState.FAILED, failed_at=now, reason=UNCERTAIN)
    Mail.objects.past_retention(now).delete()
    SignedLink.objects.past_use(now).delete()
    return list(Mail.objects.due(now).order_by("send_after", "pk").values_list("pk", flat=True)[:AT_ONCE])
