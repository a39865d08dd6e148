"""Login by the town's own service (OpenID Connect), which stands in here as a small server."""

import http.server
import json
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache

from tests.builders import make_user

pytestmark = pytest.mark.django_db


class Service(http.server.BaseHTTPRequestHandler):
    person: dict = {}

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        addresses = {f"{name}_endpoint": f"{here}/{name}" for name in ("authorization", "token", "userinfo")}
        known = "openid-configuration" in self.path
        self.answer({"issuer": here, "jwks_uri": here, **addresses} if known else self.person)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "abc", "token_type": "Bearer"})

    def log_message(self, *arguments):
        pass


@pytest.fixture
def service(settings):
    cache.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "dienst",
        "name": "Anmeldedienst der Stadt",
        "client_id": "portal",
        "secret": "geheim",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.LOGIN_REDIRECT_URL = "/"
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield server
    server.shutdown()


def come_back_as(client, **person):
    """Starts the login, is sent to the service and comes back with its code."""
    Service.person = {"sub": "4711", "name": "Erika", **person}
    sent = urlsplit(client.post("/anmelden/dienst/login/").headers["Location"])
    asked = parse_qs(sent.query)
    assert (sent.path, asked["client_id"], asked["redirect_uri"]) == (
        "/authorization",
        ["portal"],
        ["http://testserver/anmelden/dienst/login/callback/"],
    )
    return client.get("/anmelden/dienst/login/callback/", {"code": "c", "state": asked["state"][0]})


def test_the_login_page_offers_the_service_where_there_is_one(client, service):
    assert "Anmeldedienst der Stadt" in client.get("/anmelden/").content.decode()


def test_the_login_page_names_no_service_where_there_is_none(client):
    assert "dienst/login" not in client.get("/anmelden/").content.decode()
    assert client.get("/anmelden/dienst/login/").status_code == 404


def test_who_has_an_account_is_logged_in_by_a_confirmed_address(client, service):
    user = make_user(email="erika@stadt.example")

    come_back_as(client, email="Erika@stadt.example", email_verified=True)

    assert client.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.parametrize(
    "person",
    [
        {"email": "erika@stadt.example", "email_verified": False},
        {"email": "fremd@stadt.example", "email_verified": True},
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(client, service, person):
    make_user(email="erika@stadt.example")

    come_back_as(client, **person)

    assert (client.session.get("_auth_user_id"), get_user_model().objects.count()) == (None, 1)
