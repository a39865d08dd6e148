from datetime import date

import pytest

from masterplan.models import DueDatePromise, Measure
from masterplan.planning import edit_measure
from masterplan.restoring import CannotRestore, restore
from masterplan.updating import NewState, ReasonMissing, report
from tests.builders import NOW, make_measure, make_public_measure

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
