"""The health follows from the criteria, unless a person says otherwise and why."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ground.history import StaleRow
from ground.models import Event
from masterplan.change import InvalidChange
from masterplan.deriving import CriteriaOutOfOrder, derive_health, set_criteria
from masterplan.models import HealthCriteria, Measure, StatusUpdate
from masterplan.models.health_criteria import NAMES
from masterplan.profile import because_of
from masterplan.reasons import because, derived
from masterplan.restoring import restore
from masterplan.rules import Cause, Criteria, Deadline, Due, Overspent, Verdict, judged
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    TODAY,
    make_line,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_user,
)

END = date(2027, 6, 30)
RUNNING = {"phase": "IN_PROGRESS", "planned_end": END}


def verdict(**facts) -> Verdict:
    """Of a running measure promised for END that began a year before it, of which half the time is over and half is
    done."""
    planned, start = facts.pop("planned", END), END - timedelta(days=364)
    told = {
        "start": start,
        "progress": 50,
        "milestones": [],
        "overspent": Overspent(),
        "today": END - timedelta(days=182),
        **facts,
    }
    phase, promised = told.pop("phase", "IN_PROGRESS"), told.pop("promised", END)
    deadline = Deadline(phase, planned, None, told.pop("resolved", None), promised)
    return judged(deadline=deadline, criteria=Criteria(), **told)


def step(late: int, reached: date | None = None) -> Due:
    return Due("Probe", END - timedelta(days=182 + late), reached)


@pytest.mark.parametrize(
    ("facts", "health", "causes"),
    [
        ({}, "ON_TRACK", []),
        ({"planned": END + timedelta(29)}, "ON_TRACK", []),
        ({"planned": END + timedelta(30)}, "AT_RISK", [("END", 30, False)]),
        ({"planned": END + timedelta(89)}, "AT_RISK", [("END", 89, False)]),
        ({"planned": END + timedelta(90)}, "CRITICAL", [("END", 90, True)]),
        ({"planned": END + timedelta(40), "resolved": END + timedelta(40)}, "ON_TRACK", []),
        ({"progress": 36}, "ON_TRACK", []),
        ({"progress": 35}, "AT_RISK", [("PROGRESS", 15, False)]),
        ({"progress": 20}, "CRITICAL", [("PROGRESS", 30, True)]),
        ({"milestones": [step(29)]}, "ON_TRACK", []),
        ({"milestones": [step(29), step(31)]}, "AT_RISK", [("MILESTONE", 31, False)]),
        ({"milestones": [step(31, reached=END)]}, "ON_TRACK", []),
        ({"milestones": [step(90)]}, "CRITICAL", [("MILESTONE", 90, True)]),
        ({"overspent": Overspent(9)}, "ON_TRACK", []),
        ({"overspent": Overspent(10)}, "AT_RISK", [("BUDGET", 10, False)]),
        ({"overspent": Overspent(25)}, "CRITICAL", [("BUDGET", 25, True)]),
        (
            {"planned": END + timedelta(30), "overspent": Overspent(25)},
            "CRITICAL",
            [("BUDGET", 25, True), ("END", 30, False)],
        ),
        ({"promised": None}, "NOT_ASSESSED", []),
        ({"phase": "DEFERRED", "planned": END + timedelta(90)}, "NOT_ASSESSED", []),
    ],
)
def test_the_worst_of_dates_progress_and_money_decides(facts: dict, health: str, causes: list) -> None:
    found = verdict(**facts)
    assert (found.health, [(one.kind, one.amount, one.is_critical) for one in found.causes]) == (health, causes)


def test_a_verdict_is_told_in_one_sentence() -> None:
    causes = (Cause("BUDGET", 25, True), Cause("END", 30, False, "RESOLVED"), Cause("MILESTONE", 1, False, "Probe"))
    assert derived(Verdict("CRITICAL", causes)).replace("\u00a0", " ") == (
        "Aus den Kriterien abgeleitet, weil mehr ausgegeben ist, als bereitsteht, das Ende 30 Tage nach dem "
        "beschlossenen liegt und der Meilenstein „Probe“ 1 Tag hinter seiner Zusage liegt."
    )


def now_of(measure: Measure) -> tuple[str, str]:
    row = Measure.objects.get(pk=measure.pk)
    return row.health, row.health_reason


def move(measure: Measure, by: int = 30, **more) -> None:
    values = {"planned_end": END + timedelta(by), **more}
    report(NewState(measure_id=measure.pk, values=values, reason="Vergabe"), by=None, now=NOW)


pytestmark = pytest.mark.django_db


def test_from_the_first_promise_on_the_health_is_derived() -> None:
    measure = make_measure(state=RUNNING)
    assert now_of(measure) == ("NOT_ASSESSED", "")
    assert now_of(make_public_measure("Andere", state=RUNNING)) == ("ON_TRACK", "")


def test_a_measure_that_slips_turns_worse_in_the_same_update_and_says_why() -> None:
    measure = make_public_measure(state=RUNNING)
    move(measure)
    assert now_of(measure) == ("AT_RISK", "")
    told = Event.objects.about(measure).get(kind="measure.health", before="im Plan")
    assert (told.after, told.reason.replace("\u00a0", " "), told.public) == (
        "gefährdet",
        "Aus den Kriterien abgeleitet, weil das Ende 30 Tage nach dem zuerst zugesagten liegt.",
        True,
    )


def test_who_states_another_health_says_why_and_it_stays_until_the_criteria_are_asked_again() -> None:
    measure = make_public_measure(state=RUNNING)
    with pytest.raises(InvalidChange) as refused:
        report(
            NewState(measure_id=make_measure("Ohne Zusage", state=RUNNING).pk, values={"health": "CRITICAL"}), by=None
        )
    assert list(refused.value.errors) == ["health_reason"]
    stated = {"health": "CRITICAL", "health_reason": "Der Anbieter ist insolvent."}
    report(NewState(measure_id=measure.pk, values=stated, reason="Meldung"), by=None, now=NOW)
    move(measure)
    assert now_of(measure) == ("CRITICAL", "Der Anbieter ist insolvent.")
    assert derive_health(now=NOW) == []
    move(measure, by=31, health="")
    assert now_of(measure) == ("AT_RISK", "")


def test_who_repeats_the_health_that_stands_there_states_nothing() -> None:
    measure = make_public_measure(state=RUNNING)
    move(measure, health="ON_TRACK")
    assert now_of(measure) == ("AT_RISK", "")


def test_a_stated_health_comes_back_with_its_reason() -> None:
    measure = make_public_measure(state=RUNNING)
    report(
        NewState(measure_id=measure.pk, values={"health": "CRITICAL", "health_reason": "Insolvenz"}, reason="x"),
        by=None,
        now=NOW,
    )
    earlier = Measure.history.filter(id=measure.pk).latest().pk
    move(measure, by=0, health="")
    restore(
        measure_id=measure.pk,
        history_id=earlier,
        field="health",
        reason="Doch",
        expected_version=None,
        by=None,
        now=NOW,
    )
    assert now_of(measure) == ("CRITICAL", "Insolvenz")


def test_time_alone_makes_a_measure_worse_once() -> None:
    measure = make_public_measure(state=RUNNING)
    later = NOW + timedelta(days=(END - TODAY).days + 30)
    (update,) = derive_health(now=later)
    assert (now_of(measure), update.author, update.values) == (("AT_RISK", ""), None, {"health": "AT_RISK"})
    assert derive_health(now=later) == []
    assert StatusUpdate.objects.filter(values={"health": "AT_RISK"}).count() == 1


def test_an_overdue_milestone_counts_from_its_promise_until_it_is_reached() -> None:
    measure = make_public_measure(state=RUNNING)
    milestone = make_milestone(measure, planned=TODAY)
    derive_health(now=NOW + timedelta(days=30))
    assert now_of(measure) == ("AT_RISK", "")
    on = {milestone.pk: {"reached_on": TODAY + timedelta(days=30)}}
    state = NewState(measure_id=measure.pk, milestones=on, reason="Erreicht")
    report(state, by=None, now=NOW + timedelta(days=31))
    assert now_of(measure) == ("ON_TRACK", "")


def test_an_ist_over_the_ansatz_makes_a_measure_worse_at_once_and_by_how_much_stays_inside() -> None:
    measure = make_public_measure(state=RUNNING)
    make_line(measure, appropriated=1000, spent=1090)
    assert now_of(measure) == ("ON_TRACK", "")
    make_line(measure, kind="PAYMENT", appropriated=1000, spent=1250)
    assert now_of(measure) == ("CRITICAL", "")
    told = Event.objects.about(measure).get(kind="measure.health", after="kritisch")
    assert (told.reason, told.public) == (
        "Aus den Kriterien abgeleitet, weil mehr ausgegeben ist, als bereitsteht.",
        True,
    )
    why = because_of(Measure.objects.get(pk=measure.pk), [])
    assert "für Auszahlung 2026 25\u00a0% mehr ausgegeben ist, als bereitsteht" in why


def criteria(**values) -> dict[str, int]:
    defaults = Criteria()
    return {name: getattr(defaults, name) for name in NAMES} | values


def test_new_criteria_judge_all_measures_anew_and_are_kept_with_their_reason() -> None:
    officer, measure = make_officer(), make_public_measure(state=RUNNING)
    move(measure, by=10)
    changed = set_criteria(values=criteria(days_at_risk=10), expected_version=0, reason="Strenger", by=officer, now=NOW)
    assert ([one.measure for one in changed], now_of(measure)) == ([measure], ("AT_RISK", ""))
    row = HealthCriteria.objects.get()
    told = Event.objects.about(row).values_list("title", "before", "after", "reason")
    assert list(told) == [("gefährdet ab Tagen Verzug", "30", "10", "Strenger")]
    with pytest.raises(StaleRow):
        set_criteria(values=criteria(), expected_version=0, reason="x", by=officer, now=NOW)


def test_criteria_in_the_wrong_order_or_from_anyone_else_are_refused() -> None:
    with pytest.raises(CriteriaOutOfOrder):
        set_criteria(values=criteria(days_critical=30), expected_version=0, reason="x", by=make_officer(), now=NOW)
    with pytest.raises(PermissionDenied):
        set_criteria(values=criteria(), expected_version=0, reason="x", by=make_user(), now=NOW)
    assert HealthCriteria.objects.in_force() == Criteria()


def test_a_health_without_cause_is_explained_as_well() -> None:
    assert because(Verdict("ON_TRACK")).startswith("kein Termin länger überschritten ist")
    assert because(Verdict("NOT_ASSESSED")).startswith("es noch keinen zugesagten Termin gibt")
