"""Links that open one page without a login: made, opened, used, revoked.

A token is the row's nonce and a signature of what the link is for. Nothing of it is stored, so that neither the
database nor the text of a kept mail opens anything. A new SECRET_KEY ends all links.
"""

import base64
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from ground.journal import Entry, record
from ground.models import SignedLink

SALT = "ground.linking"
SIGNATURE_BYTES = 18
"""144 bits: more than can be guessed, short enough that mail programs do not break the line."""


class LinkRefused(Exception):
    """The token opens nothing."""


class LinkForged(LinkRefused):
    """No such link: cut off, mistyped, made up, for another page, or signed with a former key."""


class LinkExpired(LinkRefused):
    """It was a link; its time is over."""


class LinkRevoked(LinkRefused):
    """It was a link; it was taken back, or the person it was for no longer has an account."""


def make_link(
    *, purpose: str, subject: str, expires_at: datetime, now: datetime, for_user: Any = None, by: Any
) -> SignedLink:
    """`purpose` is the name of the address that it opens, whose one parameter is `token`."""
    return SignedLink.objects.create(
        purpose=purpose, subject=subject, for_user=for_user, created_at=now, expires_at=expires_at, created_by=by
    )


def token_of(link: SignedLink) -> str:
    return f"{link.nonce}{_signature(link)}"


def address_of(link: SignedLink) -> str:
    """With scheme and host, for a mail. Must be shown to nobody but the one it is for, and never logged."""
    return f"{settings.SITE_URL}{reverse(link.purpose, args=[token_of(link)])}"


def open_link(token: str, *, purpose: str, now: datetime) -> SignedLink:
    """The link of this token. Writes nothing. Raises LinkForged, LinkExpired or LinkRevoked."""
    nonce = token[:-_SIGNATURE_LENGTH]
    link = SignedLink.objects.select_related("for_user").filter(nonce=nonce, purpose=purpose).first()
    if not constant_time_compare(token, token_of(link or SignedLink(nonce=nonce, purpose=purpose))) or link is None:
        raise LinkForged
    check(link, now=now)
    return link


def check(link: SignedLink, *, now: datetime) -> None:
    if link.revoked_at or (link.for_user and not link.for_user.is_active):
        raise LinkRevoked
    if link.expires_at <= now:
        raise LinkExpired


def use_link(*, link_id: int, now: datetime) -> None:
    """For the activity that a page by link calls, in its transaction: the link is locked, checked again and noted."""
    link = SignedLink.objects.select_for_update(of=("self",)).select_related("for_user").get(pk=link_id)
    check(link, now=now)
    SignedLink.objects.filter(pk=link_id).update(last_used_at=now)


@transaction.atomic
def revoke(*, purpose: str, subject: str, by: Any, now: datetime, reason: str = "") -> int:
    """Ends what is in force for this purpose and subject; how many that were. The caller checks the right to."""
    ended = list(SignedLink.objects.select_for_update().filter(purpose=purpose, subject=subject).in_force(now))
    SignedLink.objects.filter(pk__in=[link.pk for link in ended]).update(revoked_at=now)
    record(
        *(Entry(subject=link, kind="link.revoked", title="Link widerrufen", reason=reason) for link in ended),
        by=by,
        at=now,
    )
    return len(ended)


def _signature(link: SignedLink) -> str:
    signed = f"{link.purpose}\n{link.subject}\n{link.nonce}"
    digest = salted_hmac(SALT, signed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()


_SIGNATURE_LENGTH = SIGNATURE_BYTES * 4 // 3
