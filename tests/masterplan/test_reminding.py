"""Mails that ask and remind: one a person and day, never twice, and none once the answer is there."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Absence
from ground.models import Mail, SignedLink
from ground.posting.rules import LINK
from masterplan.asking import ask, withdraw_request
from masterplan.drafting import report_unchanged, submit
from masterplan.models import Measure, Visibility
from masterplan.new_state import NewState
from masterplan.reminding.mailing import MailedToday, NobodyStandsIn, remind, send_to_stand_in
from masterplan.reviewing import approve, give_back
from tests.builders import make_measure, make_officer, make_town, make_unit, make_user

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 20)
ASKED = date(2026, 11, 9)


def at(day, hour=8):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def officer():
    make_town(portal_name="Beispiel Digital")
    return make_officer(email="do@stadt.example")


@pytest.fixture
def clerk():
    return make_user(email="clerk@stadt.example")


def asked(*measures, officer, due=DUE, day=ASKED):
    return ask(measure_ids=[one.pk for one in measures], due=due, by=officer, now=at(day))


def sent(day, hour=8):
    return sorted(mail.address for mail in remind(now=at(day, hour)))


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def calendar(first=ASKED, last=date(2026, 12, 4)):
    """On which day whom a mail went to."""
    return {day: to for day in days(first, last) if (to := sent(day))}


def test_from_the_question_to_the_head_and_then_silence(officer, clerk) -> None:
    deputy, head = make_user(email="deputy@stadt.example"), make_user(email="head@stadt.example")
    asked(make_measure(responsible=clerk, deputy=deputy, lead_unit=make_unit(head=head)), officer=officer)
    assert calendar() == {
        date(2026, 11, 9): ["clerk@stadt.example"],
        date(2026, 11, 18): ["clerk@stadt.example"],
        date(2026, 11, 23): ["clerk@stadt.example", "deputy@stadt.example"],
        date(2026, 11, 25): ["head@stadt.example"],
    }


def test_an_absence_that_begins_in_between_asks_the_deputy_at_once(officer, clerk) -> None:
    deputy = make_user(email="deputy@stadt.example")
    Absence.objects.create(user=clerk, first_day=date(2026, 11, 12), last_day=date(2026, 11, 27))
    asked(make_measure(responsible=clerk, deputy=deputy), officer=officer)
    assert calendar(last=date(2026, 11, 20)) == {
        date(2026, 11, 9): ["clerk@stadt.example"],
        date(2026, 11, 12): ["deputy@stadt.example"],
        date(2026, 11, 18): ["deputy@stadt.example"],
    }


def test_after_an_outage_the_last_step_is_told_once(officer, clerk) -> None:
    asked(make_measure(responsible=clerk), officer=officer)
    assert calendar(first=date(2026, 11, 23)) == {date(2026, 11, 23): ["clerk@stadt.example"]}


@pytest.mark.parametrize(
    ("moment", "goes"),
    [
        (datetime(2026, 11, 9, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 9, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 14, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 25, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 24, 9, 0, tzinfo=UTC), True),
    ],
    ids=["before seven", "at seven", "Saturday", "Christmas", "24 December"],
)
def test_mails_go_on_working_days_from_seven(officer, clerk, moment: datetime, goes: bool) -> None:
    asked(make_measure(responsible=clerk), officer=officer, due=date(2026, 12, 31))
    assert bool(remind(now=moment)) is goes


def test_one_mail_holds_all_measures_and_a_later_question_waits_for_the_next_day(officer, clerk) -> None:
    one, other, later = (make_measure(title, responsible=clerk) for title in ("Eins", "Zwei", "Drei"))
    asked(one, other, officer=officer)
    assert sent(ASKED) == ["clerk@stadt.example"]
    asked(later, officer=officer)
    assert sent(ASKED, hour=12) == []
    assert sent(date(2026, 11, 10)) == ["clerk@stadt.example"]
    first, second = Mail.objects.order_by("created_at")
    assert (first.subject, second.subject) == (
        "Bitte um Ihren Stand: zwei Maßnahmen, bis 20.11.2026",
        "Bitte um Ihren Stand: drei Maßnahmen, bis 20.11.2026",
    )
    assert SignedLink.objects.count() == 1


def test_a_question_after_an_empty_morning_goes_at_once(officer, clerk) -> None:
    assert sent(ASKED) == []
    asked(make_measure(responsible=clerk), officer=officer)
    assert sent(ASKED, hour=13) == ["clerk@stadt.example"]


def answered(measure, officer):
    report_unchanged(measure_id=measure.pk, by=measure.responsible, now=at(ASKED, 10))


def withdrawn(measure, officer):
    withdraw_request(request_id=measure.requests.get().pk, by=officer, now=at(ASKED, 10))


def ended(measure, officer):
    Measure.objects.get(pk=measure.pk)
    state = NewState(
        measure_id=measure.pk,
        values={"phase": "COMPLETED", "actual_end": ASKED},
        reason="Fertig",
        public_sentence="Da.",
    )
    submit(state=state, seen=None, by=officer, now=at(ASKED, 10))


def merged(measure, officer):
    values = {"phase": "MERGED", "merged_into": make_measure("Ziel")}
    submit(state=NewState(measure_id=measure.pk, values=values, reason="x"), seen=None, by=officer, now=at(ASKED, 10))


@pytest.mark.parametrize("happens", [answered, withdrawn, ended, merged])
def test_nobody_is_reminded_any_more(officer, clerk, happens) -> None:
    measure = make_measure(responsible=clerk, state={"phase": "IN_PROGRESS"})
    asked(measure, officer=officer)
    assert sent(ASKED) == ["clerk@stadt.example"]
    happens(measure, officer)
    assert calendar(first=date(2026, 11, 10)) == {}


def test_who_decides_on_updates_gets_no_mail(officer) -> None:
    asked(make_measure(responsible=officer), officer=officer)
    assert calendar() == {}


def test_another_day_begins_anew(officer, clerk) -> None:
    measure = make_measure(responsible=clerk)
    asked(measure, officer=officer)
    sent(ASKED)
    asked(measure, officer=officer, due=date(2026, 12, 18), day=date(2026, 11, 10))
    assert calendar(first=date(2026, 11, 10), last=date(2026, 12, 17)) == {
        date(2026, 11, 10): ["clerk@stadt.example"],
        date(2026, 12, 16): ["clerk@stadt.example"],
    }


def test_the_mail_says_what_is_asked_and_nothing_confidential(officer, clerk) -> None:
    make_measure("Termine online", responsible=clerk, internal_notes="intern", deputy=make_user(name="Alex Beispiel"))
    make_measure("Kauf einer Firma", responsible=clerk, visibility=Visibility.CONFIDENTIAL)
    make_measure("Fremdes", responsible=make_user())
    asked(*Measure.objects.all(), officer=officer)
    sent(ASKED)
    mail = Mail.objects.get(recipient=clerk)
    assert mail.subject == "Bitte um Ihren Stand: zwei Maßnahmen, bis 20.11.2026"
    assert (
        mail.text
        == f"""Guten Tag,

