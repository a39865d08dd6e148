"""A report's way from the Digital Officer through the release to council and public, made by a real worker."""

import re

import pytest

pytestmark = [pytest.mark.services, pytest.mark.prove, pytest.mark.usefixtures("site_with_worker")]
DOWNLOAD = re.compile("Herunterladen")


def downloaded(person, link):
    """What it is and its first bytes; a browser without a viewer of its own for PDF asks where to put it."""
    answer = person.page.request.get(link.get_attribute("href"))
    return answer.headers["content-type"], answer.body()[:5]


def test_a_report_goes_from_the_officer_through_the_release_to_council_and_public(visit):
    officer, head, member, citizen = (*map(visit_of(visit), ("digital.officer", "buergermeister", "rat")), visit())
    page = officer.page
    page.goto("/arbeitsbereich/berichte/")
    officer.look()
    page.get_by_role("button", name="Bericht anlegen").click()
    page.wait_for_url(re.compile(r"/berichte/\d+/"))
    where, period = page.url, page.get_by_role("heading", level=1).inner_text().removeprefix("Statusbericht ")
    page.get_by_label("Einschätzung des Digital Officer").fill("Ein gutes Halbjahr.")
    page.get_by_role("button", name="Speichern").click()
    page.locator("#messages").get_by_text("Gespeichert.").wait_for()
    officer.look()
    page.get_by_role("link", name="Weiter zum Einfrieren").click()
    page.get_by_role("button", name="Bericht einfrieren").wait_for()
    officer.look()
    page.get_by_role("button", name="Bericht einfrieren").click()
    page.get_by_text("Sie können die Seite verlassen").wait_for()
    page.wait_for_function("() => !document.querySelector('#ausgaben[data-hx-get]')", timeout=120000)
    officer.look()
    assert downloaded(officer, page.get_by_role("link", name=DOWNLOAD).first) == ("application/pdf", b"%PDF-")

    head.page.goto(where)
    head.look()
    head.page.get_by_role("link", name="Weiter zur Freigabe").click()
    head.page.get_by_role("button", name="Bericht freigeben").wait_for()
    head.look()
    head.page.get_by_role("button", name="Bericht freigeben").click()
    head.page.get_by_role("heading", name="Öffentliche Seite").wait_for()
    head.look()

    member.page.reload()
    member.look()
    report = member.page.locator(".row-list > li", has_text=period)
    assert downloaded(member, report.get_by_role("link", name=DOWNLOAD).first) == ("application/pdf", b"%PDF-")
    report.get_by_role("link").first.click()
    member.page.get_by_text("Ein gutes Halbjahr.").wait_for()
    member.look()

    citizen.page.goto("/berichte/")
    citizen.look()
    citizen.page.get_by_role("link", name=re.compile(period)).first.click()
    citizen.page.wait_for_url(re.compile(r"/berichte/\d{4}-h[12]/"))
    citizen.look()
    assert "Ein gutes Halbjahr." in citizen.page.locator("main").inner_text()


def visit_of(visit):
    return lambda mailbox: visit().log_in(mailbox)
