"""What comes back is read for what it is, recorded once, and nothing else is taken for it."""

import io
import mailbox
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from ground.models import MailState
from ground.posting.bounces import Return, read_return
from ground.posting.fetching import fetch_bounces
from ground.posting.returning import CAME_BACK, take_return
from tests import mail_servers
from tests.builders import NOW, make_mail
from tests.ground.letters import DELAY, EXIM, GERMAN, HEAD, MAIL_ID, QMAIL, TO, letter, report
from tests.services import free_port

UNKNOWN = "550 5.1.1 no such user here"
READ = {
    "a notification with the head of the mail": (report(), Return(MAIL_ID, TO, True, UNKNOWN)),
    "a notification with the whole mail": (
        report(quoted="message/rfc822", head=f"{HEAD}\nGuten Tag.\n"),
        Return(MAIL_ID, TO, True, UNKNOWN),
    ),
    "a notification that quotes nothing": (report(head=""), Return("", TO, True, UNKNOWN)),
    "a notification without the server's words": (
        report().replace(b"Diagnostic-Code: smtp; 550 5.1.1 no such\n    user here\n", b""),
        Return(MAIL_ID, TO, True, "5.1.1"),
    ),
    "given up after days of trying": (
        report(status="4.4.1", diagnostic="451 connection timed out"),
        Return(MAIL_ID, TO, True, "451 connection timed out"),
    ),
    "a delay": (
        report(action="delayed", status="4.4.1", diagnostic="451 try later"),
        Return(MAIL_ID, TO, False, "451 try later"),
    ),
    "a confirmation of delivery": (report(action="delivered", status="2.0.0"), None),
    "a report without its second part": (report().replace(b"message/delivery-status", b"text/csv"), None),
    "qmail's letter": (letter(QMAIL), Return(MAIL_ID, TO, True, "Remote host said: 550 5.1.1 mailbox unavailable")),
    "Exim's letter": (
        letter(EXIM, f"X-Failed-Recipients: {TO}", "Auto-Submitted: auto-replied"),
        Return("", TO, True, "host mx.stadt.example [192.0.2.1]: 550 unrouteable address"),
    ),
    "a letter without any code": (
        letter(GERMAN, sender="postmaster@stadt.example", subject="Unzustellbar: Ihr Stand"),
        Return("", TO, True, "Unzustellbar: Ihr Stand"),
    ),
    "a letter about a delay": (
        letter(DELAY),
        Return("", TO, False, "Reason: 451 4.4.1 connection timed out. You need do nothing."),
    ),
    "a letter about nothing": (letter("Guten Tag."), None),
    "an answer of a person that quotes the mail": (letter(f"Danke!\n> {HEAD}", sender="amt@stadt.example"), None),
    "an absence notice that quotes the mail": (
        letter(f"Ich bin bis 5.5.2027 nicht da.\n{HEAD}", "Auto-Submitted: auto-replied", sender="amt@stadt.example"),
        None,
    ),
    "an absence notice in the server's name": (letter(GERMAN, "Auto-Submitted: auto-replied (vacation)"), None),
    "nothing": (b"", None),
    "garbage": (bytes(range(256)), None),
}


@pytest.mark.parametrize(("raw", "read"), READ.values(), ids=READ)
def test_a_letter_is_read_for_what_it_is(raw, read):
    assert read_return(raw) == read


def state(mail):
    mail.refresh_from_db()
    return mail.state


@pytest.mark.django_db
def test_a_mail_that_came_back_says_so_with_the_servers_words():
    mail = make_mail()

    assert take_return(report(), now=NOW) == mail
    mail.refresh_from_db()
    assert (mail.state, mail.returned_at, mail.reason, mail.answer) == ("RETURNED", NOW, CAME_BACK, UNKNOWN)


@pytest.mark.django_db
def test_the_same_letter_taken_twice_changes_nothing():
    mail = make_mail()
    take_return(report(), now=NOW)

    assert take_return(report(), now=NOW + timedelta(days=1)) is None
    mail.refresh_from_db()
    assert mail.returned_at == NOW