wie steht es mit diesen Maßnahmen? Eine Meldung dauert etwa eine Minute. Hat sich nichts geändert, genügt ein Klick.

- BS-01 Termine online, erbeten bis 20.11.2026
- BS-02 (nichtöffentlich, nur mit Anmeldung), erbeten bis 20.11.2026

Ihr persönlicher Link, ohne Anmeldung, gültig bis 04.12.2026:

{LINK}

Bitte geben Sie ihn nicht weiter.

Mit Anmeldung: http://127.0.0.1:8000/arbeitsbereich/statusmeldungen/

Kommt keine Antwort, erinnern wir Sie noch einmal und fragen dann in der Leitung nach. \
Bis dahin steht überall der bisherige Stand.

Fragen? Der Digital Officer hilft: do@stadt.example

Freundliche Grüße
Beispiel Digital
"""
    )


def test_a_mail_about_confidential_measures_alone_has_no_link(officer, clerk) -> None:
    asked(make_measure("Kauf", responsible=clerk, visibility=Visibility.CONFIDENTIAL), officer=officer)
    sent(ASKED)
    mail = Mail.objects.get()
    assert (mail.link, "Kauf" in mail.text, SignedLink.objects.count()) == (None, False, 0)


def test_the_head_reads_which_measures_lack_an_answer_and_gets_no_link(officer, clerk) -> None:
    head = make_user(email="head@stadt.example")
    asked(make_measure(responsible=clerk, lead_unit=make_unit(head=head)), officer=officer)
    sent(date(2026, 11, 25))
    mail = Mail.objects.get(recipient=head)
    assert (mail.subject, mail.link) == ("Noch ohne Antwort: eine Maßnahme aus Ihrem Bereich", None)
    assert "- BS-01 Termine online buchen, war erbeten bis 20.11.2026" in mail.text


def test_the_deputys_mail_says_in_whose_stead_and_names_nobody(officer, clerk) -> None:
    clerk.name = "Kim Muster"
    clerk.save()
    Absence.objects.create(user=clerk, first_day=ASKED, last_day=DUE)
    deputy = make_user(email="deputy@stadt.example")
    asked(make_measure(responsible=clerk, deputy=deputy), officer=officer)
    assert sent(ASKED) == ["deputy@stadt.example"]
    text = Mail.objects.get().text
    assert ("bis 20.11.2026, in Vertretung" in text, "Muster" in text) == (True, False)


def test_the_next_mail_tells_what_was_taken_over(officer, clerk) -> None:
    one, other = make_measure("Eins", responsible=clerk), make_measure("Zwei", responsible=clerk)
    asked(one, other, officer=officer)
    sent(ASKED)
    update = report_unchanged(measure_id=one.pk, by=clerk, now=at(ASKED, 10))
    approve(update_id=update.pk, seen=update.version, by=officer, now=at(date(2026, 11, 10)))
    sent(date(2026, 11, 18))
    assert "Übernommen ist seit der letzten Mail, was Sie gemeldet haben: BS-01." in Mail.objects.first().text


def test_who_gets_an_update_back_is_told_at_once_without_the_comment(officer, clerk) -> None:
    measure = make_measure(responsible=clerk)
    asked(measure, officer=officer)
    sent(ASKED)
    update = submit(state=NewState(measure_id=measure.pk, remarks="x"), seen=None, by=clerk, now=at(ASKED, 10))
    give_back(update_id=update.pk, seen=update.version, comment="Welche Vergabe?", by=officer, now=at(ASKED, 11))
    mail = Mail.objects.get(kind="status.returned")
    assert (mail.recipient, mail.subject) == (clerk, "Zu Ihrer Statusmeldung ist eine Frage offen")
    assert ("BS-01 Termine online buchen" in mail.text, LINK in mail.text, "Vergabe" in mail.text) == (
        True,
        True,
        False,
    )


def test_the_deputy_is_asked_where_the_mail_came_back(officer, clerk) -> None:
    deputy = make_user(email="deputy@stadt.example")
    (request,) = asked(make_measure(responsible=clerk, deputy=deputy), officer=officer)
    sent(ASKED)
    mail = send_to_stand_in(request_id=request.pk, by=officer, now=at(ASKED, 12))
    assert (mail.recipient, LINK in mail.text, "in Vertretung" in mail.text) == (deputy, True, True)
    with pytest.raises(MailedToday):
        send_to_stand_in(request_id=request.pk, by=officer, now=at(ASKED, 13))


def test_without_a_deputy_nobody_stands_in(officer, clerk) -> None:
    (request,) = asked(make_measure(responsible=clerk), officer=officer)
    with pytest.raises(NobodyStandsIn):
        send_to_stand_in(request_id=request.pk, by=officer, now=at(ASKED))
