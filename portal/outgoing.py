"""The Postausgang in words: what was sent to whom, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse

from ground import formats
from ground.models import Mail, MailState
from ground.models.mail import UNDELIVERED

ERASED = "gelöscht"
OF_LATE = timedelta(days=30)
DONE = {MailState.SENT, MailState.CANCELLED}
LISTED = (
    *("subject", "recipient__name", "address", "state", "reason", "answer"),
    *("created_at", "send_after", "attempts"),
)


@dataclass(frozen=True)
class Row:
    day: str
    time: str
    subject: str
    url: str
    to: str
    address: str
    """Beside the name of an account; "" where `to` is the address already."""
    state: MailState
    note: str
    """Why it did not arrive, or when it is tried next; "" where there is nothing to say."""
    answer: str
    """The server's own words."""
    again_url: str


def rows(mails: Sequence[Mail]) -> list[Row]:
    return [row(mail) for mail in mails]


def row(mail: Mail) -> Row:
    state = MailState(mail.state)
    made = mail.created_at.astimezone(formats.BERLIN)
    return Row(
        day=formats.weekday_day(made.date()),
        time=formats.clock(made),
        subject=mail.subject,
        url=reverse("post_mail", args=[mail.pk]),
        to=_person(mail),
        address=mail.address if mail.recipient else "",
        state=state,
        note=_note(mail, state),
        answer=mail.answer if state != MailState.SENT else "",
        again_url=reverse("post_resend", args=[mail.pk]) if state in UNDELIVERED and mail.address else "",
    )


def _person(mail: Mail) -> str:
    return str(mail.recipient) if mail.recipient else mail.address or ERASED


def _note(mail: Mail, state: MailState) -> str:
    if state == MailState.WAITING and mail.attempts:
        return f"Der Mailserver war nicht bereit. Nächster Versuch: {formats.moment(mail.send_after)}."
    if state == MailState.WAITING and mail.send_after > mail.created_at:
        return f"Geht am {formats.moment(mail.send_after)} hinaus."
    return mail.reason


def counts() -> dict[str, int]:
    """Mails by state; states without one are missing."""
    return dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))


def choices(found: dict[str, int], chosen: str) -> list[tuple[str, str, bool]]:
    """Each state that occurs, with its count; the address that shows it; whether it is the one shown."""
    here = reverse("post")
    shown = [("Alle", sum(found.values()), here, not chosen)]
    shown += [
        (formats.sentence_start(str(one.label)), found[one], f"{here}?stand={one.value}", chosen == one)
        for one in MailState
        if one in found
    ]
    return [(f"{label} ({formats.whole(count)})", url, current) for label, count, url, current in shown]


def answer(found: dict[str, int]) -> str:
    """The sentence on top: what needs someone to look at it."""
    failed, returned = (found.get(state, 0) for state in UNDELIVERED)
    said = []
    if failed:
        said.append(f"{formats.counted(failed, 'Mail wurde', 'Mails wurden')} nicht versandt")
    if returned:
        said.append(f"{formats.counted(returned, 'Mail kam', 'Mails kamen')} zurück")
    if said:
        return f"{formats.sentence_start(', '.join(said))}."
    return "Alle Mails gingen hinaus, keine kam zurück." if set(found) <= DONE else "Keine Mail ist gescheitert."


def post_words(*, now: datetime) -> str:
    """For the desk: whether someone has to look, of the last weeks."""
    count = Mail.objects.undelivered().filter(created_at__gt=now - OF_LATE).count()
    if not count:
        return "Postausgang"
    return f"{formats.sentence_start(formats.counted(count, 'Mail kam', 'Mails kamen'))} nicht an"


def facts(mail: Mail) -> list[tuple[str, Any]]:
    moments = [
        ("Angelegt", mail.created_at),
        ("Versandt", mail.sent_at),
        ("Gescheitert", mail.failed_at),
        ("Zurückgekommen", mail.returned_at),
    ]
    said = [("An", f"{_person(mail)}, {mail.address}" if mail.recipient else _person(mail))]
    said += [(label, formats.moment(moment)) for label, moment in moments if moment]
    if mail.attempts > 1:
        said.append(("Versuche", formats.whole(mail.attempts)))
    return said
