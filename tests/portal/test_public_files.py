"""robots.txt and security.txt: what programs look for at fixed addresses."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.builders import make_town
from tests.safety.addresses import addresses

pytestmark = pytest.mark.django_db


def test_robots_are_asked_to_leave_every_internal_address(client):
    internal = {a.route.partition("/")[0] for a in addresses() if not a.name.startswith("public_")}

    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        *(f"Disallow: /{part}/" for part in sorted(internal)),
    ]


def test_the_proxy_passes_by_what_robots_leave(client):
    kept_from = re.search(r"location ~ \^/\(([a-z|]+)\)", Path(settings.BASE_DIR, "deploy/nginx.conf").read_text())[1]

    answer = client.get("/robots.txt").content.decode()

    assert sorted(kept_from.split("|")) == re.findall(r"Disallow: /(.+)/", answer)


def test_whoever_finds_a_weakness_learns_whom_to_tell(client, time_machine):
    time_machine.move_to("2026-11-22T23:30:00Z", tick=False)
    make_town(email="amt+sicher%heit@stadt.example")

    answer = client.get("/.well-known/security.txt")

    assert (answer["Content-Type"], answer.content.decode().splitlines()) == (
        "text/plain; charset=utf-8",
        [
            "Contact: mailto:amt+sicher%25heit@stadt.example",
            "Expires: 2027-05-22T00:00:00Z",
            "Preferred-Languages: de, en",
            f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        ],
    )


def test_without_an_address_to_write_to_there_is_no_such_file(client):
    make_town(email="")

    assert client.get("/.well-known/security.txt").status_code == 404
