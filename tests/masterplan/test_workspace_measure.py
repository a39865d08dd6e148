"""The pages of one measure: description, state, milestones, visibility, adding and deleting."""

import html
from datetime import date

import pytest
from django.urls import reverse

from masterplan.models import Health, Measure, Milestone, StatusUpdate, Visibility
from masterplan.planning import edit_measure
from masterplan.reasons import criteria_in_words
from masterplan.rules import Criteria
from masterplan.scheduling import edit_milestone
from masterplan.updating import NewState, report
from tests.builders import (
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


def sent(form) -> dict:
    """What a browser would send of an untouched form."""
    values = {field.name: field.value() for field in form if field.value() not in (None, "")}
    return {name: "on" if value is True else value for name, value in values.items()}


def untouched(client, name: str, *args) -> dict:
    return sent(client.get(reverse(name, args=args)).context["form"])


def save(client, name: str, *args, **data):
    return client.post(reverse(name, args=args), data)


def test_a_measure_begins_with_field_and_title(client, officer) -> None:
    field = make_field()
    response = save(client, "measure_add", field=field.pk, title="Neu", teaser="")
    measure = Measure.objects.get()
    assert (response.url, measure.title, measure.visibility, measure.history.get().history_user) == (
        reverse("measure_edit", args=["BS-01"]),
        "Neu",
        Visibility.INTERNAL,
        officer,
    )


def test_without_a_field_of_action_the_page_says_what_to_do_first(client, officer) -> None:
    assert "Es gibt noch kein Handlungsfeld" in client.get(reverse("measure_add")).content.decode()


def test_the_description_is_saved_with_its_sets(client, officer) -> None:
    measure, goal, unit = make_measure(), make_goal(make_strategy()), make_unit()
    data = untouched(client, "measure_edit", "BS-01") | {
        "title": "Neuer Titel",
        "goals": [goal.pk],
        "involved_units": [unit.pk],
        "internal_notes": "vertraulich",
    }
    save(client, "measure_edit", "BS-01", **data)
    measure.refresh_from_db()
    assert (measure.title, measure.internal_notes, list(measure.goals.all()), list(measure.involved_units.all())) == (
        "Neuer Titel",
        "vertraulich",
        [goal],
        [unit],
    )


def test_an_error_is_said_and_nothing_typed_is_lost(client, officer) -> None:
    make_measure()
    data = untouched(client, "measure_edit", "BS-01")
    data |= {"title": "", "description": "Langer Text", "responsible": officer.pk, "deputy": officer.pk}
    response = save(client, "measure_edit", "BS-01", **data)
    assert set(response.context["form"].errors) == {"title", "deputy"}
    assert "Langer Text" in response.content.decode()


def test_an_overtaken_description_shows_both_versions_and_lets_one_choose(client, officer) -> None:
    measure = make_measure("Alt", teaser="alt")
    mine = untouched(client, "measure_edit", "BS-01") | {"title": "Meiner", "objective": "Mein Ziel"}
    colleague = make_officer(name="Frau Ott")
    edit_measure(measure_id=measure.pk, values={"title": "Ihrer", "teaser": "neu"}, expected_version=None, by=colleague)
    response = save(client, "measure_edit", "BS-01", **mine)
    both = response.context["both"]
    assert both.who == "Frau Ott"
    assert {(one.name, one.base, one.theirs, one.mine) for one in both.differences} == {
        ("title", "Alt", "Ihrer", "Meiner"),
        ("teaser", "alt", "neu", "alt"),
        ("objective", "–", "–", "Mein Ziel"),
    }
    assert Measure.objects.get().title == "Ihrer"
    again = sent(response.context["form"])
    save(client, "measure_edit", "BS-01", **again, take_title="mine", take_teaser="theirs", take_objective="mine")
    measure.refresh_from_db()
    assert (measure.title, measure.teaser, measure.objective) == ("Meiner", "neu", "Mein Ziel")


def test_goals_of_an_overtaken_form_can_be_taken_from_the_other(client, officer) -> None:
    strategy = make_strategy()
    first, second = make_goal(strategy, "Eins"), make_goal(strategy, "Zwei")
    measure = make_measure()
    mine = untouched(client, "measure_edit", "BS-01") | {"goals": [first.pk]}
    edit_measure(measure_id=measure.pk, values={}, sets={"goals": [second]}, expected_version=None, by=make_officer())
    response = save(client, "measure_edit", "BS-01", **mine)
    assert [(one.label, one.theirs, one.mine) for one in response.context["both"].differences] == [
        ("Ziele", "Zwei", "Eins")
    ]
    save(client, "measure_edit", "BS-01", **sent(response.context["form"]), take_goals="theirs")
    assert list(measure.goals.all()) == [second]


def test_the_written_criteria_stand_beside_each_choice(client, officer) -> None:
    make_measure()
    content = client.get(reverse("measure_status", args=["BS-01"])).content.decode()
    assert [criteria_in_words(one, Criteria()) in html.unescape(content) for one in Health] == [True] * 4
    assert "Zurzeit „nicht bewertet“, weil es noch keinen zugesagten Termin gibt" in content


def test_a_status_update_is_saved_whole(client, officer) -> None:
    make_public_measure()
    data = untouched(client, "measure_status", "BS-01") | {
        "phase": "IN_PROGRESS",
        "health": "AT_RISK",
        "health_reason": "Lieferung unsicher",
        "progress": "30",
        "planned_end": "2027-03-31",
        "reason": "Vergabe",
        "public_sentence": "Es geht los.",
        "cause": "intern",
        "remarks": "auch intern",
    }
    save(client, "measure_status", "BS-01", **data)
    update = StatusUpdate.objects.get()
    assert (update.values, update.reason, update.public_sentence, update.cause, update.remarks, update.author) == (
        {
            "phase": "IN_PROGRESS",
            "health": "AT_RISK",
            "health_reason": "Lieferung unsicher",
            "progress": 30,
            "planned_end": "2027-03-31",
        },
        "Vergabe",
        "Es geht los.",
        "intern",
        "auch intern",
        officer,
    )


def test_a_public_measure_needs_a_reason_as_soon_as_something_changes(client, officer) -> None:
    make_public_measure()
    data = untouched(client, "measure_status", "BS-01")
    assert save(client, "measure_status", "BS-01", **data).status_code == 302
    response = save(client, "measure_status", "BS-01", **data | {"health": "AT_RISK", "health_reason": "x"})
    assert list(response.context["form"].errors) == ["reason"]


def test_a_reopened_measure_loses_its_actual_end(client, officer) -> None:
    measure = make_measure(state={"phase": "COMPLETED"})
    data = untouched(client, "measure_status", "BS-01") | {"phase": "IN_PROGRESS"}
    save(client, "measure_status", "BS-01", **data)
    measure.refresh_from_db()
    assert (measure.phase, measure.actual_end) == ("IN_PROGRESS", None)


def test_an_overtaken_status_shows_both_versions_and_keeps_the_text(client, officer) -> None:
    measure = make_measure()
    mine = untouched(client, "measure_status", "BS-01") | {
        "health": "AT_RISK",
        "health_reason": "Meiner",
        "cause": "Mein Text",
    }
    theirs = {"health": "CRITICAL", "health_reason": "Ihrer", "progress": 10}
    report(NewState(measure_id=measure.pk, values=theirs), by=make_officer(name="Ott"))
    response = save(client, "measure_status", "BS-01", **mine)
    assert [(one.name, one.theirs, one.mine) for one in response.context["both"].differences] == [
        ("health", "kritisch", "gefährdet"),
        ("health_reason", "Ihrer", "Meiner"),
        ("progress", "10", "0"),
    ]
    assert "Mein Text" in response.content.decode()
    assert StatusUpdate.objects.count() == 1
    save(
        client,
        "measure_status",
        "BS-01",
        **sent(response.context["form"]),
        take_health="mine",
        take_health_reason="mine",
        take_progress="theirs",
    )
    measure.refresh_from_db()
    assert (measure.health, measure.progress, StatusUpdate.objects.first().cause) == ("AT_RISK", 10, "Mein Text")


def test_milestones_are_added_moved_reached_and_dropped(client, officer) -> None:
    make_measure()
    add = {"title": "Vertrag", "planned": "2026-12-01", "weight": "1"}
    save(client, "measure_milestones", "BS-01", **add)
    save(client, "measure_milestones", "BS-01", **add | {"title": "Start"})
    first, second = Milestone.objects.all()
    data = untouched(client, "milestone_edit", "BS-01", first.pk)
    save(client, "milestone_edit", "BS-01", first.pk, **data | {"title": "Vertrag da", "reached_on": "2026-11-01"})
    first.refresh_from_db()
    assert (first.title, first.reached_on, Measure.objects.get().progress) == ("Vertrag da", date(2026, 11, 1), 50)
    save(client, "milestone_drop", "BS-01", second.pk, **untouched(client, "milestone_drop", "BS-01", second.pk))
    assert (list(Milestone.objects.current()), Measure.objects.get().progress) == ([first], 100)


def test_an_overtaken_milestone_shows_both_versions(client, officer) -> None:
    milestone = make_milestone(make_measure(), "Alt")
    mine = untouched(client, "milestone_edit", "BS-01", milestone.pk) | {"title": "Meiner"}
    edit_milestone(milestone_id=milestone.pk, title="Ihrer", weight=2, expected_version=None, by=make_officer())
    response = save(client, "milestone_edit", "BS-01", milestone.pk, **mine)
    assert [(one.name, one.theirs, one.mine) for one in response.context["both"].differences] == [
        ("title", "Ihrer", "Meiner"),
        ("weight", "2", "1"),
    ]
    assert Milestone.objects.get().title == "Ihrer"


def test_a_milestone_that_changed_meanwhile_is_not_dropped(client, officer) -> None:
    milestone = make_milestone(make_measure(), "Alt")
    mine = untouched(client, "milestone_drop", "BS-01", milestone.pk)
    edit_milestone(milestone_id=milestone.pk, title="Neu", weight=1, expected_version=None, by=make_officer())
    response = client.post(reverse("milestone_drop", args=["BS-01", milestone.pk]), mine, follow=True)
    assert "Jemand hat den Meilenstein gerade geändert" in response.content.decode()
    assert list(Milestone.objects.current()) == [milestone]


def test_a_milestone_of_a_public_measure_moves_only_with_a_reason(client, officer) -> None:
    milestone = make_milestone(make_public_measure(), planned=date(2026, 12, 1))
    data = untouched(client, "milestone_edit", "BS-01", milestone.pk) | {"planned": "2027-01-01"}
    response = save(client, "milestone_edit", "BS-01", milestone.pk, **data)
    assert list(response.context["form"].errors) == ["reason"]
    save(client, "milestone_edit", "BS-01", milestone.pk, **data | {"reason": "Vergabe"})
    assert Milestone.objects.get().planned == date(2027, 1, 1)


def test_visibility_has_its_own_page_and_withdrawing_takes_a_reason(client, officer) -> None:
    measure = make_public_measure()
    data = {"version": measure.version, "visibility": "INTERNAL"}
    assert list(save(client, "measure_visibility", "BS-01", **data).context["form"].errors) == ["reason"]
    save(client, "measure_visibility", "BS-01", **data, reason="Irrtum")
    assert Measure.objects.get().visibility == Visibility.INTERNAL


def test_an_overtaken_visibility_is_refused(client, officer) -> None:
    measure = make_measure()
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=None, by=make_officer())
    response = save(client, "measure_visibility", "BS-01", version=measure.version, visibility="PUBLIC")
    assert [(one.theirs, one.mine) for one in response.context["both"].differences] == [("intern", "öffentlich")]
    assert Measure.objects.published().count() == 0


def test_a_draft_is_deleted_in_a_confirmed_step_and_what_was_public_stays(client, officer) -> None:
    make_measure()
    assert client.get(reverse("measure_delete", args=["BS-01"])).status_code == 200
    assert Measure.objects.count() == 1
    save(client, "measure_delete", "BS-01")
    assert Measure.objects.count() == 0
    make_public_measure()
    save(client, "measure_delete", "BS-02")
    assert Measure.objects.count() == 1


@pytest.mark.parametrize("visibility", Visibility)
def test_only_what_was_always_internal_is_offered_for_deletion(client, officer, visibility) -> None:
    make_measure(visibility=visibility)
    page = client.get(reverse("measure_visibility", args=["BS-01"]))
    assert page.context["may_delete"] == (visibility == Visibility.INTERNAL)
