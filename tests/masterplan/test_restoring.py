from datetime import date, timedelta
from typing import Any

import pytest

from ground.models import Event
from masterplan.models import DueDatePromise, Measure, Milestone
from masterplan.planning import add_measure, edit_measure
from masterplan.restoring import CannotRestore, restore, restore_milestone, set_in
from masterplan.scheduling import edit_milestone
from masterplan.updating import NewState, ReasonMissing, report
from tests.builders import (
    NOW,
    make_field,
    make_goal,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_strategy,
    make_unit,
)

pytestmark = pytest.mark.django_db


def first_version(measure: Measure) -> int:
    return Measure.history.filter(id=measure.pk).order_by("history_id").values_list("history_id", flat=True)[0]


def test_an_earlier_text_comes_back_as_a_new_version() -> None:
    measure = make_measure("Alt")
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=None, by=None, now=NOW)
    restored = restore(
        measure_id=measure.pk, history_id=first_version(measure), field="title", expected_version=None, by=None
    )
    assert (restored.title, restored.version) == ("Alt", measure.version + 2)


def test_a_restored_date_is_one_more_promise() -> None:
    measure = make_public_measure(state={"planned_end": date(2026, 12, 31)})
    earlier = Measure.history.filter(id=measure.pk).latest().history_id
    late = NewState(measure_id=measure.pk, values={"planned_end": date(2027, 1, 30)}, reason="Vergabe")
    report(late, by=None, now=NOW)
    again = {"measure_id": measure.pk, "history_id": earlier, "field": "planned_end", "expected_version": None}
    with pytest.raises(ReasonMissing):
        restore(**again, by=None, now=NOW)
    restore(**again, reason="doch pünktlich", by=None, now=NOW)
    assert list(DueDatePromise.objects.values_list("kind", "due")) == [
        ("FIRST", date(2026, 12, 31)),
        ("POSTPONED", date(2027, 1, 30)),
        ("BROUGHT_FORWARD", date(2026, 12, 31)),
    ]


@pytest.mark.parametrize("field", ["visibility", "number", "resolved_end", "version"])
def test_what_no_edit_may_set_is_not_restored(field: str) -> None:
    measure = make_measure()
    with pytest.raises(CannotRestore):
        restore(measure_id=measure.pk, history_id=first_version(measure), field=field, expected_version=None, by=None)


def test_an_earlier_set_of_goals_and_units_comes_back() -> None:
    strategy = make_strategy()
    goals = [make_goal(strategy, title) for title in ("Bürgerservice", "Standort")]
    units = [make_unit("Kultur"), make_unit("Bauen")]
    officer = make_officer()
    measure = add_measure(
        field=make_field(), values={"title": "Eine"}, sets={"goals": goals, "involved_units": units}, by=officer
    )
    earlier = first_version(measure)
    edit_measure(
        measure_id=measure.pk,
        values={},
        sets={"goals": goals[:1], "involved_units": []},
        expected_version=None,
        by=officer,
    )
    for field in ("goals", "involved_units"):
        restore(measure_id=measure.pk, history_id=earlier, field=field, expected_version=None, by=officer)
    assert (list(measure.goals.all()), set(measure.involved_units.all())) == (goals, set(units))


def test_a_report_in_between_keeps_the_sets_in_its_history_row() -> None:
    goal = make_goal(make_strategy())
    measure = add_measure(field=make_field(), values={"title": "Eine"}, sets={"goals": [goal]}, by=None)
    report(NewState(measure_id=measure.pk, values={"health": "AT_RISK"}), by=None, now=NOW)
    row = Measure.history.filter(id=measure.pk).order_by("-history_id").first()
    assert set_in(row, "goals") == [goal]


def test_each_edit_is_one_history_row_of_its_author_and_version() -> None:
    goal, first, second = make_goal(make_strategy()), make_officer(), make_officer()
    measure = add_measure(field=make_field(), values={"title": "Eine"}, sets={"goals": [goal]}, by=first)
    edit_measure(measure_id=measure.pk, values={"title": "Zwei"}, sets={"goals": []}, expected_version=1, by=second)
    rows = Measure.history.filter(id=measure.pk).order_by("history_id")
    assert [(row.version, row.title, set_in(row, "goals"), row.history_user) for row in rows] == [
        (1, "Eine", [goal], first),
        (2, "Zwei", [], second),
    ]


