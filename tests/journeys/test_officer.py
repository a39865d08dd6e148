"""The Digital Officer's work from login to the released report, and two who edit at once."""

import re

import pytest

pytestmark = [pytest.mark.services, pytest.mark.prove]


def test_the_officer_changes_a_measure_in_the_table_and_in_its_form(visit):
    officer = visit().log_in("digital.officer")
    page = officer.page
    officer.look()
    page.goto("/arbeitsbereich/massnahmen/")
    officer.look()
    page.get_by_role("link", name=re.compile("Status von BS-02 ändern")).click()
    form = page.get_by_role("form", name="Status von BS-02 ändern")
    form.get_by_label("Status").select_option("kritisch")
    form.get_by_label("Grund").fill("Der Anbieter liefert nicht.")
    officer.look()
    form.get_by_role("button", name="Als Statusmeldung speichern").click()
    page.get_by_role("status").filter(has_text=re.compile("gespeichert|geändert", re.IGNORECASE)).wait_for()
    page.goto("/arbeitsbereich/massnahmen/BS-02/")
    officer.look()
    page.get_by_label("Interne Notizen").fill("Nur für uns.")
    page.get_by_role("button", name="Beschreibung speichern").click()
    page.wait_for_load_state()
    page.goto("/arbeitsbereich/massnahmen/BS-02/")
    assert page.get_by_label("Interne Notizen").input_value() == "Nur für uns."
    page.goto("/arbeitsbereich/massnahmen/BS-02/verlauf/")
    officer.look()


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
    page.get_by_label("Was soll geschehen?").select_option("veroeffentlichen")
    page.get_by_role("button", name="Weiter zur Vorschau").click()
    page.wait_for_load_state()
    officer.look()
    page.locator("form.bulk-confirm button[type=submit]").click()
    page.wait_for_load_state()
    assert page.goto("/massnahmen/hundesteuer-online/").status == 200


def test_a_report_goes_from_the_officer_through_the_release_to_council_and_public(visit):
    officer, head, member = visit().log_in("digital.officer"), visit().log_in("buergermeister"), visit().log_in("rat")
    page = officer.page
    page.goto("/arbeitsbereich/berichte/")
    officer.look()
    page.get_by_role("button", name="Bericht anlegen").click()
    page.wait_for_url(re.compile(r"/berichte/\d+/"))
    where = page.url
    page.get_by_label("Einschätzung des Digital Officer").fill("Ein gutes Halbjahr.")
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_load_state()
    officer.look()
    page.get_by_role("link", name="Weiter zum Einfrieren").click()
    officer.look()
    page.get_by_role("button", name="Bericht einfrieren").click()
    page.get_by_role("link", name=re.compile("Herunterladen")).first.wait_for(timeout=120000)
    page.wait_for_function("() => !document.querySelector('#ausgaben[data-hx-get]')", timeout=120000)
    officer.look()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name=re.compile("Herunterladen")).first.evaluate(
            "link => { link.download = ''; link.click() }"
        )
    assert downloaded.value.path().read_bytes().startswith(b"%PDF-1.7")
    head.page.goto(where)
    head.look()
    head.page.get_by_role("link", name="Weiter zur Freigabe").click()
    head.look()
    head.page.get_by_role("button", name="Bericht freigeben").click()
    head.page.wait_for_load_state()
    member.page.goto("/gremien/")
    member.look()
    edition = member.page.get_by_role("link", name=re.compile("Rat")).first.get_attribute("href")
    answer = member.page.request.get(edition)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    citizen = visit()
    citizen.page.goto("/berichte/")
    citizen.look()


def test_of_two_officers_the_second_is_shown_both_versions(visit):
    first, second = visit().log_in("digital.officer"), visit().log_in("digital.officer")
    second.expected.add(409)
    for officer in (first, second):
        officer.page.goto("/arbeitsbereich/massnahmen/BS-03/")
    for officer, words in ((first, "Fassung der ersten"), (second, "Fassung der zweiten")):
        officer.page.get_by_label("Interne Notizen").fill(words)
        officer.page.get_by_role("button", name="Beschreibung speichern").click()
        officer.page.wait_for_load_state()
    warning = second.page.get_by_role("alert").first.inner_text()
    assert "Fassung der ersten" in warning
    assert "Fassung der zweiten" in warning
    second.look()