@pytest.mark.django_db
def test_without_an_id_the_newest_mail_to_this_address_is_meant():
    older = make_mail("probe:a", address=TO, sent_at=NOW - timedelta(days=2))
    newer = make_mail("probe:b", address=TO.title(), sent_at=NOW - timedelta(days=1))
    other = make_mail("probe:c", sent_at=NOW)

    take_return(report(head=""), now=NOW)

    assert [state(one) for one in (older, newer, other)] == ["SENT", "RETURNED", "SENT"]


IGNORED = {
    "a delay": ({}, report(action="delayed")),
    "a mail not known here": ({"message_id": "another@stadt.example"}, report()),
    "an address, long after": ({"address": TO, "sent_at": NOW - timedelta(days=15)}, report(head="")),
    "an address not known here": ({}, report(head="")),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "raw"), IGNORED.values(), ids=IGNORED)
def test_what_is_no_return_of_a_mail_of_ours_changes_nothing(fields, raw):
    mail = make_mail(**fields)

    assert take_return(raw, now=NOW) is None
    assert state(mail) == MailState.SENT


@pytest.fixture
def mail(db):
    return make_mail()


@pytest.fixture
def postbox(settings):
    with mail_servers.imap(letter("Guten Tag.", sender="amt@stadt.example"), report()) as server:
        settings.BOUNCES = {
            "host": "127.0.0.1",
            "port": server.port,
            "tls": False,
            "username": "portal",
            "password": "geheim",
            "folder": "Rückläufer".encode("ascii", "ignore").decode(),
        }
        yield server


def test_the_mailbox_is_read_once_and_nothing_is_deleted(mail, postbox):
    assert [fetch_bounces(now=NOW), fetch_bounces(now=NOW)] == [1, 0]
    assert (state(mail), [seen for _, seen in postbox.letters]) == (MailState.RETURNED, [True, True])
    assert postbox.folders == ['"Rcklufer"'] * 2


def test_a_letter_that_could_not_be_recorded_stays_unread(mail, postbox, monkeypatch):
    class Broken(Exception):
        pass

    def fail(raw, now):
        raise Broken

    monkeypatch.setattr("ground.posting.fetching.take_return", fail)
    with pytest.raises(Broken):
        fetch_bounces(now=NOW)

    assert [seen for _, seen in postbox.letters] == [False, False]


@pytest.mark.parametrize("wrong", [{"password": "falsch"}, {"port": None}])
def test_a_mailbox_that_cannot_be_read_is_a_line_in_the_log(mail, postbox, settings, caplog, wrong):
    settings.BOUNCES = {**settings.BOUNCES, **wrong, **({"port": free_port()} if "port" in wrong else {})}

    assert fetch_bounces(now=NOW) == 0
    assert [line for line in caplog.messages if "cannot be read" in line] == caplog.messages != []
    assert "falsch" not in caplog.text


def test_without_a_mailbox_nothing_is_fetched(settings):
    settings.BOUNCES = {}

    assert fetch_bounces(now=NOW) == 0


def taken(*arguments):
    said = io.StringIO()
    call_command("take_bounces", *arguments, stdout=said)
    return said.getvalue().strip()


def test_a_mail_server_hands_a_letter_to_the_command(mail, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(report())

    monkeypatch.setattr("sys.stdin", Stdin)

    assert (taken(), state(mail)) == ("Zurückgekommen und verzeichnet: 1", MailState.RETURNED)


@pytest.mark.parametrize("kind", [mailbox.Maildir, mailbox.mbox])
def test_the_command_reads_a_folder_and_leaves_it_as_it_is(mail, tmp_path, kind):
    folder = kind(tmp_path / "rest", create=True)
    for raw in (letter("Guten Tag."), report()):
        folder.add(raw)
    folder.close()

    assert (taken(tmp_path / "rest"), state(mail)) == ("Zurückgekommen und verzeichnet: 1", MailState.RETURNED)
    assert len(kind(tmp_path / "rest")) == 2


def test_a_folder_that_is_none_is_refused(mail, tmp_path):
    with pytest.raises(CommandError, match="weder ein Maildir noch eine mbox"):
        taken(tmp_path / "fehlt")
