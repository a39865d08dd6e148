import pytest

from accounts.access import Role
from accounts.models import User
from portal.demo.people import DOMAIN, PASSWORD
from tests.builders import make_town

pytestmark = pytest.mark.django_db


def login_page(client, *, is_example):
    make_town(is_example=is_example)
    User.objects.create_user(f"it@{DOMAIN}", None, name="Leitung Informationstechnik", role=Role.IT)
    User.objects.create_user("ida.thal@aue.example", None, name="Ida Thal", role=Role.IT)
    return client.get("/anmelden/").content.decode()


def test_an_example_town_tells_how_to_try_it_but_no_other_account(client):
    page = login_page(client, is_example=True)
    assert f"it@{DOMAIN}" in page
    assert PASSWORD in page
    assert "ida.thal@aue.example" not in page


def test_a_real_town_tells_no_account(client):
    page = login_page(client, is_example=False)
    assert f"it@{DOMAIN}" not in page
    assert PASSWORD not in page


def test_login_speaks_german_in_the_house_style(client):
    page = login_page(client, is_example=False)
    assert "<h1>Anmelden</h1>" in page
    assert "kern-form-input__input" in page
    assert "style=" not in page


def test_who_leaves_is_told_so_politely(client):
    client.force_login(User.objects.create_user("ida.thal@aue.example", None, name="Ida Thal", role=Role.IT))
    client.post("/abmelden/")
    assert "Sie sind abgemeldet." in client.get("/anmelden/").content.decode()
