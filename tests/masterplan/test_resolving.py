from datetime import date

import pytest

from ground.models import Event
from masterplan.forms.measure import DescriptionForm
from masterplan.models import Basis, DueDatePromise, Measure
from masterplan.resolving import RoutineIsNotResolved, resolve
from masterplan.updating import NewState, ReasonMissing, report
from tests.builders import NOW, TODAY, make_measure, make_milestone, make_public_measure

pytestmark = pytest.mark.django_db

PLANNED = {"phase": "IN_PROGRESS", "planned_start": date(2026, 1, 1), "planned_end": date(2026, 12, 31)}


def resolve_one(measure: Measure, on: date = date(2026, 6, 26)) -> Measure:
    return resolve(measure_ids=[measure.pk], on=on, body="Rat", basis=Basis.PLAN, by=None, now=NOW)[0]


def test_a_resolution_keeps_the_dates_of_its_day() -> None:
    measure = resolve_one(make_measure(state=PLANNED))
    report(
        NewState(measure_id=measure.pk, values={"planned_end": date(2027, 1, 30)}, reason="Vergabe"), by=None, now=NOW
    )
    measure.refresh_from_db()
    assert (measure.resolved_on, measure.resolved_start, measure.resolved_end, measure.deadline.days_behind(TODAY)) == (
        date(2026, 6, 26),
        date(2026, 1, 1),
        date(2026, 12, 31),
        30,
    )


def test_a_resolution_makes_the_dates_of_an_internal_measure_promises() -> None:
    measure = make_measure(state=PLANNED)
    milestone = make_milestone(measure, planned=date(2026, 9, 30))
    resolve_one(measure)
    milestone.refresh_from_db()
    assert milestone.resolved == date(2026, 9, 30)
    assert list(DueDatePromise.objects.values_list("milestone", "kind", "due", "promised_on")) == [
        (None, "FIRST", date(2026, 12, 31), date(2026, 6, 26)),
        (milestone.pk, "FIRST", date(2026, 9, 30), date(2026, 6, 26)),
    ]


def test_a_resolved_measure_changes_only_with_a_reason() -> None:
    measure = resolve_one(make_measure(state=PLANNED))
    with pytest.raises(ReasonMissing):
        report(NewState(measure_id=measure.pk, values={"phase": "DEFERRED"}), by=None, now=NOW)


def test_a_new_resolution_makes_a_late_measure_punctual_and_keeps_what_was_promised() -> None:
    measure = resolve_one(make_public_measure(state=PLANNED))
    report(
        NewState(measure_id=measure.pk, values={"planned_end": date(2027, 1, 30)}, reason="Vergabe"), by=None, now=NOW
    )
    assert Measure.objects.behind_promise(TODAY).count() == 1
    resolve_one(measure, on=date(2026, 12, 18))
    assert Measure.objects.behind_promise(TODAY).count() == 0
    assert list(DueDatePromise.objects.values_list("kind", "due")) == [
        ("FIRST", date(2026, 12, 31)),
        ("POSTPONED", date(2027, 1, 30)),
    ]


def test_the_journal_names_the_body_of_the_day() -> None:
    measure = resolve_one(make_measure(state=PLANNED))
    event = Event.objects.about(measure).get(kind="measure.resolved")
    assert (event.title, event.after) == ("Beschlossen: Rat", "31.12.2026")


def test_routine_business_is_never_resolved() -> None:
    measure = make_measure(state=PLANNED)
    with pytest.raises(RoutineIsNotResolved):
        resolve(measure_ids=[measure.pk], on=date(2026, 6, 26), body="Rat", basis=Basis.ROUTINE, by=None, now=NOW)
    assert Measure.objects.get().resolved_on is None


def test_the_basis_that_can_be_chosen_follows_from_whether_the_measure_was_resolved() -> None:
    measure = make_measure(state=PLANNED)
    offered = [key for key, _ in DescriptionForm(instance=measure).fields["basis"].choices]
    assert offered == ["", Basis.RESOLUTION, Basis.ROUTINE]
    offered = [key for key, _ in DescriptionForm(instance=resolve_one(measure)).fields["basis"].choices]
    assert offered == ["", Basis.PLAN, Basis.RESOLUTION]
