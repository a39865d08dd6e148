import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template import engines
from django.test import RequestFactory

from ground.frame import UNNAMED, current_frame, frame, public_version
from ground.models import PublicVersion, Town

pytestmark = pytest.mark.django_db


def render(source, path="/", user=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return engines["django"].from_string("{% load kern %}" + source).render({}, request)


def town(**fields):
    return Town.objects.update_or_create(pk=1, defaults={"name": "Stadt Aue", "portal_name": "Aue Digital", **fields})[
        0
    ]


def raise_version():
    with transaction.atomic():
        PublicVersion.raise_()


def test_the_frame_names_the_town():
    town(office="Stabsstelle", postal_code="12345", city="Aue", is_example=True)
    shown = current_frame(PublicVersion.current())
    assert (shown.town, shown.portal, shown.office, shown.city, shown.is_example) == (
        "Stadt Aue",
        "Aue Digital",
        "Stabsstelle",
        "12345 Aue",
        True,
    )


def test_a_portal_without_a_town_still_has_a_frame():
    assert current_frame(PublicVersion.current()).portal == UNNAMED


def test_the_town_is_read_once_per_public_version(django_assert_num_queries):
    town()
    version = PublicVersion.current()
    current_frame(version)
    with django_assert_num_queries(0):
        current_frame(version)


def test_a_raised_version_shows_the_changed_town():
    town()
    current_frame(PublicVersion.current())
    town(portal_name="Neu")
    raise_version()
    assert current_frame(PublicVersion.current()).portal == "Neu"


def test_raising_the_version_tells_the_day_of_the_data():
    before = PublicVersion.current().raised_at
    raise_version()
    assert PublicVersion.current().raised_at > before


def test_a_request_reads_its_version_once(django_assert_num_queries):
    PublicVersion.current()
    request = RequestFactory().get("/")
    public_version(request)
    with django_assert_num_queries(0):
        public_version(request)


def test_a_page_that_does_not_ask_for_the_frame_pays_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        frame(RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/anmelden/", '<li><a class="nav-link" href="/anmelden/" aria-current="page">Anmelden</a></li>'),
        ("/anmelden/passwort/", '<li><a class="nav-link" href="/anmelden/" aria-current="true">Anmelden</a></li>'),
        ("/konto/", '<li><a class="nav-link" href="/anmelden/">Anmelden</a></li>'),
    ],
)
def test_the_navigation_marks_where_one_is(path, expected):
    assert render('{% nav_link "account_login" "Anmelden" %}', path) == expected


def test_the_navigation_leaves_out_what_is_not_allowed():
    assert render('{% nav_link "account_login" "x" perm="ground.change_town" %}') == ""


def test_the_public_frame_is_the_same_for_everyone():
    class Known:
        is_authenticated = True
        email = "jemand@aue.example"

        def has_perm(self, perm):
            return True

    town(is_example=True)
    anonymous = render('{% include "public.html" %}')
    assert render('{% include "public.html" %}', user=Known()) == anonymous
    assert "Beispieldaten, keine Auskunft der Stadt" in anonymous
    assert "csrf" not in anonymous


def test_a_town_that_is_no_example_has_no_ribbon():
    town(is_example=False)
    assert "Beispieldaten" not in render('{% include "public.html" %}')
