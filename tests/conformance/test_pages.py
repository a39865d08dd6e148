"""Every page in every state: axe and the Nu checker find nothing, nothing scrolls sideways, nothing needs script."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string

from accounts.access import Function, Role, granted
from tests.checkers import markup_findings, told
from tests.conformance.gathering import Gathered, Page, Walk
from tests.conformance.looking import findings
from tests.conformance.states import STATES
from tests.ground.test_style_page import STATES as STYLE_PAGES
from tests.ground.test_style_page import style_page
from tests.safety.visitors import ANONYMOUS, FUNCTIONS, ROLES
from tests.safety.world import add_what_is_hidden

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

VISITORS = [
    ANONYMOUS,
    *ROLES,
    *(name for name in FUNCTIONS if granted({Function[name]}) - granted({Role.ADMINISTRATION})),
]
"""A function that may do nothing more than the role it stands on sees the same pages."""

ERROR_PAGES = ("400", "403_csrf", "500")
"""What a test's client does not meet; the others are met on the way."""

NOT_OF_PAGES = ("report/", "components/", "allauth/", "account/signup_closed.html", "django/forms/widgets/")
"""Of the PDF; of the page of all components, which is looked at as well; of what packages would show and nobody can
reach."""


@pytest.fixture(scope="module")
def gathered(django_db_setup, django_db_blocker):
    """Before the example town is filled, and after."""
    found = Gathered()
    with django_db_blocker.unblock(), transaction.atomic():
        for kind in VISITORS:
            Walk(kind, found).everywhere()
        transaction.set_rollback(True)
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=io.StringIO())
        town = add_what_is_hidden()
        walks = {kind: Walk(kind, found) for kind in VISITORS}
        for state, kinds in STATES.items():
            for kind in kinds:
                walks[kind].through(state, town)
        for walk in walks.values():
            walk.everywhere(town)
        for number, state in enumerate(STYLE_PAGES):
            found.keep(Page(f"components {number}", "/", style_page(*state.values)))
        transaction.set_rollback(True)
    for name in ERROR_PAGES:
        found.templates.add(f"{name}.html")
        found.keep(Page(name, "/", render_to_string(f"{name}.html")))
    return found


def test_every_template_of_a_page_was_seen(gathered):
    folder = Path(settings.BASE_DIR) / "templates"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    assert {name for name in names if not name.startswith(NOT_OF_PAGES)} - gathered.templates == set()


def test_pages_are_accessible_and_fit_a_phone(gathered):
    assert told(findings(gathered.pages)) == ""


def test_the_markup_is_valid(gathered):
    assert told(markup_findings({page.name: page.html for page in gathered.pages})) == ""


FAULTS = {
    "axe": ('<img src="/favicon.ico">', "axe image-alt"),
    "width": ('<p class="nowrap">' + "Straßenbeleuchtung " * 40 + "</p>", "px wide where the window has 320"),
    "script": ("<form><input aria-label='Wort' name='wort'></form>", "does nothing without script"),
    "policy": ('<p style="color: red">Rot</p>', "console: "),
    "Nu": ('<p colour="red">Rot</p>', "Nu: "),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(gathered, fault):
    html, sentence = FAULTS[fault]
    page = next(page for page in gathered.pages if page.name == "anonymous /impressum/ 200")
    wrong = replace(page, html=page.html.replace("</main>", f"{html}</main>"))
    found = told(findings([wrong]) if fault != "Nu" else markup_findings({page.name: wrong.html}))
    assert sentence in found
