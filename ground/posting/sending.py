"""Sends one mail, at most once: where nobody can know whether it went out, a person decides and no machine.

No transaction is open while a server is spoken to: the claim is committed before, the result after.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from ground.linking import LinkRefused
from ground.models import Mail, MailState
from ground.posting.message import LinkGone, message_of
from ground.posting.rules import pause_after

log = logging.getLogger(__name__)

REFUSED = "Der Mailserver des Empfängers oder der eigene hat die Mail abgelehnt."
GAVE_UP = "Der Mailserver hat die Mail auch nach mehreren Versuchen nicht angenommen."
UNCERTAIN = "Der Versand wurde unterbrochen; ob die Mail ankam, ist ungewiss."
LINK_ENDED = "Der Link in dieser Mail gilt nicht mehr."
NOT_MADE = "Aus diesem Eintrag ließ sich keine Mail machen."


@dataclass(frozen=True)
class Outcome:
    """`again` asks for another attempt; without it and without a `reason` the mail is sent."""

    reason: str = ""
    answer: str = ""
    again: bool = False


def send(*, mail_id: int, now: datetime | None = None) -> bool:
    """Whether it was sent now. May be called any number of times: the row is claimed by one conditional update."""
    with transaction.atomic(durable=True):
        mail = Mail.claim(mail_id, now=now)
    if mail is None:
        return False
    outcome = _delivered(mail)
    _record(mail, outcome, now or timezone.now())
    return outcome == Outcome()


def _delivered(mail: Mail) -> Outcome:
    try:
        message = message_of(mail)
    except (LinkRefused, LinkGone):
        return Outcome(LINK_ENDED)
    except Exception as broken:
        log.exception("mail %s was not made", mail.pk)
        return Outcome(NOT_MADE, _words(broken))
    mailer = mailers["default"]
    try:
        mailer.open()
    except Exception as unreachable:  # nothing was said of this mail yet, so that trying again harms nobody
        return Outcome(GAVE_UP, _words(unreachable), again=True)
    return _handed_over(mailer, message, mail)


def _handed_over(mailer: BaseEmailBackend, message: EmailMessage, mail: Mail) -> Outcome:
    try:
        mailer.send_messages([message])
    except smtplib.SMTPSenderRefused as refused:  # our own affair, to be mended by us: no fault of this mail
        return Outcome(GAVE_UP, _said(refused.smtp_code, refused.smtp_error), again=True)
    except smtplib.SMTPRecipientsRefused as refused:
        return _judged(*next(iter(refused.recipients.values())))
    except smtplib.SMTPResponseException as refused:
        return _judged(refused.smtp_code, refused.smtp_error)
    except ValueError as impossible:
        return Outcome(NOT_MADE, _words(impossible))
    except Exception as broken:
        log.exception("mail %s may have been sent", mail.pk)
        return Outcome(UNCERTAIN, _words(broken))
    finally:
        _close(mailer)
    return Outcome()


def _close(mailer: BaseEmailBackend) -> None:
    """The server has said what it has to say; how it parts changes nothing."""
    try:
        mailer.close()
    except (smtplib.SMTPException, OSError) as parting:
        log.info("mail server parted with %s", type(parting).__name__)


def _judged(code: int, sentence: bytes | str) -> Outcome:
    """RFC 5321, 4.2.1: 4yz may be better later, 5yz will not."""
    again = 400 <= code < 500
    return Outcome(GAVE_UP if again else REFUSED, _said(code, sentence), again=again)


def _said(code: int, sentence: bytes | str) -> str:
    words = sentence.decode("utf-8", "replace") if isinstance(sentence, bytes) else sentence
    return f"{code} {' '.join(words.split())}"[:1000]


def _words(reason: Exception) -> str:
    return f"{type(reason).__name__}: {reason}"[:1000]


def _record(mail: Mail, outcome: Outcome, now: datetime) -> None:
    mine, pause = Mail.objects.mine(mail), pause_after(mail.attempts)
    if outcome == Outcome():
        mine.update(state=MailState.SENT, sent_at=now, answer="")
    elif outcome.again and pause:
        mine.update(state=MailState.WAITING, send_after=now + pause, answer=outcome.answer)
    else:
        mine.update(state=MailState.FAILED, failed_at=now, reason=outcome.reason, answer=outcome.answer)
