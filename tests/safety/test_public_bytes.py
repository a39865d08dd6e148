"""Public pages are the same bytes for everyone, ask nobody else's machine and leave nothing behind."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tests.safety.addresses import addresses
from tests.safety.parameters import values_for
from tests.safety.visitors import visitor

pytestmark = pytest.mark.django_db

FURTHER = (
    "/massnahmen/?stand=kritisch",
    "/massnahmen/?wort=Termin&sortierung=ende",
    "/massnahmen/?seite=999",
    "/massnahmen/gibt-es-nicht/",
    "/gibt-es-nicht/",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Loads(HTMLParser):
    """What a browser fetches by itself; links that a person follows are free."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        fetched = ["src", "srcset", "poster", "data", "action", "data-hx-get", "data-hx-post"]
        if tag in ("link", "use", "image"):
            fetched += ["href", "xlink:href"]
        if values.get("rel") != "canonical":
            self.found += [values[name] for name in fetched if values.get(name)]


def public_addresses(town):
    named = [address for address in addresses() if address.name.startswith("public_")]
    return [*(address.filled(values_for(address, town, None)) for address in named), *FURTHER]


def faults(where, anonymous, officer):
    """A sentence for each rule that the page breaks."""
    mine, theirs = anonymous.get(where), officer.get(where)
    if mine.get("Location"):
        return
    content = b"".join(mine.streaming_content) if mine.streaming else mine.content
    others = b"".join(theirs.streaming_content) if theirs.streaming else theirs.content
    if (mine.status_code, content) != (theirs.status_code, others):
        yield f"{where} differs for who is logged in."
    if mine.cookies or theirs.cookies:
        yield f"{where} sets a cookie."
    if "cookie" in (mine.get("Vary", "") + theirs.get("Vary", "")).lower():
        yield f"{where} varies by cookie."
    if re.search(rb"csrf", content, re.IGNORECASE):
        yield f"{where} carries a CSRF token."
    if "nonce" in mine.get("Content-Security-Policy", ""):
        yield f"{where} carries a nonce."
    policy = mine.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        yield f"{where} has the policy {policy!r}."
    missing = {name: value for name, value in HEADERS.items() if mine.get(name) != value}
    if missing:
        yield f"{where} lacks {missing}."
    if "html" in mine.get("Content-Type", ""):
        yield from (f"{where} loads {link}." for link in loaded_elsewhere(content.decode()))


def loaded_elsewhere(html):
    parser = Loads()
    parser.feed(html)
    return [link for link in parser.found if urlsplit(link).netloc not in ("", "testserver", "127.0.0.1:8000")]


@pytest.fixture
def two_visitors():
    return Client(), visitor("DIGITAL_OFFICER")


def test_each_public_page_is_the_same_for_everyone_and_keeps_to_itself(town, two_visitors):
    found = [fault for where in public_addresses(town) for fault in faults(where, *two_visitors)]
    assert "\n".join(found) == ""


@pytest.mark.parametrize(
    ("served", "fault"),
    [
        (lambda request: HttpResponse(str(request.user)), "/x/ differs for who is logged in."),
        (lambda request: HttpResponse("<input name=csrfmiddlewaretoken>"), "/x/ carries a CSRF token."),
        (lambda request: with_cookie(HttpResponse("ok")), "/x/ sets a cookie."),
        (lambda request: HttpResponse("ok", headers={"Vary": "Cookie"}), "/x/ varies by cookie."),
        (
            lambda request: HttpResponse('<img src="https://karten.example/x.png">'),
            "/x/ loads https://karten.example/x.png.",
        ),
    ],
    ids=["a name", "a token", "a cookie", "a varying answer", "a foreign picture"],
)
def test_a_page_that_breaks_a_rule_is_found(served, fault, settings, two_visitors):
    served.login_required = False

    class urlconf:  # noqa: N801 – a urlconf is named like a module
        urlpatterns = [path("x/", served)]

    settings.ROOT_URLCONF = urlconf
    assert fault in list(faults("/x/", *two_visitors))


def with_cookie(response):
    response.set_cookie("wer", "1")
    return response


def test_a_page_without_the_policy_is_found(settings, two_visitors):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "csp" not in one]
    assert "/health/live has the policy ''." in list(faults("/health/live", *two_visitors))
