"""Sums of the budget: grouped in the database, exact to the cent, Aufwand and Auszahlung never in one."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ground.amounts import LARGEST
from masterplan.budget_figures import over_appropriation
from masterplan.budgeting.lines import AMOUNTS, LineEdit, set_lines
from masterplan.budgeting.rules import Money
from masterplan.models import BudgetKind, BudgetLine
from masterplan.rules import Overspent
from tests.builders import TODAY, make_field, make_line, make_measure, make_unit

pytestmark = pytest.mark.django_db

EXPENSE, PAYMENT = BudgetKind.EXPENSE, BudgetKind.PAYMENT
cents = st.integers(0, 99_999_999_999_999).map(lambda number: Decimal(number).scaleb(-2))
stated = st.one_of(st.none(), cents)
lines = st.lists(
    st.tuples(
        st.sampled_from(["BS", "VW"]),
        st.sampled_from([2025, 2026]),
        st.sampled_from([EXPENSE, PAYMENT]),
        st.fixed_dictionaries({name: stated if name in ("appropriated", "spent") else cents for name in AMOUNTS}),
    ),
    max_size=12,
)


@pytest.fixture
def two_measures():
    unit = make_unit()
    return {
        code: make_measure(f"Maßnahme {code}", field=make_field(code, f"Feld {code}"), lead_unit=unit)
        for code in ("BS", "VW")
    }


def keys(measure, year, kind):
    values = {
        "measure": measure.pk,
        "field": measure.field_id,
        "unit": measure.lead_unit_id,
        "year": year,
    }
    for size in range(3):
        for by in permutations(values, size):
            yield by, (kind, *(values[name] for name in by))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=lines)
@example(drawn=[("BS", 2026, EXPENSE, dict.fromkeys(AMOUNTS, LARGEST))] * 12)
def test_sums_equal_the_sum_of_their_lines_to_the_cent(two_measures, drawn):
    expected = defaultdict(lambda: defaultdict(Money))
    edits = []
    for place, (code, year, kind, amounts) in enumerate(drawn):
        measure = two_measures[code]
        values = amounts | {"as_of": None if amounts["spent"] is None else TODAY, "requested": Decimal("0.01")}
        if amounts["appropriated"] is None:
            values["supplementary"] = Decimal(0)
        edits.append(LineEdit(measure_id=measure.pk, year=year, kind=kind, product=str(place), values=values))
        for by, key in keys(measure, year, kind):
            expected[by][key] += Money(**{name: values[name] for name in AMOUNTS})
    with transaction.atomic():
        set_lines(edits, by=None)
        found = {by: BudgetLine.objects.sums(by=by) for by in expected}
        transaction.set_rollback(True)

    assert found == expected


def test_aufwand_and_auszahlung_are_never_in_one_sum(django_assert_num_queries):
    measure = make_measure()
    make_line(measure, kind=EXPENSE, appropriated=100)
    make_line(measure, kind=PAYMENT, appropriated=900)

    with django_assert_num_queries(1):
        found = BudgetLine.objects.sums()

    assert {key: money.appropriated for key, money in found.items()} == {(EXPENSE,): 100, (PAYMENT,): 900}


def test_an_overrun_counts_by_year_and_kind_and_what_may_be_spent_is_all_that_was_granted(
    django_assert_num_queries,
):
    over, within, nothing = make_measure("Zu viel"), make_measure("Passt"), make_measure("Nichts da")
    make_line(over, 2025, appropriated=100, spent=500)
    make_line(over, 2026, appropriated=1000, supplementary=-100, carried_over=50, extra=50, spent="1259.99")
    make_line(over, 2026, PAYMENT, appropriated=100_000, spent=0)
    make_line(over, 2027, appropriated=1, spent=500)
    make_line(within, appropriated=100, spent=100)
    make_line(nothing, requested=500, spent=1)

    with django_assert_num_queries(1):
        found = over_appropriation([over.pk, within.pk, nothing.pk], date(2026, 11, 22))

    assert found == {over.pk: Overspent(25, "Aufwand 2026")}


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 1, 1), [2025, 2026]),
        (date(2026, 3, 31), [2025, 2026]),
        (date(2026, 4, 1), [2026]),
        (date(2026, 12, 31), [2026]),
    ],
)
def test_a_year_is_judged_until_its_ist_is_closed_at_the_end_of_march(today, years):
    measures = {year: make_measure(f"Von {year}") for year in (2024, 2025, 2026, 2027)}
    for year, measure in measures.items():
        make_line(measure, year, appropriated=100, spent=130)

    found = over_appropriation([measure.pk for measure in measures.values()], today)

    assert found == {measures[year].pk: Overspent(30, f"Aufwand {year}") for year in years}
