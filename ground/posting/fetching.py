"""Fetches returned mails from the mailbox that BOUNCES_URL names.

Nothing is deleted: what has been taken is marked as read, and only what is unread is taken. A letter is recorded
before it is marked, and recording it twice changes nothing, so that a killed worker loses none.
"""

import imaplib
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings

from ground.posting.returning import take_return

log = logging.getLogger(__name__)

SECONDS = 20
AT_ONCE = 200
"""So many letters a run; the rest is taken by the next."""


def fetch_bounces(*, now: datetime) -> int:
    """How many mails came back. Where the mailbox cannot be reached a line is logged; the next run tries again."""
    if not settings.BOUNCES:
        return 0
    try:
        return sum(take_return(raw, now=now) is not None for raw in _unread(settings.BOUNCES))
    except (imaplib.IMAP4.error, OSError) as unreachable:
        log.warning("the mailbox of returned mails cannot be read: %s", type(unreachable).__name__)
        return 0


def _unread(mailbox: dict[str, Any]) -> Iterator[bytes]:
    """Each letter is marked as read once the caller asks for the next one."""
    connect = imaplib.IMAP4_SSL if mailbox["tls"] else imaplib.IMAP4
    with connect(mailbox["host"], mailbox["port"], timeout=SECONDS) as server:
        server.login(mailbox["username"], mailbox["password"])
        status, _ = server.select(f'"{mailbox["folder"]}"')
        if status != "OK":
            raise imaplib.IMAP4.error("no such folder")
        _, found = server.uid("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").split()[:AT_ONCE]:
            _, parts = server.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
            yield from (part[1] for part in parts if isinstance(part, tuple))
            server.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Seen)")