def test_an_earlier_date_of_a_milestone_is_one_more_promise() -> None:
    measure = make_public_measure()
    milestone = make_milestone(measure, planned=date(2026, 12, 31))
    earlier = Milestone.history.filter(id=milestone.pk).latest().history_id
    late = NewState(measure_id=measure.pk, milestones={milestone.pk: {"planned": date(2027, 1, 30)}}, reason="Vergabe")
    report(late, by=None, now=NOW)
    again = {"milestone_id": milestone.pk, "history_id": earlier, "field": "planned", "expected_version": None}
    with pytest.raises(ReasonMissing):
        restore_milestone(**again, by=None, now=NOW)
    assert restore_milestone(**again, reason="doch", by=None, now=NOW).planned == date(2026, 12, 31)
    assert list(DueDatePromise.objects.values_list("kind", "due")) == [
        ("FIRST", date(2026, 12, 31)),
        ("POSTPONED", date(2027, 1, 30)),
        ("BROUGHT_FORWARD", date(2026, 12, 31)),
    ]


def test_an_earlier_title_of_a_milestone_comes_back_and_its_promises_do_not() -> None:
    milestone = make_milestone(make_measure(), "Alt")
    earlier = Milestone.history.filter(id=milestone.pk).earliest().history_id
    edit_milestone(milestone_id=milestone.pk, title="Neu", weight=2, expected_version=None, by=None)
    back = {"milestone_id": milestone.pk, "history_id": earlier, "expected_version": None, "by": None}
    assert restore_milestone(**back, field="title").title == "Alt"
    with pytest.raises(CannotRestore):
        restore_milestone(**back, field="first_promised")


def test_a_restored_text_keeps_its_reason_inside() -> None:
    measure = make_public_measure("Alt")
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=None, by=None, now=NOW)
    back = {"measure_id": measure.pk, "history_id": first_version(measure), "field": "title"}
    restore(**back, reason="Tippfehler", expected_version=None, by=None, now=NOW + timedelta(days=1))
    event = Event.objects.about(measure).first()
    assert event
    assert (event.title, event.reason, event.public) == ("Bearbeitet", "Tippfehler", False)


def test_a_restored_milestone_is_dated_by_its_act() -> None:
    milestone = make_milestone(make_measure(), "Alt")
    earlier = Milestone.history.filter(id=milestone.pk).earliest().history_id
    edit_milestone(milestone_id=milestone.pk, title="Neu", weight=1, expected_version=None, by=None, now=NOW)
    moment = NOW + timedelta(days=1)
    back = {"milestone_id": milestone.pk, "history_id": earlier, "expected_version": None, "by": None}
    restore_milestone(**back, field="title", now=moment)
    assert Milestone.history.filter(id=milestone.pk).latest().history_date == moment


def test_an_end_comes_back_with_its_day_and_a_merger_with_its_target() -> None:
    target, measure = make_measure("Ziel"), make_measure("Eine", state={"phase": "IN_PROGRESS"})

    def told(day: int, **values: Any) -> int:
        report(NewState(measure_id=measure.pk, values=values), by=None, now=NOW + timedelta(days=day))
        return int(Measure.history.filter(id=measure.pk).latest().history_id)

    completed = told(1, phase="COMPLETED", actual_end=date(2026, 11, 2))
    told(2, phase="IN_PROGRESS")
    merged = told(3, phase="MERGED", merged_into=target)
    told(4, phase="IN_PROGRESS")
    found = []
    for history_id in (completed, merged):
        again = {"measure_id": measure.pk, "history_id": history_id, "field": "phase", "expected_version": None}
        one = restore(**again, by=None, now=NOW + timedelta(days=10))
        found.append((one.phase, one.actual_end, one.merged_into))
    assert found[0] == ("COMPLETED", date(2026, 11, 2), None)
    assert (found[1][0], found[1][2]) == ("MERGED", target)
