"""Units are asked how their measures stand, once each, until one of them or the Digital Officer says so."""

from datetime import date, timedelta

import pytest

from accounts.access import Role
from masterplan.asking import DueInPast, ask, withdraw_request
from masterplan.deriving import derive_health
from masterplan.drafting import discard, report_unchanged, save_draft, submit
from masterplan.models import Measure, StatusRequest, StatusUpdate
from masterplan.new_state import NewState
from masterplan.updating import report
from tests.builders import NOW, TODAY, make_measure, make_officer, make_public_measure, make_user

pytestmark = pytest.mark.django_db

PLANNED = {"phase": "IN_PROGRESS", "planned_end": date(2027, 3, 31)}
LATER = {"planned_end": date(2027, 6, 30)}


@pytest.fixture
def clerk():
    return make_user(Role.ADMINISTRATION)


@pytest.fixture
def measure(clerk):
    return make_public_measure(state=PLANNED, responsible=clerk)


def moved(measure: Measure) -> NewState:
    return NewState(measure_id=measure.pk, values=LATER, reason="Vergabe")


def merge(measure: Measure) -> None:
    values = {"phase": "MERGED", "merged_into": make_measure("Ziel")}
    report(NewState(measure_id=measure.pk, values=values, reason="Doppelt"), by=None, now=NOW)


def test_nobody_is_waited_for_once_the_measure_has_ended(measure) -> None:
    ask(measure_ids=[measure.pk], due=TODAY, by=make_officer(), now=NOW)
    assert StatusRequest.objects.unanswered().count() == 1
    merge(measure)
    assert StatusRequest.objects.unanswered().count() == 0


def test_who_takes_an_answer_back_is_asked_again_and_may_throw_it_away(measure, clerk) -> None:
    ask(measure_ids=[measure.pk], due=TODAY, by=make_officer(), now=NOW)
    sent = submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    back = save_draft(state=moved(measure), seen=sent.version, by=clerk, now=NOW)
    assert StatusRequest.objects.open().count() == 1
    discard(measure_id=measure.pk, seen=back.version, by=clerk)
    assert (StatusUpdate.objects.open().count(), StatusRequest.objects.open().count()) == (0, 1)


def test_what_the_officer_says_answers_as_well_but_not_what_follows_by_itself(measure) -> None:
    officer = make_officer()
    ask(measure_ids=[measure.pk], due=TODAY, by=officer, now=NOW)
    derive_health(now=NOW + timedelta(days=400))
    assert StatusRequest.objects.open().count() == 1
    told = report(NewState(measure_id=measure.pk, public_sentence="Läuft."), by=officer, now=NOW)
    assert StatusRequest.objects.get().answer == told


def test_who_is_asked_is_asked_once_and_has_answered_with_the_next_update(measure, clerk) -> None:
    officer, soon = make_officer(), TODAY + timedelta(5)
    ask(measure_ids=[measure.pk], due=soon, by=officer, now=NOW)
    ask(measure_ids=[measure.pk], due=soon + timedelta(2), by=officer, now=NOW)
    (request,) = StatusRequest.objects.open()
    assert request.due == soon + timedelta(2)
    update = report_unchanged(measure_id=measure.pk, by=clerk, now=NOW)
    assert StatusRequest.objects.get().answer == update


def test_nobody_is_asked_of_what_has_ended_or_for_a_day_that_is_over(measure) -> None:
    officer = make_officer()
    with pytest.raises(DueInPast):
        ask(measure_ids=[measure.pk], due=TODAY - timedelta(1), by=officer, now=NOW)
    report(NewState(measure_id=measure.pk, values={"phase": "COMPLETED"}, reason="Fertig"), by=None, now=NOW)
    assert ask(measure_ids=[measure.pk], due=TODAY, by=officer, now=NOW) == []


def test_a_request_is_withdrawn_only_while_it_is_open(measure, clerk) -> None:
    officer = make_officer()
    (request,) = ask(measure_ids=[measure.pk], due=TODAY, by=officer, now=NOW)
    assert withdraw_request(request_id=request.pk, by=officer, now=NOW)
    assert not withdraw_request(request_id=request.pk, by=officer, now=NOW)
    assert not StatusRequest.objects.open().exists()
