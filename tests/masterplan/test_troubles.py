"""What who steers and who leads has to know first: critical measures, and decisions that units ask for."""

from datetime import date, timedelta

import pytest

from accounts.access import Function, Role
from masterplan.models import Measure, Visibility
from masterplan.new_state import NewState, Option
from masterplan.troubles import troubles
from masterplan.updating import report
from portal.desk import desk_of
from tests.builders import NOW, TODAY, appoint, make_measure, make_officer, make_public_measure, make_user

pytestmark = pytest.mark.django_db

RUNNING = {"phase": "IN_PROGRESS", "planned_end": date(2027, 6, 30)}


def say(measure: Measure, officer, **said) -> None:
    report(NewState(measure_id=measure.pk, reason="Meldung", **said), by=officer, now=NOW)


def test_a_decision_is_asked_for_until_a_newer_report_no_longer_does() -> None:
    officer, measure = make_officer(), make_public_measure(state=RUNNING)
    say(measure, officer, decision="Mehr Geld?", options=[Option(text="Ja", days=30, recommended=True)])
    say(measure, officer, values={"planned_end": RUNNING["planned_end"] + timedelta(1)})
    (found,) = troubles(officer, TODAY)
    assert (found.decision, [way.replace("\u00a0", " ") for way in found.ways]) == (
        "Mehr Geld?",
        ["Ja, +30 Tage (empfohlen)"],
    )
    say(measure, officer, public_sentence="Ist entschieden.")
    assert troubles(officer, TODAY) == []


def test_a_critical_measure_says_why() -> None:
    officer, measure = make_officer(), make_public_measure(state=RUNNING)
    say(measure, officer, values={"planned_end": RUNNING["planned_end"] + timedelta(90)})
    (found,) = troubles(officer, TODAY)
    assert (found.number, found.why.replace("\u00a0", " ")) == (
        "BS-01",
        "Kritisch, weil das Ende 90 Tage nach dem zuerst zugesagten liegt.",
    )


def test_who_leads_reads_it_on_the_desk_but_nothing_confidential_and_a_clerk_does_not() -> None:
    officer, head, clerk = make_officer(), make_user(Role.ADMINISTRATION), make_user(Role.ADMINISTRATION)
    appoint(head, Function.ADMINISTRATION_HEAD)
    for visibility in (Visibility.PUBLIC, Visibility.CONFIDENTIAL):
        measure = make_measure(visibility.label, visibility=visibility, state=RUNNING)
        say(measure, officer, decision=f"Entscheidung {visibility.label}")
    seen = [desk_of(user, now=NOW).troubles for user in (officer, head, clerk)]
    assert [found and [one.title for one in found] for found in seen] == [
        ["öffentlich", "nichtöffentlich"],
        ["öffentlich"],
        None,
    ]


def test_many_cost_the_same_queries_as_few(django_assert_num_queries) -> None:
    officer = make_officer()
    for count in (2, 20):
        for place in range(count):
            say(make_public_measure(f"M {count} {place}", state=RUNNING), officer, decision="Was?")
        troubles(officer, TODAY)
        with django_assert_num_queries(5):
            troubles(officer, TODAY)
