"""Log lines carry the request's id and nothing that names a person."""

import io
import logging
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import include, path

from ground import logs


@login_not_required
def greet(request, name):
    logging.getLogger("masterplan").info("Mail an %s von %s", "clerk@winsen.example", request.get_full_path())
    return HttpResponse()


@login_not_required
def fail(request):
    raise ValueError("clerk@winsen.example fehlt")


@login_not_required
def miss(request, name):
    raise Http404


@login_not_required
def refuse(request, name):
    raise PermissionDenied


urlpatterns = [
    path("hallo/<name>/", greet),
    path("fehlt/<name>/", miss),
    path("verboten/<name>/", refuse),
    path("fehler/", fail),
    path("health/live", greet, {"name": "x"}),
    path("", include("winsen_digital.urls")),
]


@pytest.fixture
def lines(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Formatter("%(name)s [%(request_id)s] %(message)s"))
    for name in ("requests", "masterplan", "django"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)
    return lambda: stream.getvalue().splitlines()


def test_lines_of_a_request_carry_its_id_and_no_personal_data(client, lines):
    client.get("/hallo/erika/?email=erika@winsen.example&token=abc", headers={"X-Request-ID": "proxy-4711"})

    assert [re.sub(r"\d+ ms", "… ms", line) for line in lines()] == [
        "masterplan [proxy-4711] Mail an …@… von /hallo/erika/?…",
        "requests [proxy-4711] GET /hallo/<name>/ 200 … ms",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("/max.mustermann/", "django.request [proxy-4711] Not Found: -"),
        ("/fehlt/erika/", "django.request [proxy-4711] Not Found: /fehlt/<name>/"),
        ("/fehlt/jürgen müller/", "django.request [proxy-4711] Not Found: /fehlt/<name>/"),
        ("/verboten/erika/", "django.request [proxy-4711] Forbidden (Permission denied): /verboten/<name>/"),
    ],
)
def test_a_refused_address_is_logged_by_its_route(client, lines, address, line):
    client.get(address, headers={"X-Request-ID": "proxy-4711"})

    assert [found for found in lines() if found.startswith("django")][:1] == [line]


def test_a_traceback_names_no_address(client, lines):
    client.raise_request_exception = False

    client.get("/fehler/?q=erika")

    text = "\n".join(lines())
    assert "ValueError: …@… fehlt" in text
    assert "erika" not in text


def test_health_checks_leave_no_request_line(client, lines):
    client.get("/health/live")

    assert [line for line in lines() if line.startswith("requests")] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("abcdefgh", True),
        ("A1-" * 21, True),
        ("kurz", False),
        ("a" * 65, False),
        ("mit leerzeichen", False),
        ("zeile\r\nzwei", False),
        ("erika@winsen.example", False),
    ],
)
def test_only_a_plain_id_is_taken_over(client, lines, given, kept):
    response = client.get("/hallo/erika/", headers={"X-Request-ID": given})

    assert (response.headers["X-Request-ID"] == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", response.headers["X-Request-ID"])


def test_sentry_gets_neither_address_nor_form():
    event = {"request": {"method": "POST", "url": "/x/?q=1", "data": {"name": "Erika"}, "cookies": "a=b"}}

    assert logs._without_request_data(event, {}) == {"request": {"method": "POST"}}
