"""No item of anybody's menu leads to a page that they may not open."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from portal.demo.people import ACCOUNTS, DOMAIN

pytestmark = pytest.mark.django_db
ITEM = re.compile(r'class="nav-link[^"]*" href="([^"]+)"[^>]*>([^<]+)<')


def menu(client, name):
    """Word → address of each item that this account is offered."""
    client.force_login(User.objects.get(email=f"{name}@{DOMAIN}"), backend="accounts.backends.RoleBackend")
    return {word: where for where, word in ITEM.findall(client.get(reverse("account_profile")).content.decode())}


@pytest.mark.parametrize("name", [account[0] for account in ACCOUNTS])
def test_each_item_of_the_menu_answers(client, demo_database, name):
    items = menu(client, name)
    assert "Konto" in items
    assert {word: client.get(where).status_code for word, where in items.items()} == dict.fromkeys(items, 200)


def test_the_council_is_led_to_the_measures_that_everyone_reads(client, demo_database):
    assert menu(client, "rat")["Maßnahmen"] == reverse("public_measures")
