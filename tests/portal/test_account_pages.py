import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from tests.builders import make_town

pytestmark = pytest.mark.django_db
KEY = "account_reset_password_from_key"


@pytest.fixture
def clerk(client):
    user = User.objects.create_user(
        "clerk@aue.example", "ein-langes-wort", name="Fachbereich", role=Role.ADMINISTRATION
    )
    client.force_login(user)
    return client


def heading(answer):
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "style=" not in page
    return page.split("<h1>")[1].split("</h1>")[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("account_logout", "Möchten Sie sich abmelden?"),
        ("account_change_password", "Passwort ändern"),
        ("mfa_index", "Zweiter Faktor"),
        ("account_reauthenticate", "Bitte bestätigen Sie, dass Sie es sind"),
    ],
)
def test_a_page_of_the_account_speaks_german(clerk, name, expected):
    assert heading(clerk.get(reverse(name))) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("account_reset_password", "Passwort zurücksetzen"),
        ("account_reset_password_done", "Die E-Mail ist unterwegs"),
        ("account_reset_password_from_key_done", "Ihr neues Passwort gilt ab jetzt"),
    ],
)
def test_a_page_of_the_password_reset_speaks_german(client, name, expected):
    assert heading(client.get(reverse(name))) == expected


def test_a_used_reset_link_says_what_to_do_next(client):
    answer = client.get(reverse(KEY, kwargs={"uidb36": "1", "key": "abc-def"}))
    assert heading(answer) == "Der Link gilt nicht mehr"


def test_setting_up_the_second_factor_shows_code_and_key(clerk):
    there = reverse("mfa_activate_totp")
    clerk.post(reverse("account_reauthenticate"), {"password": "ein-langes-wort", "next": there})
    answer = clerk.get(there)
    assert heading(answer) == "Zweiten Faktor einrichten"
    assert 'src="data:image/svg+xml' in answer.content.decode()


def test_a_wrong_password_is_told_in_the_summary(client):
    answer = client.post(reverse("account_login"), {"login": "x@aue.example", "password": "falsch"})
    assert "Bitte prüfen Sie Ihre Angaben" in answer.content.decode()
    assert "Es wurde noch nichts gespeichert" not in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "sent", "sentence"),
    [
        (
            "account_login",
            {"login": "clerk@aue.example", "password": "falsch"},
            "E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides.",
        ),
        ("account_reauthenticate", {"password": "falsch"}, "Das Passwort stimmt nicht."),
        (
            "account_change_password",
            {"oldpassword": "falsch", "password1": "eine-lange-reihe", "password2": "eine-lange-reihe"},
            "Das ist nicht Ihr heutiges Passwort.",
        ),
        (
            "account_change_password",
            {"oldpassword": "ein-langes-wort", "password1": "eine-lange-reihe", "password2": "eine-andere-reihe"},
            "Das sind zwei verschiedene Passwörter. Geben Sie zweimal dasselbe ein.",
        ),
        (
            "account_change_password",
            {"oldpassword": "ein-langes-wort", "password1": "kurz", "password2": "kurz"},
            "Das Passwort ist zu kurz: mindestens 10 Zeichen.",
        ),
        (
            "account_change_password",
            {"oldpassword": "ein-langes-wort", "password1": "password123", "password2": "password123"},
            "Dieses Passwort benutzen viele. Wählen Sie ein anderes.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_plain_german(clerk, page, sent, sentence):
    if page == "account_login":
        clerk.logout()
    assert sentence in clerk.post(reverse(page), sent).content.decode()


def test_the_mail_with_the_link_comes_in_the_portals_name(client):
    make_town()
    User.objects.create_user("clerk@aue.example", None, name="Fachbereich", role=Role.ADMINISTRATION)
    client.post(reverse("account_reset_password"), {"email": "clerk@aue.example"})
    (message,) = mail.outbox
    assert message.subject == "Beispiel Digital: Passwort setzen"
    assert "das Passwort für Ihr Konto bei Beispiel Digital:" in message.body
    assert not re.search(r"\b(du|dein\w*|Token)\b", message.body, re.I)
