"""Texts that are longer than their field: nothing that was typed or pasted is lost in silence."""

import pytest

pytestmark = pytest.mark.services
SENTENCE = "Das Landesportal wird umgestellt.\n"


def test_what_is_pasted_beyond_the_limit_is_counted_and_comes_back_whole(visit):
    officer = visit().log_in("digital.officer")
    page = officer.page
    page.goto("/arbeitsbereich/massnahmen/BS-02/stand/")
    text = page.get_by_label("Ein Satz für die Öffentlichkeit")
    counted = text.locator("xpath=following-sibling::*[contains(@class, 'count')]")
    text.fill(SENTENCE)
    assert counted.inner_text() == "35 von 400 Zeichen"

    text.fill(SENTENCE * 12)
    assert counted.inner_text() == "20 Zeichen zu viel"
    text.evaluate("text => text.form.requestSubmit()")
    page.get_by_text("höchstens 400 Zeichen").first.wait_for()
    assert page.get_by_label("Ein Satz für die Öffentlichkeit").input_value().strip() == (SENTENCE * 12).strip()
    officer.look()
