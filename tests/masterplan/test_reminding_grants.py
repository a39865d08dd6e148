"""Mails about applications and proofs of use that fall due: in time, in the one mail of the day, never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Absence
from ground.models import Mail
from masterplan.asking import ask
from masterplan.budgeting.parts import edit_part
from masterplan.models import Grant, GrantState, Visibility
from masterplan.reminding.mailing import remind
from tests.builders import make_grant, make_measure, make_officer, make_town, make_unit, make_user

pytestmark = pytest.mark.django_db

FIRST, DUE = date(2026, 11, 2), date(2026, 12, 4)


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def calendar(first=FIRST, last=date(2026, 12, 18)):
    """On which day whom a mail went to."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: to for day in days if (to := sorted(mail.address for mail in remind(now=at(day))))}


@pytest.fixture
def people():
    make_town(portal_name="Beispiel Digital")
    clerk, deputy, head = (make_user(email=f"{name}@stadt.example") for name in ("clerk", "deputy", "head"))
    return {"responsible": clerk, "deputy": deputy, "lead_unit": make_unit(head=head)}


def application(measure, **values):
    return make_grant(measure, state=GrantState.PLANNED, apply_by=DUE, proof_by=None, **values)


def changed(grant, **values):
    told = {name: getattr(grant, name) for name in ("programme", "payer", "share_percent", "state", "apply_by")}
    edit_part(Grant, part_id=grant.pk, values={**told, **values}, expected_version=1, by=None)


def test_four_weeks_and_one_week_ahead_and_once_all_when_it_was_missed(people):
    application(make_measure(**people))
    assert calendar() == {
        date(2026, 11, 6): ["clerk@stadt.example"],
        date(2026, 11, 27): ["clerk@stadt.example"],
        date(2026, 12, 7): ["clerk@stadt.example", "deputy@stadt.example", "head@stadt.example"],
    }


def test_whoever_stands_in_is_told_at_once(people):
    Absence.objects.create(user=people["responsible"], first_day=date(2026, 11, 10), last_day=date(2026, 12, 4))
    application(make_measure(**people))
    assert calendar(last=DUE) == {
        date(2026, 11, 6): ["clerk@stadt.example"],
        date(2026, 11, 10): ["deputy@stadt.example"],
        date(2026, 11, 27): ["deputy@stadt.example"],
    }


@pytest.mark.parametrize("state", [GrantState.APPLIED, GrantState.DECLINED, GrantState.DROPPED])
def test_what_is_done_or_given_up_reminds_no_more(people, state):
    grant = application(make_measure(**people))
    assert calendar(last=date(2026, 11, 10)) == {date(2026, 11, 6): ["clerk@stadt.example"]}
    changed(grant, state=state)
    assert calendar(first=date(2026, 11, 11)) == {}


def test_a_new_deadline_is_told_anew(people):
    grant = application(make_measure(**people))
    calendar(last=date(2026, 11, 10))
    changed(grant, apply_by=date(2026, 12, 8))
    assert calendar(first=date(2026, 11, 11), last=date(2026, 11, 12)) == {date(2026, 11, 11): ["clerk@stadt.example"]}


def test_question_and_deadline_share_the_mail_of_the_day(people):
    measure = make_measure("Frühwarnung", **people)
    application(measure, programme="Klimaanpassung")
    ask(measure_ids=[measure.pk], due=date(2026, 11, 20), by=make_officer(), now=at(date(2026, 11, 6), 6))
    assert calendar(first=date(2026, 11, 6), last=date(2026, 11, 17)) == {date(2026, 11, 6): ["clerk@stadt.example"]}
    mail = Mail.objects.get()
    assert mail.subject == "Bitte um Ihren Stand: eine Maßnahme, bis 20.11.2026"
    assert (
        "Außerdem: Zu einer Zuwendung steht eine Frist an." in mail.text,
        "- BS-01 Frühwarnung (Klimaanpassung): Antrag stellen, bis 04.12.2026" in mail.text,
        "/arbeitsbereich/massnahmen/BS-01/haushalt/" in mail.text,
    ) == (True, True, True)


def test_a_deadline_alone_asks_nothing_else(people):
    open_since = make_measure("Noch offen", **people)
    ask(measure_ids=[open_since.pk], due=date(2026, 12, 18), by=make_officer(), now=at(date(2026, 11, 4)))
    grant = make_grant(make_measure("Geräte", **people), state=GrantState.GRANTED, proof_by=DUE)
    assert calendar(first=date(2026, 11, 4), last=date(2026, 11, 6)).keys() == {date(2026, 11, 4), date(2026, 11, 6)}
    mail = Mail.objects.latest("created_at")
    assert (mail.subject, "Noch offen" in mail.text) == ("Frist einer Zuwendung: 04.12.2026", False)
    assert f"({grant.programme}): Verwendungsnachweis vorlegen, bis 04.12.2026" in mail.text


def test_of_a_confidential_measure_the_mail_names_the_number_alone(people):
    application(make_measure("Geheim", visibility=Visibility.CONFIDENTIAL, **people), programme="Sonderfonds")
    calendar(last=date(2026, 11, 6))
    text = Mail.objects.get().text
    assert "- BS-01 (nichtöffentlich): Antrag stellen, bis 04.12.2026" in text
    assert [word for word in ("Geheim", "Sonderfonds") if word in text] == []
