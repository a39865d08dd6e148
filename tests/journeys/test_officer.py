"""The Digital Officer's work on measures: one by one, many by a list, and two at the same form."""

import re

import pytest

pytestmark = pytest.mark.services


def test_the_officer_changes_a_measure_in_the_table_and_in_its_form_and_takes_it_back(visit):
    officer = visit().log_in("digital.officer")
    page = officer.page
    officer.look()
    page.get_by_role("link", name="Maßnahmen", exact=True).first.click()
    page.wait_for_url("**/massnahmen/")
    officer.look()
    page.get_by_role("link", name=re.compile("Status von BS-02 ändern")).click()
    form = page.get_by_role("form", name="Status von BS-02 ändern")
    form.get_by_label("Status").select_option("kritisch")
    form.get_by_label("Grund").fill("Der Anbieter liefert nicht.")
    officer.look()
    form.get_by_role("button", name="Als Statusmeldung speichern").click()
    form.get_by_text("Der öffentliche Satz").wait_for()
    officer.look()
    form.get_by_role("button", name="Als Statusmeldung speichern").click()
    form.wait_for(state="detached")
    row = page.locator("#m-BS-02")
    assert "kritisch" in row.inner_text()
    officer.look()
    row.get_by_role("link", name=re.compile("Ende von BS-02 ändern")).click()
    page.get_by_role("form", name="Ende von BS-02 ändern").get_by_label("Ende").first.fill("2031-05-30")
    officer.look()
    page.keyboard.press("Escape")
    page.get_by_role("form", name="Ende von BS-02 ändern").wait_for(state="detached")

    row.get_by_role("link", name=re.compile("^BS-02|Mängel")).first.click()
    page.wait_for_url("**/BS-02/")
    officer.look()
    page.get_by_label("Interne Notizen").fill("Nur für uns.")
    page.get_by_role("button", name="Beschreibung speichern").click()
    page.get_by_role("status").or_(page.locator("#messages")).get_by_text(re.compile("gespeichert", re.I)).wait_for()
    assert page.get_by_label("Interne Notizen").input_value() == "Nur für uns."

    page.get_by_role("link", name="Verlauf").click()
    page.wait_for_url("**/verlauf/")
    officer.look()
    page.get_by_role("link", name=re.compile("wiederherstellen", re.I)).first.click()
    page.get_by_role("button", name="Wert wiederherstellen").wait_for()
    officer.look()
    page.get_by_role("button", name="Wert wiederherstellen").click()
    page.wait_for_url("**/verlauf/")
    page.goto("/arbeitsbereich/massnahmen/BS-02/")
    assert page.get_by_label("Interne Notizen").input_value() != "Nur für uns."


@pytest.mark.prove
def test_the_officer_reads_a_list_in_and_publishes_it(visit, tmp_path):
    officer = visit().log_in("digital.officer")
    page = officer.page
    file = tmp_path / "liste.csv"
    file.write_text(
        "Handlungsfeld;Nummer;Titel\nBürgerservice;90;Hundesteuer online\nBürgerservice;91;Fundbüro online\n"
    )
    page.goto("/arbeitsbereich/einlesen/")
    officer.look()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Datei hochladen").click()
    page.wait_for_url("**/zuordnen/")
    officer.look()
    page.get_by_role("button", name="Weiter zur Vorschau").click()
    page.wait_for_url("**/vorschau/")
    officer.look()
    page.locator("form.import-confirm button[type=submit]").click()
    page.wait_for_url("**/fertig/")
    officer.look()
    page.goto("/arbeitsbereich/massnahmen/?q=online&sichtbarkeit=INTERNAL")
    for title in ("Hundesteuer online", "Fundbüro online"):
        row = page.locator("tbody", has=page.get_by_role("link", name=re.compile(title)))
        row.get_by_role("checkbox").check()
    page.get_by_label("Gemeinsam ändern").select_option("veroeffentlichen")
    officer.look()
    page.get_by_role("button", name="Weiter zur Vorschau").click()
    page.locator("form.bulk-confirm").wait_for()
    officer.look()
    page.locator("form.bulk-confirm button[type=submit]").click()
    page.wait_for_url(re.compile(r"/massnahmen/(\?|$)"))
    officer.look()
    assert page.goto("/massnahmen/hundesteuer-online/").status == 200


@pytest.mark.prove
def test_of_two_at_the_same_form_the_second_is_shown_both_versions_and_loses_nothing(visit):
    first, second = visit().log_in("digital.officer"), visit().log_in("digital.officer")
    second.expected.add(409)
    for officer in (first, second):
        officer.page.goto("/arbeitsbereich/massnahmen/BS-03/")
    for officer, words in ((first, "Fassung der ersten"), (second, "Fassung der zweiten")):
        officer.page.get_by_label("Interne Notizen").fill(words)
        officer.page.get_by_role("button", name="Beschreibung speichern").click()
        officer.page.get_by_role("alert").or_(officer.page.locator("#messages > *")).first.wait_for()
    both = second.page.get_by_role("alert").first.inner_text()
    assert "Fassung der ersten" in both
    assert "Fassung der zweiten" in both
    assert second.page.get_by_label("Interne Notizen").first.input_value() == "Fassung der zweiten"
    second.look()
    first.page.reload()
    assert first.page.get_by_label("Interne Notizen").input_value() == "Fassung der ersten"
