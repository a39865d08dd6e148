"""Every address of the resolver, asked by every kind of visitor, against the table of who may."""

from http.cookies import SimpleCookie

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path

from tests.safety.addresses import addresses
from tests.safety.parameters import values_for
from tests.safety.table import ALL, TABLE, WRITERS, allowed, may_be_refused
from tests.safety.visitors import ANONYMOUS, VISITORS, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_login_leads_somewhere(settings):
    settings.LOGIN_REDIRECT_URL = "account_profile"


SERVED, LOGIN, REFUSED, BROKEN, WRONG_METHOD = "served", "sent to the login", "refused", "broken", "wrong method"


def outcome(response):
    if response.status_code >= 500:
        return BROKEN
    towards = response.get("Location", "")
    if response.status_code in (403, 404) or back_to_the_index(response, towards):
        return REFUSED
    if towards.startswith("/verwaltung/login/"):
        return LOGIN if response.wsgi_request.user.is_anonymous else REFUSED
    if response.status_code == 405:
        return WRONG_METHOD
    return LOGIN if towards.startswith("/anmelden/?next=") else SERVED


def back_to_the_index(response, towards):
    """As the administration answers for a row that is not there."""
    return towards == "/verwaltung/" and response.wsgi_request.path.startswith("/verwaltung/")


def ask(client, method, where):
    """The answer's kind; whatever the request did is undone."""
    cache.clear()
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    with transaction.atomic():
        answered = outcome(getattr(client, method)(where))
        transaction.set_rollback(True)
    client.cookies = cookies
    return answered


def findings(kind, town, urlconf=None):
    """A sentence for each address that answers this kind of visitor otherwise than the table says."""
    client = visitor(kind)
    found = []
    for address in addresses(urlconf):
        may = allowed(address.name)
        if may is None:
            found.append(f"{address.name} (/{address.route}) is not in tests/safety/table.py: say who may use it.")
            continue
        where = address.filled(values_for(address, town, getattr(client, "user", None)))
        answers = [ask(client, method, where) for method in ("get", "post")]
        if BROKEN in answers:
            found.append(f"{kind} breaks {where} ({address.name}): GET {answers[0]}, POST {answers[1]}.")
        elif kind in may and SERVED not in answers and not may_be_refused(address.name):
            found.append(f"{kind} may use {where} ({address.name}) but is {answers[0]}, by POST {answers[1]}.")
        elif kind not in may and SERVED in answers:
            found.append(f"{kind} gets {where} ({address.name}) and may not: GET {answers[0]}, POST {answers[1]}.")
        elif answers[1] == SERVED and kind not in WRITERS.get(address.name, may):
            found.append(f"{kind} may read {where} ({address.name}) but not send to it, and can.")
        elif kind == ANONYMOUS and kind not in may and LOGIN not in answers and not address.is_open:
            found.append(f"{kind} is not sent from {where} ({address.name}) to the login but {answers[0]}.")
    return found


@pytest.mark.parametrize("kind", VISITORS)
def test_each_address_answers_each_visitor_as_the_table_says(kind, town):
    assert "\n".join(findings(kind, town)) == ""


def test_what_needs_no_login_is_what_the_table_opens_to_everyone():
    passed_on_to_the_login = {"admin:login"}
    closed_without_a_login_service = {"openid_connect_login", "openid_connect_callback"}
    opened = {address.name for address in addresses() if address.is_open}
    meant = {address.name for address in addresses() if ANONYMOUS in allowed(address.name, ALL)}

    assert opened - passed_on_to_the_login - closed_without_a_login_service == meant


def test_the_table_names_nothing_that_is_gone():
    assert set(TABLE) - {address.name for address in addresses()} == set()


@pytest.mark.parametrize("kind", [ANONYMOUS, "DIGITAL_OFFICER", "ADMINISTRATION_HEAD", "SYSTEM_ADMINISTRATOR"])
def test_nothing_is_written_without_the_token_of_the_page(kind, town):
    client = visitor(kind, enforce_csrf_checks=True)
    written = [
        address.name
        for address in addresses()
        if ask(client, "post", address.filled(values_for(address, town, getattr(client, "user", None)))) == SERVED
    ]
    assert written == []


def left_open(request):
    return HttpResponse("Interne Notizen")


class open_view_in_the_workspace:  # noqa: N801 – a urlconf is named like a module
    urlpatterns = [
        path("", include("winsen_digital.urls")),
        path("arbeitsbereich/offen/", login_not_required(left_open), name="account_profile"),
        path("arbeitsbereich/neu/", left_open, name="nobody_wrote_me_down"),
    ]


def test_a_view_that_is_left_open_or_not_written_down_is_found(town, settings):
    settings.ROOT_URLCONF = open_view_in_the_workspace
    found = findings(ANONYMOUS, town, open_view_in_the_workspace)

    assert found == [
        "anonymous gets /arbeitsbereich/offen/ (account_profile) and may not: GET served, POST served.",
        "nobody_wrote_me_down (/arbeitsbereich/neu/) is not in tests/safety/table.py: say who may use it.",
    ]


def test_a_view_open_to_the_whole_house_is_found(town, settings):
    class urlconf:  # noqa: N801
        urlpatterns = [
            path("arbeitsbereich/a/", left_open, name="admin:index"),
            path("", include("winsen_digital.urls")),
        ]

    settings.ROOT_URLCONF = urlconf
    assert "COUNCIL gets /arbeitsbereich/a/ (admin:index) and may not: GET served, POST served." in findings(
        "COUNCIL", town, urlconf
    )


def test_a_view_that_breaks_is_found(town, settings):
    class urlconf:  # noqa: N801
        urlpatterns = [path("x/", login_not_required(lambda request: 1 / 0), name="health/live")]

    settings.ROOT_URLCONF = urlconf
    assert findings(ANONYMOUS, town, urlconf) == ["anonymous breaks /x/ (health/live): GET broken, POST broken."]
