import pytest

from accounts.access import Role
from accounts.models import User
from ground.models import Town

pytestmark = pytest.mark.django_db


def login_page(client, *, is_example):
    Town.objects.create(name="Stadt Aue", portal_name="Aue Digital", is_example=is_example)
    User.objects.create_user("it@aue.example", None, name="Ida Thal, IT", role=Role.IT)
    return client.get("/anmelden/").content.decode()


def test_an_example_town_tells_how_to_try_it(client):
    page = login_page(client, is_example=True)
    assert "it@aue.example" in page
    assert "Ida Thal, IT" in page


def test_a_real_town_tells_no_account(client):
    assert "it@aue.example" not in login_page(client, is_example=False)


def test_login_speaks_german_in_the_house_style(client):
    page = login_page(client, is_example=False)
    assert "<h1>Anmelden</h1>" in page
    assert 'class="kern-form-input__input"' in page
    assert "style=" not in page
