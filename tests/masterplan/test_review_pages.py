"""The Digital Officer decides on what units sent, asks them, and sets the criteria, page by page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.drafting import report_unchanged, save_draft, submit
from masterplan.models import HealthCriteria, Measure, StatusRequest, StatusUpdate, UpdateState
from masterplan.new_state import NewState
from masterplan.updating import report
from tests.builders import NOW, make_measure, make_public_measure, make_user

pytestmark = pytest.mark.django_db

END, LATER = date(2027, 3, 31), date(2027, 6, 30)


@pytest.fixture
def clerk(db):
    return make_user()


def sent(form, **changed) -> dict:
    """What a browser would send of the form, changed."""
    values = {field.name: field.value() for field in form if field.value() not in (None, "")}
    return {**values, **changed}


@pytest.fixture
def measure(clerk):
    return make_public_measure(state={"phase": "IN_PROGRESS", "planned_end": END}, responsible=clerk)


@pytest.fixture
def update(client, measure, clerk, officer):
    said = {"reason": "Vergabe", "public_sentence": "Dauert länger."}
    state = NewState(measure_id=measure.pk, values={"planned_end": LATER}, **said)
    return submit(state=state, seen=None, by=clerk, now=NOW)


def review(update: StatusUpdate, step: str = "review") -> str:
    return reverse(f"update_{step}", args=[update.pk])


def test_the_review_shows_before_and_after_and_what_follows(client, update) -> None:
    page = client.get(review(update))
    changed = [(line.label, line.before, line.after) for line in page.context["lines"] if line.changed]
    assert changed[0] == ("Geplantes Ende", "31.03.2027", "30.06.2027")
    assert page.context["headline"].replace("\u00a0", " ") == "Ende 91 Tage später, jetzt 30.06.2027"
    assert page.context["follows"]


def test_the_officer_words_anew_what_is_published_and_goes_on_to_the_next(client, update, clerk) -> None:
    other = make_measure("Andere", responsible=clerk)
    waiting = report_unchanged(measure_id=other.pk, by=clerk)
    form = client.get(review(update)).context["form"]
    answer = client.post(review(update, "approve"), sent(form, public_sentence="Es dauert länger."))
    assert answer.url == review(waiting)
    taken = StatusUpdate.objects.get(pk=update.pk)
    assert (taken.state, taken.public_sentence, Measure.objects.get(number="BS-01").planned_end) == (
        UpdateState.APPROVED,
        "Es dauert länger.",
        LATER,
    )


def test_two_who_decide_at_once_are_told_apart(client, update) -> None:
    form = client.get(review(update)).context["form"]
    client.post(review(update, "approve"), sent(form))
    answer = client.post(review(update, "approve"), sent(form), follow=True)
    assert "schon entschieden" in answer.content.decode()
    assert StatusUpdate.objects.approved().filter(pk=update.pk).count() == 1


def test_a_measure_that_changed_since_is_looked_at_again(client, update, measure) -> None:
    form = client.get(review(update)).context["form"]
    report(NewState(measure_id=measure.pk, values={"phase": "PLANNED"}, reason="x"), by=None, now=NOW)
    answer = client.post(review(update, "approve"), sent(form), follow=True)
    assert "Prüfen Sie den neuen Stand" in answer.content.decode()
    assert StatusUpdate.objects.submitted().get() == update


def test_what_is_given_back_needs_a_comment(client, update) -> None:
    answer = client.post(review(update, "return"), {"seen": update.version, "comment": ""})
    assert "comment" in answer.context["returning"].errors
    assert StatusUpdate.objects.submitted().get() == update


def test_unchanged_ones_are_taken_over_together(client, update, clerk) -> None:
    same = [report_unchanged(measure_id=make_measure(title, responsible=clerk).pk, by=clerk) for title in ("A", "B")]
    page = client.get(reverse("updates"))
    assert len(page.context["unchanged"]) == 2
    client.post(reverse("updates_unchanged"), {"seen": page.context["seen"]})
    assert set(StatusUpdate.objects.approved().filter(pk__in=[one.pk for one in same])) == set(same)
    assert list(StatusUpdate.objects.submitted()) == [update]


def test_the_reporter_reads_what_became_of_the_update(client, update, clerk) -> None:
    client.force_login(clerk)
    assert client.get(review(update)).status_code == 200
    client.force_login(make_user())
    assert client.get(review(update)).status_code == 404


@pytest.mark.parametrize("many", [3, 30])
def test_the_list_of_what_waits_costs_the_same_for_few_and_many(
    client, officer, clerk, django_assert_num_queries, many: int
) -> None:
    client.force_login(officer)
    for place in range(many):
        report_unchanged(measure_id=make_measure(f"M {place}", responsible=clerk).pk, by=clerk)
    client.get(reverse("updates"))
    with django_assert_num_queries(7):
        client.get(reverse("updates"))


@pytest.mark.parametrize("many", [3, 30])
def test_the_own_list_costs_the_same_for_few_and_many(client, clerk, django_assert_num_queries, many: int) -> None:
    for place in range(many):
        make_measure(f"M {place}", responsible=clerk)
    client.force_login(clerk)
    client.get(reverse("updates"))
    with django_assert_num_queries(7):
        client.get(reverse("updates"))


def test_units_are_asked_for_the_picked_measures_only(client, officer) -> None:
    one, _ = make_measure("Eine"), make_measure("Andere")
    due = timezone.localdate() + timedelta(days=9)
    client.post(reverse("updates_ask"), {"pick": [one.number], "due": due.isoformat()})
    assert list(StatusRequest.objects.values_list("measure", "due")) == [(one.pk, due)]


def test_new_criteria_are_previewed_and_then_set(client, officer) -> None:
    measure = make_public_measure(state={"phase": "IN_PROGRESS", "planned_end": END})
    report(NewState(measure_id=measure.pk, values={"planned_end": END + timedelta(10)}, reason="x"), by=None, now=NOW)
    address = reverse("health_criteria")
    data = sent(client.get(address).context["form"], days_at_risk="10", reason="Strenger")
    shown = client.post(address, {**data, "then": "preview"})
    assert [words for _, words in shown.context["changes"]] == [("im Plan", "gefährdet")]
    assert not HealthCriteria.objects.exists()
    client.post(address, {**data, "then": "set"})
    assert (HealthCriteria.objects.get().days_at_risk, Measure.objects.get().health) == (10, "AT_RISK")
    again = client.post(address, {**data, "then": "set"})
    assert again.context["form"]["version"].value() == 1


def test_what_the_author_takes_back_is_said_and_the_wording_is_not_lost(client, update, clerk, measure) -> None:
    form = client.get(review(update)).context["form"]
    state = NewState(measure_id=measure.pk, remarks="Doch anders")
    save_draft(state=state, seen=update.version, by=clerk, now=NOW)
    answer = client.post(review(update, "approve"), sent(form, public_sentence="Mein Satz."), follow=True)
    assert "wird gerade überarbeitet. Ihr Text war: „Mein Satz.“" in answer.content.decode()
