"""Small files that programs look for at fixed addresses."""

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from ground.frame import current_frame, public_version
from ground.public_page import public_page

INTERNAL = ("abmelden", "anmelden", "arbeitsbereich", "gremien", "health", "konto", "link", "verwaltung")
"""The first part of every address that is no public page."""

CONTACT_HOLDS = timedelta(days=180)
PLAIN = "text/plain; charset=utf-8"


@public_page
def robots(request: HttpRequest, today: date) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: /{part}/" for part in INTERNAL)]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@public_page
def security(request: HttpRequest, today: date) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116): the address that stands in the footer; nothing where there is none."""
    email = current_frame(public_version(request)).email
    if not email:
        raise Http404
    expires = datetime.combine(today + CONTACT_HOLDS, time.min, UTC)
    lines = [
        f"Contact: mailto:{quote(email, safe='@+')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.SITE_URL}{reverse('public_security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
