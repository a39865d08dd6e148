"""What a measure's dates and phase may not be, whichever way they come in."""

from datetime import date, timedelta

import pytest

from accounts.access import Role
from accounts.models import User
from ground.models import Event
from masterplan.change import InvalidChange
from masterplan.checks import END_IS_HISTORY, END_IS_PAST, END_KEPT, MILESTONE_KEPT, NOT_ENDED, PROMISE_KEPT
from masterplan.chronicle import chronicle
from masterplan.models import Basis, Measure, Milestone, Phase, Visibility
from masterplan.planning import BasisDoesNotHold, add_measures, edit_measure, edit_measures, new_measure
from masterplan.resolving import resolve
from masterplan.restoring import restore
from masterplan.scheduling import drop_milestone
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    TODAY,
    make_field,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_user,
)

pytestmark = pytest.mark.django_db

END = date(2027, 3, 31)
RUNNING = {"phase": Phase.IN_PROGRESS, "planned_end": END}


def change(measure: Measure, *, now=NOW, milestones=None, **values) -> dict[str, str]:
    """The sentences that refuse it; none where it is done."""
    state = NewState(measure_id=measure.pk, values=values, milestones=milestones or {}, reason="Vergabe")
    try:
        report(state, by=None, now=now)
    except InvalidChange as refused:
        return refused.errors
    return {}


@pytest.mark.parametrize(
    ("phase", "refused"),
    [
        (Phase.IN_PROGRESS, True),
        (Phase.PROPOSED, True),
        (Phase.COMPLETED, True),
        (Phase.DEFERRED, False),
        (Phase.REJECTED, False),
    ],
)
def test_a_promised_end_is_given_up_only_with_its_measure(phase: Phase, refused: bool) -> None:
    measure = make_public_measure(state=RUNNING)
    assert change(measure, phase=phase, planned_end=None) == ({"planned_end": PROMISE_KEPT} if refused else {})


def test_who_takes_a_deferred_measure_up_again_promises_a_new_end() -> None:
    measure = make_public_measure(state=RUNNING)
    change(measure, phase=Phase.DEFERRED, planned_end=None)
    assert change(measure, phase=Phase.PLANNED) == {"planned_end": PROMISE_KEPT}
    assert change(measure, phase=Phase.PLANNED, planned_end=date(2027, 6, 30)) == {}


def test_an_end_that_nobody_was_promised_can_be_taken_away() -> None:
    assert change(make_measure(state=RUNNING), planned_end=None) == {}


def test_a_promised_milestone_keeps_a_date_until_it_is_dropped() -> None:
    milestone = make_milestone(make_public_measure(state=RUNNING), planned=date(2027, 1, 31))
    refused = change(milestone.measure, milestones={milestone.pk: {"planned": None}})
    assert refused == {f"milestone_{milestone.pk}": MILESTONE_KEPT}


@pytest.mark.parametrize(
    ("before", "values", "refused"),
    [
        (RUNNING, {"planned_end": TODAY - timedelta(days=1)}, True),
        (RUNNING, {"planned_end": TODAY}, False),
        ({}, {"planned_end": TODAY - timedelta(days=1)}, False),
        ({"planned_end": date(2026, 1, 1)}, {"phase": Phase.PLANNED}, True),
        ({}, {"phase": Phase.COMPLETED, "planned_end": date(2025, 12, 31), "actual_end": date(2026, 1, 9)}, False),
    ],
)
def test_who_is_at_work_plans_no_end_that_is_over(before: dict, values: dict, refused: bool) -> None:
    measure = make_measure(state=before)
    assert change(measure, **values) == ({"planned_end": END_IS_PAST} if refused else {})


def test_a_measure_whose_end_went_by_still_reports_everything_else() -> None:
    measure = make_public_measure(state=RUNNING)
    assert change(measure, now=NOW + timedelta(days=300), health="CRITICAL") == {}


def test_a_measure_is_finished_once_each_milestone_is_reached_or_dropped() -> None:
    measure = make_measure(state=RUNNING)
    first, second = make_milestone(measure, "Vertrag"), make_milestone(measure, "Start")
    refused = change(measure, phase=Phase.COMPLETED)
    assert refused["phase"].startswith("Noch nicht erreicht: „Vertrag“ und „Start“. ")
    drop_milestone(milestone_id=second.pk, expected_version=None, by=None, now=NOW)
    reached = {first.pk: {"reached_on": TODAY}}
    assert change(measure, phase=Phase.COMPLETED, actual_end=TODAY, milestones=reached) == {}
    reopened = change(measure, milestones={first.pk: {"reached_on": None}})
    assert list(reopened) == [f"milestone_{first.pk}"]


