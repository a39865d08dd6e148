"""Every public page has its words: designed ones in an empty portal, real ones in the example town."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import User
from ground.documents import Pdf
from masterplan.models import Measure, Phase
from reporting import rendering
from reporting.models import Edition
from strategy.models import FieldOfAction

pytestmark = pytest.mark.django_db

FILES = {"public_arms", "public_icon", "public_robots", "public_security"}
PLAIN_PAGES = sorted(
    pattern.name
    for resolver in get_resolver().url_patterns
    for pattern in getattr(resolver, "url_patterns", [])
    if isinstance(pattern, URLPattern)
    and (pattern.name or "").startswith("public_")
    and not pattern.pattern.regex.groups
    and pattern.name not in FILES
)
EMPTY = 'class="empty'


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_a_portal_without_a_town_answers(client, name):
    response = client.get(reverse(name))

    assert (response.status_code, "<h1" in response.content.decode()) == (200, True)


def test_the_delivered_reports_are_public_as_soon_as_their_files_are_made(client, demo_database, monkeypatch):
    monkeypatch.setattr(rendering, "write_pdf", lambda *args, **kwargs: Pdf(b"%PDF-1.7", 1))
    before = client.get(reverse("public_reports")).content.decode()

    for edition in Edition.objects.all():
        rendering.render(edition_id=edition.pk)
    after = client.get(reverse("public_reports")).content.decode()

    assert (EMPTY in before, EMPTY in after) == (True, False)
    assert [f'href="/berichte/{period}/"' in after for period in ("2025-h2", "2026-h1", "2026-h2")] == [
        True,
        True,
        False,
    ]
    assert client.get("/berichte/2026-h1/").status_code == 200
    assert client.get("/berichte/2026-h1.pdf").content == b"%PDF-1.7"


@pytest.mark.parametrize("name", [name for name in PLAIN_PAGES if name != "public_reports"])
def test_no_page_of_the_example_town_is_empty(client, demo_database, name):
    page = client.get(reverse(name)).content.decode()

    assert (EMPTY in page, "Beispieldaten" in page) == (False, True)


def test_each_field_and_measure_of_the_example_town_has_its_page(client, demo_database):
    fields = [reverse("public_field", args=[slug]) for slug in FieldOfAction.objects.values_list("slug", flat=True)]
    slugs = Measure.objects.published().exclude(phase=Phase.MERGED).values_list("slug", flat=True)
    measures = [reverse("public_measure", args=[slug]) for slug in slugs]

    answers = {address: client.get(address) for address in fields + measures}

    assert (len(fields), len(measures)) == (6, 21)
    assert {a: r.status_code for a, r in answers.items() if r.status_code != 200} == {}
    assert [a for a, r in answers.items() if EMPTY in r.content.decode()] == []


def test_the_first_administrator_of_an_empty_portal_gets_to_work(client):
    client.force_login(User.objects.create_superuser("erste@stadt.example", None, name="Erste"))

    assert client.get("/verwaltung/").status_code == 200
