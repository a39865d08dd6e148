"""The Postausgang in the workspace: what was sent to whom, what came back, and sending again."""

import html
import re
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import Function
from ground.linking import make_link
from ground.models import Event, Mail, MailState, SignedLink
from ground.posting.outbox import LINK
from tests import mail_servers
from tests.builders import NOW, appoint, make_mail, make_user
from tests.services import free_port

pytestmark = pytest.mark.django_db


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_without_a_mail_the_page_says_what_will_stand_there(client, officer):
    assert "Noch keine Mail" in words(client.get(reverse("post")))


def test_the_newest_day_comes_first_and_each_mail_says_how_it_went(client, officer):
    user = make_user(email="erika@stadt.example", name="Erika Muster")
    make_mail("a", recipient=user, address=user.email)
    make_mail("b", MailState.FAILED, reason="Abgelehnt.", answer="550 5.1.1 unknown", created_at=NOW.replace(day=23))

    page = words(client.get(reverse("post")))

    assert "Eine Mail wurde nicht versandt." in page
    shown = [
        "Montag, 23. November 2026",
        "amt@stadt.example",
        "nicht versandt Abgelehnt. Der Server sagt: 550 5.1.1 unknown",
        "Erneut senden",
        "Sonntag, 22. November 2026",
        "Erika Muster erika@stadt.example",
        "versandt",
    ]
    assert [part for part in shown if part not in page] == []
    assert sorted(shown[:5], key=page.index) == shown[:5]
    assert page.count("Erneut senden") == 1


@pytest.mark.parametrize("state", MailState.values)
def test_the_list_is_narrowed_to_a_state(client, officer, state):
    for one in MailState:
        make_mail(f"probe:{one}", one, subject=f"Betreff {one.value}")

    page = client.get(reverse("post"), {"stand": state})

    assert [row.subject for row in page.context["page"].object_list] == [f"Betreff {state}"]
    assert "Alle (6)" in words(page)


def test_an_unknown_state_shows_all(client, officer):
    make_mail()

    assert len(client.get(reverse("post"), {"stand": "x"}).context["page"].object_list) == 1


def test_a_state_without_a_mail_leads_back_to_all(client, officer):
    make_mail()

    assert "Keine Mail hat diesen Stand" in words(client.get(reverse("post"), {"stand": "FAILED"}))


def test_a_page_holds_25_and_costs_the_same_for_3_and_for_60(client, officer):
    def ask():
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("post"))
        return len(page.context["page"].object_list), len(queries)

    people = [make_user(email=f"p{number}@stadt.example") for number in range(60)]
    for number in range(3):
        make_mail(f"probe:{number}", recipient=people[number])
    ask()  # the first page of a process reads the town
    few = ask()
    for number in range(3, 60):
        make_mail(f"probe:{number}", recipient=people[number])

    assert (few[0], ask()) == (3, (25, few[1]))


def test_a_mail_is_read_without_its_link(client, officer):
    mail = make_mail(text=f"Guten Tag,\n{LINK}")

    page = words(client.get(reverse("post_mail", args=[mail.pk])))

    assert "Guten Tag, [persönlicher Link]" in page
    assert "stand in der Mail eine Adresse" in page


def test_an_erased_mail_says_so(client, officer):
    mail = make_mail(address="", text="", subject="(gelöscht)")

    assert "Text und Adresse sind gelöscht." in words(client.get(reverse("post_mail", args=[mail.pk])))


def test_what_failed_is_sent_again_and_the_journal_names_who_did(client, officer, django_capture_on_commit_callbacks):
    mail = make_mail(state=MailState.FAILED)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("post_resend", args=[mail.pk]), follow=True)

    assert "Die Mail geht noch einmal hinaus." in words(answer)
    assert [message.to for message in django_mail.outbox] == [["amt@stadt.example"]]
    assert list(Event.objects.values_list("kind", "subject_id", "author")) == [("mail.resent", mail.pk, officer.pk)]


def test_what_arrived_is_not_sent_again(client, officer):
    mail = make_mail()

    answer = client.post(reverse("post_resend", args=[mail.pk]), follow=True)

    assert "Es wurde nichts versandt." in words(answer)
    assert (django_mail.outbox, Event.objects.count()) == ([], 0)


def test_who_stands_in_for_the_officer_reads_it_and_nobody_else_does(client):
    mail, person = make_mail(), make_user()
    client.force_login(person)
    pages = [reverse("post"), reverse("post_mail", args=[mail.pk])]
    assert [client.get(page).status_code for page in pages] == [403, 403]

    appoint(person, Function.DEPUTY_DIGITAL_OFFICER)

    assert [client.get(page).status_code for page in pages] == [200, 200]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "Postausgang"),
        (["SENT"], "Postausgang"),
        (["FAILED"], "Eine Mail kam nicht an"),
        (["FAILED", "RETURNED"], "Zwei Mails kamen nicht an"),
    ],
)
def test_the_desk_says_when_mails_did_not_arrive(client, officer, time_machine, states, said):
    time_machine.move_to(NOW, tick=False)
    for state in states:
        make_mail(f"probe:{state}", MailState(state))

    assert client.get(reverse("desk")).context["post"] == said


def test_a_mail_that_is_tried_again_says_when(client, officer, settings, time_machine):
    time_machine.move_to(NOW, tick=False)
    settings.MAILERS = mail_servers.mailers(free_port())
    mail = make_mail(state=MailState.FAILED, send_after=NOW)
    client.post(reverse("post_resend", args=[mail.pk]))
    Mail.objects.filter(pk=mail.pk).update(attempts=1, answer="451 später")

    page = words(client.get(reverse("post_mail", args=[mail.pk])))

    assert "Nächster Versuch: 22.11.2026, 12:00 Uhr." in page


def test_a_link_in_wrong_hands_is_ended(client, officer):
    now = timezone.now()
    ends = now + timedelta(days=3)
    link = make_link(purpose="status_by_link", subject="user:1", expires_at=ends, now=now, by=None)
    mail = make_mail(text=f"Guten Tag. {LINK}", link=link)
    page = client.get(reverse("post_mail", args=[mail.pk]))
    assert "Link widerrufen" in words(page)

    ended = client.post(reverse("post_revoke", args=[mail.pk]), follow=True)

    assert "Der Link gilt nicht mehr." in words(ended)
    assert not SignedLink.objects.in_force(timezone.now()).exists()
