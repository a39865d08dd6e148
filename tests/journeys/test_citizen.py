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
    citizen.look()
    page.get_by_text("Menü").click()
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Maßnahmen").click()
    page.wait_for_url("**/massnahmen/")
    page.locator("summary", has_text="Filter").or_(page.locator("summary", has_text="Auswahl")).first.click()
    page.get_by_label("Wort im Titel oder Text").first.fill("Kita")
    page.get_by_role("button", name="Filtern").first.click()
    page.wait_for_url(re.compile("wort=Kita"))
    citizen.look()
    page.get_by_role("link", name=re.compile("Elternportal für die Kita-Anmeldung")).first.click()
    page.wait_for_url("**/massnahmen/elternportal-fuer-die-kita-anmeldung/")
    citizen.look()
    assert page.get_by_role("heading", level=1).inner_text() == "Elternportal für die Kita-Anmeldung"
    assert citizen.context.cookies() == []
