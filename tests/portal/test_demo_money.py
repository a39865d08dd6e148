"""The example town's money shows every word of the budget."""

import pytest
from django.db.models import F

from masterplan.budget_figures import grants_with_deadline_due, over_appropriation
from masterplan.models import Benefit, BudgetLine, BudgetProposal, BudgetSource, Measure, RunningCost, Visibility
from tests.builders import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def test_most_measures_have_money_over_three_years_and_one_is_paid_from_elsewhere():
    own = set(BudgetLine.objects.values_list("measure", flat=True))
    elsewhere = set(BudgetSource.objects.exclude(product="").values_list("measure", flat=True))
    years = BudgetLine.objects.order_by("year").values_list("year", flat=True).distinct()

    assert (len(own), len(elsewhere - own)) == (19, 1)
    assert list(years) == [TODAY.year - 1, TODAY.year, TODAY.year + 1]


@pytest.mark.parametrize("name", ["supplementary", "carried_over", "extra", "commitment"])
def test_each_rare_word_of_the_budget_is_used(name):
    assert BudgetLine.objects.filter(**{f"{name}__gt": 0}).exists()


def test_one_measure_overspends_and_is_at_risk_already():
    over = over_appropriation(Measure.objects.values_list("pk", flat=True), TODAY)
    (measure,) = Measure.objects.filter(pk__in=over)
    assert (over[measure.pk].percent, measure.health) == (15, "AT_RISK")


def test_something_falls_due_something_waits_and_a_benefit_stays_behind_its_claim():
    found = {
        "due": grants_with_deadline_due(TODAY).count(),
        "proposed": BudgetProposal.objects.open().count(),
        "behind": Benefit.objects.filter(achieved__lt=F("claimed")).count(),
        "afterwards": RunningCost.objects.count(),
    }
    assert found == {"due": 2, "proposed": 1, "behind": 2, "afterwards": 4}


def test_what_was_resolved_is_kept_and_differs_from_what_is_financed():
    resolved = BudgetLine.objects.exclude(resolved=None)
    assert resolved.exists()
    assert any(line.money.gap for line in resolved)


def test_the_confidential_measure_has_money_that_its_reader_entered():
    line = BudgetLine.objects.filter(measure__visibility=Visibility.CONFIDENTIAL)[0]
    assert {row.history_user.email for row in line.history.all()} == {"digital.officer@winsen.example"}
