"""Reads what mail servers send back: which mail did not arrive, and why. Pure; bytes in, a `Return` or nothing out.

Knows delivery status notifications (RFC 3464) and the plain letters of servers that quote the mail or its recipient.
Absence notices and people's answers are no return, whatever they quote.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr

POSTMASTERS = ("mailer-daemon", "postmaster", "mail-daemon", "mdaemon")
LONGEST_REASON = 500
OF_RETURNED = re.compile(r"^[>\s]*Message-ID:\s*<([^<>\s]+@[^<>\s]+)>", re.IGNORECASE | re.MULTILINE)
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
CODE = re.compile(r"\b([45])(?:\d\d|\.\d{1,3}\.\d{1,3})\b(?![.:/])")


@dataclass(frozen=True)
class Return:
    """`message_id` without its brackets, or, where the server quotes none, "" and the `recipient`.

    Only a permanent one means that the mail did not arrive; else the server goes on trying.
    """

    message_id: str
    recipient: str
    permanent: bool
    reason: str


def read_return(raw: bytes) -> Return | None:
    """None for anything but a return: an answer, an absence notice, a confirmation, garbage."""
    letter = message_from_bytes(raw, policy=policy.compat32)
    if letter.get_content_type() == "multipart/report":
        return _report(letter)
    return _plain(letter) if _is_from_a_server(letter) else None


def _report(letter: Message) -> Return | None:
    fields = _status_of(letter)
    action = _first(fields, "Action").lower()
    if action not in ("failed", "delayed"):
        return None
    recipient = _first(fields, "Original-Recipient", "Final-Recipient").rpartition(";")[2]
    reason = _first(fields, "Diagnostic-Code").partition(";")[2] or _first(fields, "Status")
    return Return(_id_in(letter), _address_in(recipient), action == "failed", _tidy(reason))


def _status_of(letter: Message) -> list[Message]:
    """The blocks about recipients; the first block is about the server."""
    for part in letter.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            blocks = part.get_payload()
            return [block for block in blocks if isinstance(block, Message)] if isinstance(blocks, list) else []
    return []


def _first(blocks: list[Message], *names: str) -> str:
    return next((str(block[name]).strip() for name in names for block in blocks if block[name]), "")


def _is_from_a_server(letter: Message) -> bool:
    if str(letter.get("Auto-Submitted", "")).lower().startswith("auto-replied") and not letter["X-Failed-Recipients"]:
        return False
    sender = parseaddr(str(letter.get("From", "")))[1].partition("@")[0].lower()
    return sender in POSTMASTERS


def _plain(letter: Message) -> Return | None:
    text = _text(letter)
    own_words = OF_RETURNED.split(text)[0]
    recipient = _address_in(str(letter.get("X-Failed-Recipients", ""))) or _address_in(own_words)
    message_id = _id_in(letter)
    if not (message_id or recipient):
        return None
    code = CODE.search(own_words)
    line = next((line for line in own_words.splitlines() if code and code[0] in line), "")
    return Return(message_id, recipient, not code or code[1] == "5", _tidy(line or str(letter.get("Subject", ""))))


def _id_in(letter: Message) -> str:
    """Of the mail that came back: in the part that quotes it, whole or its head only, else in the text."""
    parts = [part for part in letter.walk() if part is not letter]
    quoted = next((part["Message-ID"] for part in parts if part["Message-ID"]), None)
    found = OF_RETURNED.search(f"Message-ID: {quoted}" if quoted else _text(letter))
    return found[1] if found else ""


def _text(letter: Message) -> str:
    said = []
    for part in letter.walk():
        if part.get_content_type() in ("text/plain", "text/rfc822-headers"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                said.append(content.decode("utf-8", "replace"))
    return "\n".join(said)


def _address_in(text: str) -> str:
    found = ADDRESS.search(text)
    return found[0].lower() if found else ""


def _tidy(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]
