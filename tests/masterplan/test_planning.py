import pytest

from accounts.access import Role
from accounts.models import User
from ground.history import StaleRow
from ground.models import Event, PublicVersion
from masterplan.models import Measure, Phase, Visibility
from masterplan.planning import (
    AlreadyCommitted,
    DeputyIsResponsible,
    OutOfService,
    SerialTaken,
    add_measure,
    add_measures,
    delete_draft,
    edit_measure,
    edit_measures,
    new_measure,
)
from masterplan.publishing import set_visibility
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    make_field,
    make_goal,
    make_measure,
    make_officer,
    make_public_measure,
    make_strategy,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_numbers_run_within_their_field() -> None:
    service, school = make_field("BS", "Bürgerservice"), make_field("SK", "Schule")
    rows = [add_measure(field=field, values={"title": "M"}, by=None, now=NOW) for field in (service, service, school)]
    assert [row.number for row in rows] == ["BS-01", "BS-02", "SK-01"]


def test_a_number_is_never_given_again() -> None:
    field = make_field()
    draft = add_measure(field=field, values={"title": "Entwurf"}, by=None, now=NOW)
    delete_draft(measure_id=draft.pk, by=None)
    assert add_measure(field=field, values={"title": "Nächste"}, by=None, now=NOW).number == "BS-02"
    with pytest.raises(SerialTaken):
        add_measures([new_measure(field=field, serial=1, values={"title": "Wieder"})], by=None, now=NOW)


def test_a_measure_keeps_its_number_in_another_field() -> None:
    measure = make_measure()
    other = make_field("SK", "Schule")
    edited = edit_measure(measure_id=measure.pk, values={"field": other}, expected_version=None, by=None, now=NOW)
    assert (edited.field, edited.number) == (other, "BS-01")


def test_an_edit_names_what_was_edited_and_by_whom() -> None:
    officer, measure, unit = make_officer(), make_measure(), make_unit()
    goal = make_goal(make_strategy())
    edited = edit_measure(
        measure_id=measure.pk,
        values={"teaser": "Kurz gesagt", "lead_unit": unit, "title": measure.title},
        sets={"goals": [goal]},
        expected_version=measure.version,
        by=officer,
        now=NOW,
    )
    event = Event.objects.about(measure).first()
    assert event is not None
    assert (event.after, event.author) == ("In einem Satz, Federführung, Ziele", officer)
    assert (edited.version, list(edited.goals.all())) == (measure.version + 1, [goal])
    assert set(Measure.history.filter(id=measure.pk, history_type="~").values_list("history_user", flat=True)) == {
        officer.pk
    }


def test_an_edit_without_a_difference_leaves_no_trace() -> None:
    measure = make_measure()
    edit_measure(measure_id=measure.pk, values={"title": measure.title}, expected_version=None, by=None, now=NOW)
    assert Measure.objects.get(pk=measure.pk).version == measure.version


def test_an_overtaken_edit_is_refused_with_the_row_as_it_is_now() -> None:
    measure = make_measure()
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=measure.version, by=None, now=NOW)
    with pytest.raises(StaleRow) as refused:
        edit_measure(measure_id=measure.pk, values={"title": "X"}, expected_version=measure.version, by=None, now=NOW)
    assert refused.value.current.title == "Neu"


@pytest.mark.parametrize(("values", "raised"), [({"title": "Neu"}, 1), ({"internal_notes": "Geheim"}, 0)])
def test_only_what_the_public_sees_raises_its_version(values: dict, raised: int) -> None:
    measure = make_public_measure()
    before = PublicVersion.current().number
    edit_measure(measure_id=measure.pk, values=values, expected_version=None, by=None, now=NOW)
    assert PublicVersion.current().number == before + raised


@pytest.mark.parametrize("shown", [Visibility.PUBLIC, Visibility.CONFIDENTIAL])
@pytest.mark.parametrize("hidden_again", [False, True])
def test_what_a_report_may_have_told_of_is_never_deleted(shown: Visibility, hidden_again: bool) -> None:
    measure = make_measure(visibility=shown)
    if hidden_again:
        set_visibility(measure_ids=[measure.pk], visibility=Visibility.INTERNAL, reason="Irrtum", by=None, now=NOW)
    with pytest.raises(AlreadyCommitted):
        delete_draft(measure_id=measure.pk, by=None)


def test_a_draft_of_which_another_became_part_is_not_deleted() -> None:
    draft, other = make_measure("Entwurf"), make_measure("Andere")
    report(NewState(measure_id=other.pk, values={"phase": Phase.MERGED, "merged_into": draft}), by=None, now=NOW)
    with pytest.raises(AlreadyCommitted):
        delete_draft(measure_id=draft.pk, by=None)


def test_many_get_the_same_unit_in_one_step_and_only_those_that_change() -> None:
    unit, officer = make_unit(), make_officer()
    one, other = make_measure("Eine"), make_public_measure("Andere", lead_unit=unit)
    changed = edit_measures(versions={one.pk: one.version, other.pk: None}, values={"lead_unit": unit}, by=officer)
    assert [(row.number, row.lead_unit, row.version) for row in changed] == [(one.number, unit, one.version + 1)]
    newest = Measure.history.filter(id=one.pk).latest()
    assert (newest.lead_unit, newest.history_user) == (unit, officer)


def test_one_overtaken_row_refuses_all() -> None:
    unit, one, other = make_unit(), make_measure("Eine"), make_measure("Andere")
    with pytest.raises(StaleRow):
        edit_measures(versions={one.pk: one.version, other.pk: 99}, values={"lead_unit": unit}, by=None)
    assert Measure.objects.filter(lead_unit=unit).count() == 0


def test_nobody_is_deputy_of_oneself() -> None:
    clerk = make_user()
    measure = make_measure(deputy=clerk)
    with pytest.raises(DeputyIsResponsible):
        edit_measures(versions={measure.pk: None}, values={"responsible": clerk}, by=None)
    with pytest.raises(DeputyIsResponsible):
        edit_measure(measure_id=measure.pk, values={"responsible": clerk}, expected_version=None, by=None)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("responsible", lambda: make_user(email="weg@stadt.example", is_active=False), "weg@stadt.example kann nicht"),
        ("deputy", lambda: make_user(Role.COUNCIL, email="rat@stadt.example"), "rat@stadt.example kann nicht"),
        ("lead_unit", lambda: make_unit("Alt", dissolved_on=NOW.date()), "„Alt“ ist aufgelöst."),
        ("field", lambda: make_field("AL", "Alt", withdrawn_on=NOW.date()), "„Alt“ wird nicht mehr benutzt."),
    ],
)
def test_a_measure_is_given_to_nobody_who_is_out_of_service(name, value, sentence) -> None:
    measure, gone = make_measure(), value()
    for edit in (
        lambda: edit_measure(measure_id=measure.pk, values={name: gone}, expected_version=None, by=None),
        lambda: edit_measures(versions={measure.pk: None}, values={name: gone}, by=None),
    ):
        with pytest.raises(OutOfService) as refused:
            edit()
        assert [(field, said.startswith(sentence)) for field, said in refused.value.errors.items()] == [(name, True)]


def test_who_was_responsible_before_the_account_was_closed_stays_so_while_the_rest_is_edited() -> None:
    clerk = make_user()
    measure = make_measure(responsible=clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    edited = edit_measure(
        measure_id=measure.pk, values={"title": "Neu", "responsible": clerk}, expected_version=None, by=None
    )
    assert (edited.title, edited.responsible) == ("Neu", clerk)
