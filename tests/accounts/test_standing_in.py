from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Absence, User
from accounts.standing_in import AlreadyAbsent, NobodyToStandIn, cancel_absence, enter_absence, name_deputy
from ground.models import Event
from tests.builders import TODAY, make_user

pytestmark = pytest.mark.django_db

JULY = {"first_day": date(2027, 7, 5), "last_day": date(2027, 7, 16)}


def test_one_names_a_colleague_as_deputy() -> None:
    user, colleague = make_user(), make_user()
    name_deputy(deputy=colleague, by=user)
    assert User.objects.get(pk=user.pk).deputy == colleague
    told = Event.objects.values_list("title", "before", "after").get()
    assert told == ("Vertretung geändert", "niemand", f"Konto {colleague.pk}")


@pytest.mark.parametrize("who", ["oneself", "someone who left"])
def test_a_deputy_is_another_person_who_can_log_in(who: str) -> None:
    user = make_user()
    deputy = user if who == "oneself" else make_user(is_active=False)
    with pytest.raises(NobodyToStandIn):
        name_deputy(deputy=deputy, by=user)


@pytest.mark.parametrize(
    ("first_day", "last_day"),
    [
        (date(2027, 7, 16), date(2027, 7, 20)),
        (date(2027, 7, 1), date(2027, 7, 5)),
        (date(2027, 7, 8), date(2027, 7, 9)),
    ],
)
def test_days_of_absence_are_entered_once(first_day: date, last_day: date) -> None:
    user = make_user()
    entered = enter_absence(**JULY, by=user)
    with pytest.raises(AlreadyAbsent) as refused:
        enter_absence(first_day=first_day, last_day=last_day, by=user)
    assert refused.value.absence == entered


def test_nobody_cancels_the_absence_of_another() -> None:
    absence = enter_absence(**JULY, by=make_user())
    with pytest.raises(Absence.DoesNotExist):
        cancel_absence(absence_id=absence.pk, by=make_user(), today=TODAY)


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2027, 7, 5), []), (date(2027, 7, 8), [(date(2027, 7, 5), date(2027, 7, 7))])],
)
def test_of_an_absence_that_has_begun_the_past_days_stay(today: date, left: list[tuple[date, date]]) -> None:
    user = make_user()
    absence = enter_absence(**JULY, by=user)
    cancel_absence(absence_id=absence.pk, by=user, today=today)
    assert list(user.absences.values_list("first_day", "last_day")) == left


def test_the_journal_tells_who_is_away_and_keeps_it_inside() -> None:
    user = make_user()
    enter_absence(**JULY, by=user)
    assert list(Event.objects.values_list("title", "after", "public")) == [
        ("Abwesenheit eingetragen", "05.07.2027 bis 16.07.2027", False)
    ]


def test_the_account_page_enters_and_cancels_an_absence(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.post(reverse("account_absence_add"), {"first_day": "2077-07-05", "last_day": "2077-07-16"})
    absence = user.absences.get()
    assert "05.07.2077 bis 16.07.2077" in client.get(reverse("account_profile")).content.decode()
    client.post(reverse("account_absence_cancel", args=[absence.pk]))
    assert user.absences.count() == 0


@pytest.mark.parametrize(
    ("first_day", "last_day", "sentence"),
    [
        ("2077-07-05", "2077-07-01", "Der letzte Tag liegt vor dem ersten."),
        ("2007-07-05", "2007-07-06", "Diese Tage sind schon vorbei."),
        ("2077-08-05", "2077-08-06", "Vom 01.08.2077 bis 10.08.2077 ist schon eine Abwesenheit eingetragen."),
    ],
)
def test_an_absence_that_cannot_be_is_explained(client: Client, first_day: str, last_day: str, sentence: str) -> None:
    user = make_user()
    enter_absence(first_day=date(2077, 8, 1), last_day=date(2077, 8, 10), by=user)
    client.force_login(user)
    answer = client.post(reverse("account_absence_add"), {"first_day": first_day, "last_day": last_day})
    assert (answer.status_code, sentence in answer.content.decode(), user.absences.count()) == (422, True, 1)


def test_the_absence_of_another_is_not_found(client: Client) -> None:
    absence = enter_absence(**JULY, by=make_user())
    client.force_login(make_user())
    assert client.post(reverse("account_absence_cancel", args=[absence.pk])).status_code == 404
