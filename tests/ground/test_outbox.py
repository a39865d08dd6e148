"""The Postausgang: one row a key, sent after the commit, taken back, sent again, erased."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import IntegrityError, transaction

from accounts.models import User
from ground import tasks
from ground.linking import make_link
from ground.models import Mail, MailState
from ground.posting.outbox import LINK, LinkHasNoPlace, NoAddress, cancel, erase, post, send_again
from tests.builders import NOW, make_mail, make_user

pytestmark = pytest.mark.django_db


def posted(key="probe:1", **fields):
    usual = {"kind": "probe", "address": "amt@stadt.example", "subject": "Ihr Stand", "text": "Guten Tag.", "now": NOW}
    return post(key=key, **{**usual, **fields})


def state(mail):
    mail.refresh_from_db()
    return mail.state


@pytest.fixture
def told(monkeypatch):
    """The mails for which a worker was called."""
    called = []
    monkeypatch.setattr(tasks.send_mail, "delay", called.append)
    return called


def test_a_mail_goes_out_after_the_commit_and_not_before(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mail = posted()
        assert (mail.state, django_mail.outbox) == (MailState.WAITING, [])

    assert (state(mail), [message.to for message in django_mail.outbox]) == (MailState.SENT, [["amt@stadt.example"]])


def test_a_mail_of_a_transaction_that_is_undone_does_not_exist(told, django_capture_on_commit_callbacks):
    class Undone(Exception):
        pass

    def undone():
        with transaction.atomic():
            posted()
            raise Undone

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Undone):
        undone()

    assert (Mail.objects.count(), told) == (0, [])


def test_the_same_key_is_the_same_mail(told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = posted(subject="Erste Fassung")
        again = posted(subject="Zweite Fassung")

    assert (again, again.subject, told) == (first, "Erste Fassung", [first.pk])


def test_a_mail_for_later_waits_for_the_sweep(told, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        posted(send_after=NOW + timedelta(hours=1))

    assert told == []


def test_an_account_gets_it_at_its_address(told):
    user = make_user(email="fachdienst@stadt.example")

    mail = posted(recipient=user, address="")

    assert (mail.recipient, mail.address) == (user, "fachdienst@stadt.example")


def test_a_subject_is_one_line(told):
    assert posted(subject="Ihr Stand\r\nBcc: alle@stadt.example").subject == "Ihr Stand Bcc: alle@stadt.example"


def test_without_an_address_there_is_no_mail():
    with pytest.raises(NoAddress):
        posted(address="")


@pytest.mark.parametrize(("text", "with_link"), [(f"Hier: {LINK}", False), ("Hier ist nichts.", True)])
def test_a_link_and_its_place_come_together(text, with_link):
    link = make_link(purpose="health/live", subject="x", expires_at=NOW + timedelta(days=1), now=NOW, by=None)

    with pytest.raises(LinkHasNoPlace):
        posted(text=text, link=link if with_link else None)


@pytest.mark.parametrize(
    ("before", "after"), [(one, "CANCELLED" if one == "WAITING" else one) for one in MailState.values]
)
def test_only_what_waits_is_taken_back(before, after):
    mail = make_mail(state=MailState(before))

    taken_back = cancel(mail.key, "unbekannt")

    assert (state(mail), taken_back) == (after, int(before == "WAITING"))


@pytest.mark.parametrize(
    ("before", "after"), [(one, "WAITING" if one in ("FAILED", "RETURNED") else one) for one in MailState.values]
)
def test_only_what_did_not_arrive_is_sent_again(told, django_capture_on_commit_callbacks, before, after):
    mail = make_mail(state=MailState(before))

    with django_capture_on_commit_callbacks(execute=True):
        again = send_again(mail_id=mail.pk, now=NOW)

    assert (state(mail), again, told) == (after, before != after, [mail.pk] if again else [])


def test_it_is_sent_again_to_the_address_of_today(told):
    user = make_user(email="alt@stadt.example")
    mail = make_mail(state=MailState.RETURNED, recipient=user, address="alt@stadt.example")
    User.objects.filter(pk=user.pk).update(email="neu@stadt.example")

    send_again(mail_id=mail.pk, now=NOW)
    mail.refresh_from_db()

    assert (mail.address, mail.attempts, mail.reason, mail.returned_at) == ("neu@stadt.example", 0, "", None)


def test_whoever_is_erased_is_in_no_mail_any_more_and_gets_none_again(told):
    user = make_user(email="erika@stadt.example")
    mails = [
        make_mail(f"probe:{number}", MailState(one), recipient=user, address=user.email, answer=f"<{user.email}> …")
        for number, one in enumerate(["SENT", "FAILED", "RETURNED", "WAITING"])
    ]
    other = make_mail("probe:other", text="Guten Tag.")

    erase(recipient=user)

    assert list(
        Mail.objects.filter(pk__in=[mail.pk for mail in mails])
        .order_by("pk")
        .values_list("state", "recipient", "address", "subject", "text", "answer")
    ) == [(one, None, "", "(gelöscht)", "", "") for one in ("SENT", "FAILED", "RETURNED", "CANCELLED")]
    assert posted("probe:0", address="erika@stadt.example").state == MailState.SENT
    assert not send_again(mail_id=mails[1].pk, now=NOW)
    other.refresh_from_db()
    assert (other.text, other.address) == ("Guten Tag.", "amt@stadt.example")


def test_someone_without_an_account_is_erased_by_address():
    mail = make_mail(address="Buergerin@post.example")

    assert erase(address="buergerin@post.example") == 1
    mail.refresh_from_db()
    assert mail.address == ""


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "SENDING", "claimed_at": None}, "mail_sending_is_claimed"),
        ({"state": "SENT", "sent_at": None}, "mail_sent_has_its_moment"),
        ({"state": "WAITING", "sent_at": NOW}, "mail_sent_has_its_moment"),
        ({"state": "FAILED", "failed_at": None, "reason": "x"}, "mail_failed_has_its_moment"),
        ({"state": "RETURNED", "sent_at": NOW, "reason": "x"}, "mail_returned_has_its_moment"),
        ({"state": "FAILED", "failed_at": NOW, "reason": ""}, "mail_undelivered_has_its_reason"),
        ({"state": "SENT", "sent_at": NOW, "reason": "x"}, "mail_undelivered_has_its_reason"),
        ({"state": "WAITING", "address": ""}, "mail_to_be_sent_has_an_address"),
        ({"state": "VERLOREN"}, "mail_state_known"),
    ],
)
def test_the_database_refuses_half_a_state(fields, constraint):
    mail = make_mail(state=MailState.WAITING)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(**fields)
