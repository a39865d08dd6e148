"""The table of measures by keys alone, as who uses no mouse works with it."""

import re

import pytest

pytestmark = pytest.mark.services

HERE = "document.activeElement.closest('[data-key-row]')?.id"
CELL = "document.activeElement.getAttribute('href')?.split('/').at(-2)"


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_officer_walks_through_the_table_selects_and_changes_without_a_mouse(visit):
    officer = visit().log_in("digital.officer")
    page = officer.page
    page.goto("/arbeitsbereich/massnahmen/")
    press(page, "j", "ArrowDown", "j", "k", "ArrowRight", "ArrowRight")
    assert (page.evaluate(HERE), page.evaluate(CELL)) == ("m-BS-02", "health")
    press(page, "x")
    assert page.locator("[data-picked]").inner_text() == "1 auf dieser Seite ausgewählt"

    press(page, "e")
    form = page.get_by_role("form", name="Status von BS-02 ändern")
    form.wait_for()
    officer.look()
    press(page, "Escape")
    form.wait_for(state="detached")
    page.wait_for_function(f"{CELL} === 'health'")
    assert page.locator("#pick-BS-02").is_checked()

    press(page, "/")
    page.keyboard.type("jxe")
    assert page.get_by_label("Nummer oder Wort").input_value() == "jxe"
    press(page, "Escape", "j", "Enter")
    page.wait_for_url("**/BS-01/")


def test_who_does_not_want_the_keys_switches_them_off_for_good(visit):
    officer = visit().log_in("digital.officer")
    page = officer.page
    page.goto("/arbeitsbereich/massnahmen/")
    press(page, "?")
    officer.look()
    page.get_by_label("Tasten benutzen").uncheck()
    for _ in range(2):
        press(page, "Escape", "j")
        assert page.evaluate(HERE) is None
        page.reload()
    press(page, "?")
    assert page.locator("[data-keys]").get_attribute("open") is None
    page.get_by_text("Tasten auf dieser Seite").click()
    page.get_by_label("Tasten benutzen").check()
    press(page, "j")
    assert page.evaluate(HERE) == "m-BS-01"


def test_who_gives_an_update_back_by_key_writes_and_approves_nothing(visit):
    officer = visit().log_in("digital.officer")
    page = officer.page
    page.goto("/arbeitsbereich/statusmeldungen/")
    page.get_by_role("link", name="Prüfen").first.click()
    page.wait_for_url(re.compile(r"/statusmeldungen/\d+/$"))
    address = page.url
    press(page, "z")
    page.keyboard.type("und nun")
    assert (page.url, page.get_by_label("Hinweis").input_value()) == (address, "und nun")
    press(page, "Escape", "u")
    page.wait_for_url(lambda url: url != address)
    officer.look()
