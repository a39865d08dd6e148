"""What is kept of a measure's money: lines, drafts with money, grants and benefits; and what excludes an own Ansatz."""

import pytest

from masterplan.budgeting.lines import (
    HasNoOwnBudget,
    HasOwnBudget,
    LineIsKept,
    remove_line,
    set_lines,
    set_source,
)
from masterplan.budgeting.parts import PartIsKept, edit_part, remove_part
from masterplan.budgeting.tables import csv_file
from masterplan.budgeting.taking_over import plan_budget
from masterplan.importing.reading import read_table
from masterplan.models import BudgetLine, Grant, GrantState, Measure
from masterplan.planning import AlreadyCommitted, delete_draft, is_draft
from tests.builders import TODAY, make_benefit, make_grant, make_line, make_measure, make_officer
from tests.masterplan.money import edit

pytestmark = pytest.mark.django_db


def test_a_line_goes_only_where_it_never_held_money_or_a_resolution():
    measure = make_measure()
    asked, granted = make_line(measure, 2027, requested=5), make_line(measure, 2028, appropriated=5)
    set_lines([edit(measure, 2028, line=granted, appropriated=None)], by=None)

    remove_line(line_id=asked.pk, expected_version=asked.version, by=None)
    with pytest.raises(LineIsKept):
        remove_line(line_id=granted.pk, expected_version=None, by=None)

    assert list(BudgetLine.objects.values_list("year", flat=True)) == [2028]


def test_a_measure_is_paid_from_elsewhere_or_has_lines_of_its_own():
    with_lines, without = make_measure("Mit"), make_measure("Ohne")
    make_line(with_lines, requested=5)
    set_source(measure_id=without.pk, product="11.1.02", expected_version=0, by=None)

    with pytest.raises(HasOwnBudget):
        set_source(measure_id=with_lines.pk, product="11.1.02", expected_version=0, by=None)
    with pytest.raises(HasNoOwnBudget):
        make_line(without, requested=5)


@pytest.mark.parametrize(
    ("values", "may"),
    [
        ({"appropriated": 0}, True),
        ({"appropriated": 0, "spent": 0}, True),
        ({"requested": 5}, False),
        ({"appropriated": 5, "supplementary": -5}, False),
        ({"commitment": 5}, False),
    ],
)
def test_a_measure_is_paid_from_elsewhere_where_all_amounts_of_its_lines_are_zero(values, may):
    measure = make_measure()
    make_line(measure, **{"requested": 0, **values})

    if may:
        assert set_source(measure_id=measure.pk, product="11.1.02", expected_version=0, by=None).product == "11.1.02"
    else:
        with pytest.raises(HasOwnBudget):
            set_source(measure_id=measure.pk, product="11.1.02", expected_version=0, by=None)


@pytest.mark.parametrize(("values", "goes"), [({"requested": 5}, True), ({"appropriated": 5}, False)])
def test_a_draft_with_an_ansatz_is_not_deleted(values, goes):
    measure = make_measure()
    make_line(measure, **values)
    if goes:
        delete_draft(measure_id=measure.pk, by=None)
    else:
        with pytest.raises(AlreadyCommitted):
            delete_draft(measure_id=measure.pk, by=None)
    assert Measure.objects.exists() != goes


@pytest.mark.parametrize(
    ("make", "values", "goes"),
    [
        (make_grant, {}, True),
        (make_grant, {"state": GrantState.GRANTED}, False),
        (make_benefit, {}, True),
        (make_benefit, {"achieved": 5, "as_of": TODAY}, False),
    ],
)
def test_a_draft_with_a_grant_that_binds_or_a_measured_benefit_is_not_deleted(make, values, goes):
    measure = make_measure()
    make(measure, **values)
    assert is_draft(measure) == goes


def test_a_grant_that_was_once_applied_for_keeps_its_draft():
    measure = make_measure()
    grant = make_grant(measure, state=GrantState.APPLIED)
    edit_part(Grant, part_id=grant.pk, values={"state": GrantState.PLANNED}, expected_version=None, by=None)
    assert not is_draft(measure)


def test_a_grant_that_was_applied_for_is_ended_by_its_state_and_never_removed():
    measure = make_measure()
    planned, applied = make_grant(measure), make_grant(measure, state=GrantState.APPLIED)

    remove_part(Grant, part_id=planned.pk, expected_version=planned.version, by=None)
    with pytest.raises(PartIsKept):
        remove_part(Grant, part_id=applied.pk, expected_version=applied.version, by=None)

    assert Grant.objects.get() == applied


def test_an_export_with_a_measure_that_is_paid_from_elsewhere_is_read_in_again():
    officer = make_officer()
    elsewhere = make_measure()
    make_line(elsewhere, appropriated=0)
    make_line(make_measure("Andere"), appropriated=5)
    set_source(measure_id=elsewhere.pk, product="11.1.02", expected_version=0, by=None)

    plan = plan_budget(read_table(csv_file(officer)), by=officer)

    assert (plan.errors, plan.unchanged) == ([], 1)
