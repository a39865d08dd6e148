"""A citizen finds a measure on a phone; with script and without the way is the same."""

import re

import pytest

from tests.browsing import PHONE

pytestmark = pytest.mark.services


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_citizen_finds_a_measure_by_filter_on_a_phone(visit, script):
    citizen = visit(viewport=PHONE, java_script_enabled=script)
    page = citizen.page
    page.goto("/")
    page.goto("/massnahmen/")
    summary = page.locator("summary", has_text="Filter").or_(page.locator("summary", has_text="Auswahl")).first
    if summary.is_visible():
        summary.click()
    page.get_by_label("Wort im Titel oder Text").first.fill("Kita")
    page.get_by_role("button", name="Auswahl anwenden").first.click()
    page.wait_for_url(re.compile("wort=Kita"))
    page.get_by_role("link", name=re.compile("Elternportal für die Kita-Anmeldung")).first.click()
    page.wait_for_url("**/massnahmen/elternportal-fuer-die-kita-anmeldung/")
    assert page.get_by_role("heading", level=1).inner_text() == "Elternportal für die Kita-Anmeldung"
    assert citizen.context.cookies() == []
    if script:
        citizen.look()
