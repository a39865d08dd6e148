import re
from datetime import date

import pytest

from masterplan.models import DueDatePromise, Measure, Milestone
from masterplan.scheduling import add_milestone, drop_milestone, edit_milestone
from masterplan.updating import NewState, ReasonMissing, report
from tests.builders import NOW, make_measure, make_milestone, make_public_measure

pytestmark = pytest.mark.django_db


def test_a_new_milestone_of_a_public_measure_is_promised_at_once() -> None:
    measure = make_public_measure()
    milestone = add_milestone(
        measure_id=measure.pk, title="Start", planned=date(2027, 1, 1), reason="neu", by=None, now=NOW
    )
    assert (milestone.first_promised, milestone.position) == (date(2027, 1, 1), 1)
    assert list(DueDatePromise.objects.values_list("milestone", "due")) == [(milestone.pk, date(2027, 1, 1))]


def test_a_dropped_milestone_no_longer_counts_but_its_promise_stays() -> None:
    measure = make_public_measure()
    reached = make_milestone(measure, "Erreicht", planned=date(2026, 1, 1))
    dropped = make_milestone(measure, "Entfällt", planned=date(2026, 6, 1))
    report(
        NewState(measure_id=measure.pk, milestones={reached.pk: {"reached_on": date(2026, 1, 1)}}, reason="fertig"),
        by=None,
        now=NOW,
    )
    with pytest.raises(ReasonMissing):
        drop_milestone(milestone_id=dropped.pk, expected_version=None, by=None, now=NOW)
    drop_milestone(milestone_id=dropped.pk, expected_version=None, reason="nicht mehr nötig", by=None, now=NOW)
    assert Measure.objects.get(pk=measure.pk).progress == 100
    assert DueDatePromise.objects.filter(milestone=dropped).count() == 1


def test_a_new_weight_moves_the_derived_progress() -> None:
    measure = make_measure()
    first, second = make_milestone(measure, "Eins"), make_milestone(measure, "Zwei")
    report(NewState(measure_id=measure.pk, milestones={first.pk: {"reached_on": date(2026, 1, 1)}}), by=None, now=NOW)
    second = Milestone.objects.get(pk=second.pk)
    edit_milestone(milestone_id=second.pk, title="Zwei", weight=3, expected_version=second.version, by=None)
    assert Measure.objects.get(pk=measure.pk).progress == 25


def test_the_measure_is_locked_before_its_milestone(django_assert_num_queries) -> None:
    milestone = make_milestone(make_measure())
    with django_assert_num_queries(3) as asked:
        Milestone.locked(milestone.pk, expected_version=None)
    tables = [re.search(r'FROM "(\w+)"', query["sql"])[1] for query in asked.captured_queries]
    assert tables == ["masterplan_milestone", "masterplan_measure", "masterplan_milestone"]
