"""From the question to the public page by way of the mail: asked, answered on a phone by the link, taken over."""

import re
from email import message_from_bytes, policy

import pytest

from tests import mail_servers, services
from tests.browsing import PHONE

pytestmark = pytest.mark.services
MORNING = """
from datetime import datetime, time, timedelta
from django.utils import timezone
from ground.workdays import is_workday
from masterplan.reminding.mailing import remind
day = timezone.localdate() - timedelta(days=1)
while not is_workday(day):
    day -= timedelta(days=1)
remind(now=timezone.make_aware(datetime.combine(day, time(8))))
"""
"""The scheduler's task of the last working day, so that the journey goes its way at weekends as well."""
FIELDS = 8


@pytest.fixture
def letters(site):
    """What a real worker hands to a mail server, by recipient."""
    with mail_servers.smtp() as server:
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}/?from=digital@winsen.example"}
        with services.worker(**site.environment, **mail) as worker:

            def to(mailbox):
                def arrived():
                    return any(recipient.startswith(f"{mailbox}@") for recipient, _ in server.letters)

                services.wait_until(arrived, worker, f"the mail to {mailbox}", 60)
                (raw,) = [raw for recipient, raw in server.letters if recipient.startswith(f"{mailbox}@")]
                return message_from_bytes(raw, policy=policy.default)

            yield to


def opened(visit, letter, **options):
    """The page of the mail's link, on a phone and without a login."""
    person = visit(viewport=PHONE, **options)
    person.page.goto(re.search(r"http://\S+/link/stand/\S+", letter.get_content())[0])
    person.look()
    return person


def test_from_the_mail_to_the_public_page(visit, site, letters):
    officer = visit().log_in("digital.officer")
    page = officer.page
    page.goto("/arbeitsbereich/statusmeldungen/erfragen/")
    officer.look()
    page.get_by_role("button", name="Stand erfragen").click()
    page.wait_for_url("**/statusmeldungen/")
    site.manage("shell", "-c", MORNING)

    letter = letters("bau")
    assert re.fullmatch(r"Bitte um Ihren Stand: eine Maßnahme, bis \d\d\.\d\d\.\d{4}", letter["Subject"])
    person = opened(visit, letter, java_script_enabled=False)
    person.page.get_by_role("button", name="Unverändert melden").click()
    person.page.get_by_role("heading", name="Alles gemeldet. Danke.").wait_for()
    person.look()

    person = opened(visit, letters("it"))
    form = person.page
    form.get_by_role("link", name="Mit IN-01 beginnen").click()
    form.get_by_role("link", name="Etwas hat sich geändert").click()
    form.get_by_label("Neues Ende").fill("2031-05-30")
    form.get_by_label("Woran liegt es?").fill("Die Bauarbeiten dauern länger.")
    form.get_by_label("Ein Satz für die Öffentlichkeit").fill("Der Anschluss der letzten Schulen dauert länger.")
    form.locator("#gesichert").get_by_text("Entwurf gesichert").wait_for()
    assert form.locator("form :is(input, textarea):visible:not([type=radio])").count() < FIELDS
    person.look()
    form.get_by_role("button", name="Weiter zur Übersicht").click()
    form.get_by_role("button", name="Statusmeldung abschicken").wait_for()
    person.look()
    form.get_by_role("button", name="Statusmeldung abschicken").click()
    form.get_by_role("heading", name="Alles gemeldet. Danke.").wait_for()
    assert person.context.cookies() == []

    citizen = visit()
    citizen.page.goto("/massnahmen/?wort=Glasfaser")
    citizen.page.get_by_role("link", name=re.compile("Glasfaser für alle")).first.click()
    citizen.page.get_by_role("heading", level=1, name=re.compile("Glasfaser für alle")).wait_for()
    said = citizen.page.get_by_text("Der Anschluss der letzten Schulen dauert länger.")
    assert said.count() == 0

    page.goto("/arbeitsbereich/statusmeldungen/")
    page.get_by_role("row", name=re.compile("IN-01")).get_by_role("link", name=re.compile("Prüfen")).click()
    page.get_by_text(re.compile("über Link an")).wait_for()
    officer.look()
    page.get_by_role("button", name="Übernehmen und weiter").click()
    page.get_by_text("IN-01: Statusmeldung übernommen.").wait_for()
    citizen.page.reload()
    said.first.wait_for()
    citizen.look()
