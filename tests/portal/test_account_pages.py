import pytest
from django.urls import reverse

from accounts.access import Role
from accounts.models import User

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
