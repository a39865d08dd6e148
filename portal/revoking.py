"""Ends the personal link that a mail brought."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from ground.linking import revoke
from ground.models import Mail


@transaction.atomic
def revoke_link(*, mail_id: int, by: Any, now: datetime) -> int:
    """With it all links of the same person for the same purpose; how many that were."""
    require(by, Perm.RESEND_POST)
    link = Mail.objects.select_related("link").get(pk=mail_id).link
    return revoke(purpose=link.purpose, subject=link.subject, by=by, now=now) if link else 0
