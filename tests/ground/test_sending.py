"""One mail over the wire: what it looks like, and what each answer of a server makes of it."""

import email
import re
from datetime import timedelta
from email import policy

import pytest
from django.urls import reverse

from ground.linking import make_link, open_link, revoke
from ground.models import Mail, MailState
from ground.posting import sending
from ground.posting.outbox import LINK
from ground.posting.rules import HANGS_AFTER, PAUSES
from ground.posting.sending import GAVE_UP, LINK_ENDED, REFUSED, UNCERTAIN, send
from ground.posting.sweeping import sweep_mails
from tests import mail_servers
from tests.builders import NOW, make_mail, make_town
from tests.services import free_port

pytestmark = pytest.mark.django_db
PAGES = "tests.link_addresses"


@pytest.fixture
def server(settings):
    with mail_servers.smtp() as running:
        settings.MAILERS = mail_servers.mailers(running.port)
        yield running


def waiting(address="amt@stadt.example", **fields):
    return make_mail(state=MailState.WAITING, **{"address": address, "attempts": 0, **fields})


def test_a_mail_reads_as_it_was_written(server, settings):
    make_town(email="digital@stadt.example")
    settings.DEFAULT_FROM_EMAIL = "portal@stadt.example"
    text = "Guten Tag,\n\nbitte prüfen Sie Ihre Maßnahmen – bis Dienstag.\n" + "Ein sehr langer Satz. " * 60
    mail = waiting(subject="Ihre Maßnahmen: Stand für Straßen, Brücken und Plätze im Überblick", text=text)

    assert send(mail_id=mail.pk, now=NOW)

    ((recipient, raw),) = server.letters
    letter = email.message_from_bytes(raw, policy=policy.default)
    assert recipient == "amt@stadt.example"
    assert {name: letter[name] for name in letter if name not in ("Date", "MIME-Version")} == {
        "From": "portal@stadt.example",
        "To": "amt@stadt.example",
        "Reply-To": "digital@stadt.example",
        "Subject": "Ihre Maßnahmen: Stand für Straßen, Brücken und Plätze im Überblick",
        "Message-ID": "<probe.1@stadt.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": letter["Content-Transfer-Encoding"],
    }
    assert letter["Date"].datetime.tzinfo is not None
    assert letter.get_content().replace("\r\n", "\n").strip() == text.strip()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, NOW, 1)


def test_without_a_mail_server_mails_are_files(settings, tmp_path):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": tmp_path / "mail"},
        }
    }

    assert send(mail_id=waiting().pk, now=NOW)
    (file,) = (tmp_path / "mail").iterdir()
    assert "To: amt@stadt.example" in file.read_text()


OUTCOMES = [
    ("amt", "SENT", "", ""),
    ("unbekannt", "FAILED", REFUSED, "550 5.1.1 <unbekannt@stadt.example>: Recipient address rejected"),
    ("spaeter", "WAITING", "", "451 4.7.1 Greylisting in action, please come back later"),
    ("abbruch", "FAILED", UNCERTAIN, "SMTPServerDisconnected: Connection unexpectedly closed"),
    ("straße", "FAILED", sending.NOT_MADE, None),
]