def test_only_what_is_finished_has_an_actual_end() -> None:
    measure = make_measure(state=RUNNING)
    assert change(measure, actual_end=TODAY) == {"actual_end": NOT_ENDED}
    assert change(measure, actual_end=TODAY, phase=Phase.COMPLETED) == {}


def test_what_is_finished_keeps_an_actual_end_until_it_is_taken_up_again() -> None:
    measure = make_measure(state=RUNNING)
    change(measure, actual_end=TODAY, phase=Phase.COMPLETED)
    assert change(measure, actual_end=None) == {"actual_end": END_KEPT}
    assert change(measure, actual_end=TODAY - timedelta(days=1)) == {}
    assert change(measure, actual_end=None, phase=Phase.IN_PROGRESS) == {}


def test_no_open_milestone_lies_after_the_end_of_its_measure() -> None:
    measure = make_measure(state=RUNNING)
    milestone = make_milestone(measure, "Abnahme", planned=date(2027, 2, 28))
    assert change(measure, planned_end=date(2027, 1, 31)) == {
        "planned_end": "Dann läge ein Meilenstein nach dem Ende: „Abnahme“ am 28.02.2027. "
        "Verlegen Sie zuerst die Meilensteine."
    }
    assert change(measure, milestones={milestone.pk: {"planned": date(2027, 4, 1)}}) == {
        f"milestone_{milestone.pk}": "Der Meilenstein läge nach dem geplanten Ende, 31.03.2027. "
        "Verschieben Sie zuerst das Ende."
    }
    earlier = {milestone.pk: {"planned": date(2027, 1, 15)}}
    assert change(measure, planned_end=date(2027, 1, 31), milestones=earlier) == {}
    assert Milestone.objects.get().planned == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("is_resolved", "basis", "holds"),
    [
        (False, Basis.PLAN, False),
        (False, Basis.ROUTINE, True),
        (False, Basis.RESOLUTION, True),
        (True, Basis.PLAN, True),
        (True, Basis.ROUTINE, False),
        (True, Basis.RESOLUTION, True),
    ],
)
def test_the_basis_agrees_with_what_was_resolved(is_resolved: bool, basis: Basis, holds: bool) -> None:
    measure = make_measure()
    if is_resolved:
        resolve(measure_ids=[measure.pk], on=TODAY, body="Rat", basis=Basis.RESOLUTION, by=None, now=NOW)
    ways = (
        lambda: edit_measure(measure_id=measure.pk, values={"basis": basis}, expected_version=None, by=None),
        lambda: edit_measures(versions={measure.pk: None}, values={"basis": basis}, by=None),
    )
    for way in ways:
        if holds:
            way()
        else:
            with pytest.raises(BasisDoesNotHold):
                way()
    assert (Measure.objects.get().basis == basis) is holds


def test_a_new_or_restored_measure_does_not_stand_on_a_plan_that_nobody_resolved() -> None:
    unresolved = new_measure(field=make_field(), serial=1, values={"title": "Neu", "basis": Basis.PLAN})
    with pytest.raises(BasisDoesNotHold):
        add_measures([unresolved], by=None)
    measure = make_measure(basis=Basis.ROUTINE)
    earlier = Measure.history.filter(id=measure.pk).latest().history_id
    resolve(measure_ids=[measure.pk], on=TODAY, body="Rat", basis=Basis.PLAN, by=None, now=NOW)
    with pytest.raises(BasisDoesNotHold):
        restore(measure_id=measure.pk, history_id=earlier, field="basis", expected_version=None, by=None)


def test_only_who_may_see_the_other_measure_reads_its_number_in_the_history() -> None:
    hidden = make_measure("Geheim", visibility=Visibility.CONFIDENTIAL)
    measure = make_measure("Offen")
    assert change(measure, phase=Phase.MERGED, merged_into=hidden) == {}

    def told(reader: User) -> list[str]:
        return [
            line.after
            for one in chronicle(measure, reader=reader, notes=True)
            for line in one.lines
            if line.label == "Zusammengeführt in"
        ]

    assert (told(make_officer()), told(make_user(Role.IT))) == ([hidden.number], ["eine andere Maßnahme"])
    assert not Event.objects.about(measure).filter(after__contains=hidden.number).exists()


def test_the_promised_end_of_a_finished_measure_stays() -> None:
    ended = {"phase": Phase.COMPLETED, "planned_end": date(2026, 2, 28), "actual_end": date(2026, 2, 5)}
    assert change(make_public_measure(state=ended), planned_end=END) == {"planned_end": END_IS_HISTORY}
