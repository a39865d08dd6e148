"""What someone outside tries at the login."""

import re

import pytest
from allauth.account.adapter import get_adapter
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.access import Role
from tests.builders import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "ein-langes-passwort"


@pytest.fixture(autouse=True)
def nobody_tried_before(settings):
    cache.clear()
    settings.LOGIN_REDIRECT_URL = "account_profile"


@pytest.fixture
def outside():
    return Client(raise_request_exception=False)


def log_in(client, user, password=PASSWORD, **more):
    return client.post("/anmelden/", {"login": user.email, "password": password, **more})


def is_logged_in(client):
    return client.get("/konto/").status_code == 200


@pytest.mark.parametrize(
    "towards",
    [
        "https://boese.example/",
        "//boese.example/",
        "/\\boese.example",
        "https:boese.example",
        "javascript:alert(1)",
        "http://testserver@boese.example/",
        "\thttps://boese.example",
    ],
)
def test_the_login_leads_nowhere_else(outside, towards):
    answer = log_in(outside, make_user(), next=towards)
    assert re.match(r"/(?![/\\])", answer["Location"])


def test_the_login_leads_back_to_where_one_wanted(outside):
    assert log_in(outside, make_user(), next="/konto/")["Location"] == "/konto/"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (2, "unbekannt, 10.0.0.2", "127.0.0.1"),
        (2, "", "127.0.0.1"),
    ],
)
def test_attempts_count_for_the_address_that_the_proxies_saw(settings, rf, proxies, forwarded, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.post("/anmelden/", headers={"X-Forwarded-For": forwarded})

    assert get_adapter().get_client_ip(request) == counted


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-For": "198.51.100.7"}])
def test_one_can_log_in_past_the_proxies(outside, settings, headers):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    outside.defaults |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    log_in(outside, make_user())

    assert is_logged_in(outside)


def test_a_session_gets_a_new_key_at_login(outside):
    session = outside.session
    session["planted"] = "by someone else"
    session.save()
    outside.cookies["sessionid"] = session.session_key
    log_in(outside, make_user())
    assert outside.cookies["sessionid"].value != session.session_key


def test_who_has_left_cannot_log_in(outside):
    answer = log_in(outside, make_user(is_active=False))
    assert (answer.status_code, is_logged_in(outside)) == (200, False)


def test_who_leaves_is_logged_out_at_once(outside):
    user = make_user(Role.DIGITAL_OFFICER)
    log_in(outside, user)
    assert is_logged_in(outside)
    user.is_active = False
    user.save()
    assert not is_logged_in(outside)


def test_the_fifth_wrong_password_closes_the_door_for_a_while(outside):
    user = make_user()
    for _ in range(5):
        log_in(outside, user, "falsch")
    log_in(outside, user)
    assert not is_logged_in(outside)


def test_asking_for_a_new_password_tells_nobody_whether_the_account_exists(outside):
    user = make_user()
    answers = [outside.post("/anmelden/passwort/", {"email": email}) for email in (user.email, "niemand@stadt.example")]
    assert len({(answer.status_code, answer.get("Location"), answer.content) for answer in answers}) == 1
    assert user.name not in "".join(message.body for message in mail.outbox if user.email not in message.to)


def test_a_wrong_password_and_a_wrong_address_get_the_same_answer(outside):
    user = make_user()
    pages = [
        outside.post("/anmelden/", {"login": email, "password": "falsch"}).content.decode()
        for email in (user.email, "nicht-da@stadt.example")
    ]
    plain = [re.sub(r'value="[^"]*"|X-CSRFToken": "[^"]*"', "", page) for page in pages]
    assert plain[0] == plain[1]


def test_a_reset_link_works_once(outside):
    user = make_user()
    outside.post("/anmelden/passwort/", {"email": user.email})
    link = re.search(r"https?://[^/\s]+(/anmelden/passwort/\S+/)", mail.outbox[0].body)[1]
    page = outside.get(link, follow=True)
    new = {"password1": "ganz-neues-wort-47", "password2": "ganz-neues-wort-47"}
    outside.post(page.redirect_chain[-1][0], new)
    user.refresh_from_db()
    assert user.check_password("ganz-neues-wort-47")
    again = Client().get(link, follow=True)
    assert 'name="password1"' not in again.content.decode()
