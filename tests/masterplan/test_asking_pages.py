"""The Digital Officer sees whom a question went to, what came back, and asks the deputy instead."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from ground.models import Mail, MailState
from ground.workdays import workdays_after
from masterplan.asking import ask
from masterplan.models import Reminder, StatusRequest
from tests.builders import make_mail, make_measure, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_officer(name="Digital Officer")
    client.force_login(user)
    return user


def asked(officer, *measures):
    due = timezone.localdate() + timedelta(days=10)
    asked = ask(measure_ids=[one.pk for one in measures], due=due, by=officer)
    return sorted(asked, key=lambda request: request.pk)


def told(request, user, state=MailState.SENT):
    fields = {"recipient": user, "address": user.email, "message_id": f"{request.pk}@stadt.example"}
    mail = make_mail(f"probe:{request.pk}", state, **fields)
    return Reminder.objects.create(
        request=request, recipient=user, step="ASKED", due=request.due, mail=mail, sent_at=mail.created_at
    )


def rows(client):
    shown = client.get(reverse("updates")).context["asked"]
    return [(row.told, row.left, bool(row.mail_url), row.has_stand_in) for row in shown]


def test_each_row_says_whom_it_went_to_and_whether_it_arrived(client, officer) -> None:
    clerk, deputy = make_user(name="Kim"), make_user(name="Alex")
    arrived, failed, nobody = asked(
        officer,
        make_measure("Eins", responsible=clerk, deputy=deputy),
        make_measure("Zwei", responsible=clerk, deputy=deputy),
        make_measure("Drei", responsible=officer),
    )
    told(arrived, clerk)
    told(failed, clerk, MailState.RETURNED)
    assert rows(client) == [
        ("Kim, 22.11.2026", "", False, True),
        ("Kim, 22.11.2026", "", True, True),
        ("noch niemand", "Niemand sonst kann gefragt werden: Die Antwort bleibt bei Ihnen.", False, False),
    ]
    assert nobody.measure.number in client.get(reverse("desk")).content.decode()


def test_what_comes_too_late_for_reminders_stands_on_the_desk(client, officer) -> None:
    (request,) = asked(officer, make_measure(responsible=make_user()))
    StatusRequest.objects.update(due=timezone.localdate() - timedelta(days=20))
    (finding,) = [one for one in client.get(reverse("desk")).context["desk"].radar if "erinnert" in one.what]
    assert (finding.count, finding.examples, finding.url) == (1, request.measure.number, reverse("updates"))


def test_the_deputy_is_asked_instead_once_the_mail_failed(client, officer) -> None:
    clerk, deputy = make_user(), make_user(name="Alex")
    (request,) = asked(officer, make_measure(responsible=clerk, deputy=deputy))
    told(request, clerk, MailState.FAILED)
    address = reverse("request_to_stand_in", args=[request.pk])
    assert f'action="{address}"' in client.get(reverse("updates")).content.decode()
    answers = [client.post(address, follow=True).content.decode() for _ in range(2)]
    said = ["Die Mail geht an Alex", "hat heute schon eine Mail bekommen"]
    assert [words in page for words, page in zip(said, answers, strict=True)] == [True, True]
    assert [mail.recipient for mail in Mail.objects.filter(kind="status.asked")] == [deputy]
    assert f'action="{address}"' not in client.get(reverse("updates")).content.decode()


def test_the_preview_names_whom_a_mail_would_go_to_today(client, officer) -> None:
    clerk, away, deputy = make_user(name="Kim"), make_user(name="Toni"), make_user(name="Alex")
    head = make_unit(head=make_user(name="Leitung"))
    today = timezone.localdate()
    Absence.objects.create(user=away, first_day=today, last_day=today)
    make_measure("Eins", responsible=clerk, deputy=deputy, lead_unit=head)
    make_measure("Zwei", responsible=away, deputy=deputy, lead_unit=head)
    make_measure("Drei", lead_unit=head)
    make_measure("Vier", responsible=officer)
    make_measure("Fünf", responsible=make_user(email="weg@stadt.example"))
    type(officer).objects.filter(email="weg@stadt.example").update(email="")
    page = client.get(reverse("updates_ask"))
    assert [row["whom"] for row in page.context["rows"]] == [
        "Kim",
        "Alex, in Vertretung",
        "Leitung",
        "niemand: Die Frage bleibt bei Ihnen",
        "niemand: Die Frage bleibt bei Ihnen",
    ]
    assert page.context["form"].initial["due"] == workdays_after(today, 10)


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_costs_the_same_for_few_and_many(client, officer, django_assert_max_num_queries, many: int) -> None:
    clerk = make_user()
    for request in asked(officer, *(make_measure(f"M {place}", responsible=clerk) for place in range(many))):
        Reminder.objects.create(request=request, recipient=clerk, step="ASKED", due=request.due, sent_at=timezone.now())
    client.get(reverse("updates"))
    with django_assert_max_num_queries(15):
        client.get(reverse("updates"))


def test_whoever_ticks_nothing_asks_nobody_and_is_told(client, officer) -> None:
    numbers = [make_measure(title, responsible=make_user()).number for title in ("Eins", "Zwei")]
    sent = {"due": timezone.localdate() + timedelta(days=20)}
    answer = client.post(f"{reverse('updates_ask')}?pick={numbers[0]}", sent)
    assert (answer.status_code, StatusRequest.objects.count()) == (422, 0)
    assert "Wählen Sie mindestens eine Maßnahme aus." in answer.content.decode()
    client.post(reverse("updates_ask"), {**sent, "pick": numbers[1]})
    assert [one.measure.number for one in StatusRequest.objects.all()] == [numbers[1]]
