"""Pages by signed link: whoever has the token gets them, nobody else does, and they all keep the same rules."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from tests.safety import parameters, table
from tests.safety.addresses import addresses
from tests.safety.parameters import link_to
from tests.safety.table import ALL, allowed
from tests.safety.test_urls_by_role import findings
from tests.safety.visitors import ANONYMOUS

pytestmark = pytest.mark.django_db
PAGES = "tests.link_addresses"


def faults(urlconf=None):
    """A sentence for each address that lies where pages by link lie or is made like one, and breaks a rule."""
    found = []
    for address in addresses(urlconf):
        purpose = getattr(address.callback, "opened_by_link", None)
        if not (purpose or address.route.startswith("link/") or ".link_views" in address.callback.__module__):
            continue
        if purpose != address.name:
            found.append(f"{address.name} is opened by links for {purpose}: wrap it in link_page with its own name.")
        if not address.route.startswith("link/") or address.parameters != ["token"]:
            found.append(f"{address.name} lies at /{address.route}: logs know the token only at /link/…/<token>/.")
    return found


def test_every_page_by_link_keeps_the_rules():
    assert faults() == []
    assert faults(PAGES) == []


def left_open(request, token):
    return HttpResponse()


class ways_to_break_the_rules:  # noqa: N801 – a urlconf is named like a module
    from tests.link_addresses import probe

    urlpatterns = [
        path("link/offen/<token>/", login_not_required(left_open), name="open_by_link"),
        path("melden/<token>/", probe, name="probe_by_link"),
        path("link/anders/<token>/", probe, name="another_name"),
    ]


def test_a_page_that_breaks_the_rules_is_found():
    assert faults(ways_to_break_the_rules) == [
        "open_by_link is opened by links for None: wrap it in link_page with its own name.",
        "probe_by_link lies at /melden/<token>/: logs know the token only at /link/…/<token>/.",
        "another_name is opened by links for probe_by_link: wrap it in link_page with its own name.",
    ]


@pytest.fixture
def pages(monkeypatch, settings):
    """The table with the pages by link that stand in for those of the floors above."""
    settings.ROOT_URLCONF = PAGES
    for name in ("probe_by_link", "other_by_link"):
        monkeypatch.setitem(table.TABLE, name, ALL)

    def tokens(made):
        for name in ("probe_by_link", "other_by_link"):
            monkeypatch.setitem(parameters.PARAMETERS, f"{name} token", lambda town, user, name=name: made(name))

    return tokens


def about_links(kind, town):
    return [finding for finding in findings(kind, town, PAGES) if "_by_link" in finding]


@pytest.mark.parametrize("kind", [ANONYMOUS, "COUNCIL", "DIGITAL_OFFICER"])
def test_who_has_the_token_gets_the_page(kind, town, pages):
    pages(lambda name: link_to(name, "user:1"))

    assert about_links(kind, town) == []
    assert allowed("probe_by_link") == ALL


@pytest.mark.parametrize("kind", [ANONYMOUS, "COUNCIL", "DIGITAL_OFFICER"])
def test_who_has_another_token_is_refused_whoever_it_is(kind, town, pages):
    pages(lambda name: link_to("another_purpose", "user:1"))

    refused = [f"{kind} may use", "is refused, by POST refused."]
    assert [all(part in finding for part in refused) for finding in about_links(kind, town)] == [True, True]
