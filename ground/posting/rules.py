"""How often and how long a mail is tried; what stands in its text for the link."""

from datetime import timedelta

LINK = "[persönlicher Link]"
"""Stands in a text for the address of its link, which is put in when the mail is sent and is never stored."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""After the first failed attempt a minute, after the last of them half a day: a server may be down over night."""

HANGS_AFTER = timedelta(minutes=10)
"""Without a result for so long, the worker is taken for dead. A conversation with the server ends much sooner."""


def pause_after(attempts: int) -> timedelta | None:
    """Until the next attempt; None after the last one."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