@pytest.mark.parametrize(("to", "state", "reason", "answer"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_each_answer_of_a_server_has_its_outcome(server, to, state, reason, answer):
    mail = waiting(f"{to}@stadt.example")

    sent = send(mail_id=mail.pk, now=NOW)
    mail.refresh_from_db()

    assert (sent, mail.state, mail.reason) == (state == "SENT", state, reason)
    assert answer is None or mail.answer == answer


@pytest.mark.parametrize("attempts", range(len(PAUSES) + 1))
def test_an_unready_server_is_asked_again_after_growing_pauses_and_in_the_end_no_more(settings, attempts):
    settings.MAILERS = mail_servers.mailers(free_port())
    mail = waiting(attempts=attempts)

    send(mail_id=mail.pk, now=NOW)
    mail.refresh_from_db()

    assert "ConnectionRefusedError" in mail.answer
    if attempts < len(PAUSES):
        assert (mail.state, mail.send_after) == (MailState.WAITING, NOW + PAUSES[attempts])
    else:
        assert (mail.state, mail.failed_at, mail.reason) == (MailState.FAILED, NOW, GAVE_UP)


def test_a_mail_is_sent_once_however_often_a_worker_is_called(server):
    mail = waiting()

    assert [send(mail_id=mail.pk, now=NOW) for _ in range(3)] == [True, False, False]
    assert len(server.letters) == 1


@pytest.mark.parametrize("fields", [{"send_after": NOW + timedelta(seconds=1)}, {"state": MailState.CANCELLED}])
def test_what_is_not_due_or_taken_back_is_not_sent(server, fields):
    mail = make_mail(**{"state": MailState.WAITING, **fields})

    assert not send(mail_id=mail.pk, now=NOW)
    assert server.letters == []


def a_link(**fields):
    usual = {"purpose": "probe_by_link", "subject": "user:1", "expires_at": NOW + timedelta(days=7)}
    return make_link(**{**usual, **fields}, now=NOW - timedelta(days=1), by=None)


def test_the_link_stands_in_the_mail_and_nowhere_else(server, settings):
    settings.ROOT_URLCONF = PAGES
    link = a_link()
    mail = waiting(text=f"Melden Sie hier Ihren Stand:\n{LINK}\n", link=link)

    send(mail_id=mail.pk, now=NOW)

    body = email.message_from_bytes(server.letters[0][1], policy=policy.default).get_content()
    token = re.search(rf"{settings.SITE_URL}/link/probe/([\w-]+)/", body)[1]
    assert open_link(token, purpose="probe_by_link", now=NOW) == link
    stored = str([*Mail.objects.values(), *type(link).objects.values()])
    assert (token in stored, LINK in stored) == (False, True)
    assert len(reverse("probe_by_link", args=[token])) < 70


@pytest.mark.parametrize("end", ["expired", "revoked", "gone", "without a page"])
def test_a_mail_whose_link_opens_nothing_is_not_sent(server, settings, end):
    settings.ROOT_URLCONF = "winsen_digital.urls" if end == "without a page" else PAGES
    link = a_link(expires_at=NOW if end == "expired" else NOW + timedelta(days=7))
    mail = waiting(text=LINK, link=link)
    if end == "revoked":
        revoke(purpose="probe_by_link", subject="user:1", by=None, now=NOW)
    if end == "gone":
        link.delete()

    send(mail_id=mail.pk, now=NOW)
    mail.refresh_from_db()

    assert (mail.state, mail.reason, mail.answer, server.letters) == (MailState.FAILED, LINK_ENDED, "", [])


def test_a_mail_whose_worker_was_killed_is_not_sent_again_by_itself(server):
    mail = make_mail(state=MailState.SENDING, claimed_at=NOW)

    within = sweep_mails(now=NOW + HANGS_AFTER)
    mail.refresh_from_db()
    assert (within, mail.state) == ([], MailState.SENDING)

    after = sweep_mails(now=NOW + HANGS_AFTER + timedelta(seconds=1))
    mail.refresh_from_db()
    assert (after, mail.state, mail.reason) == ([], MailState.FAILED, UNCERTAIN)


def test_a_worker_that_was_taken_for_dead_writes_nothing_more(server):
    mail = waiting()
    claimed = Mail.claim(mail.pk, now=NOW)
    sweep_mails(now=NOW + timedelta(hours=1))

    sending._record(claimed, sending.Outcome(), NOW + timedelta(hours=2))
    mail.refresh_from_db()

    assert (mail.state, mail.reason) == (MailState.FAILED, UNCERTAIN)


def test_the_sweep_finds_what_is_due_the_oldest_first():
    late = waiting(key="probe:late", send_after=NOW - timedelta(hours=1))
    due = waiting(key="probe:due")
    waiting(key="probe:later", send_after=NOW + timedelta(seconds=1))
    make_mail("probe:sent")

    assert sweep_mails(now=NOW) == [late.pk, due.pk]


@pytest.mark.parametrize(
    ("state", "days", "kept"),
    [
        ("SENT", 365, True),
        ("SENT", 366, False),
        ("FAILED", 366, False),
        ("CANCELLED", 366, False),
        ("WAITING", 366, True),
    ],
)
def test_a_year_later_a_mail_is_gone_unless_it_waits(state, days, kept):
    make_mail(state=MailState(state))

    sweep_mails(now=NOW + timedelta(days=days))

    assert Mail.objects.exists() is kept
