from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Role
from ground.history import StaleRow
from ground.models import Event, PublicVersion
from strategy.adding import add_fields
from strategy.editing import (
    GoalInUse,
    NotADraft,
    NotYet,
    ReasonMissing,
    Superseded,
    add_goal,
    draft_strategy,
    edit_field,
    edit_goal,
    edit_strategy,
    move_goal,
    put_in_force,
    remove_goal,
)
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState
from tests.builders import NOW, TODAY, make_field, make_goal, make_measure, make_officer, make_strategy, make_user

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)


def test_a_draft_is_internal_and_its_journal_is_too() -> None:
    officer = make_officer()
    draft = draft_strategy(title="Neu", vision="Text", by=officer)
    before = PublicVersion.current().number
    edit_strategy(strategy_id=draft.pk, values={"vision": "Anders"}, expected_version=1, by=officer)
    add_goal(strategy_id=draft.pk, title="Ziel", by=officer)
    assert (
        PublicVersion.current().number,
        Event.objects.marked_public().count(),
        Strategy.objects.published().count(),
    ) == (
        before,
        0,
        0,
    )
    assert set(Event.objects.values_list("author", flat=True)) == {officer.pk}


def test_the_new_strategy_supersedes_the_old_one_with_a_reason() -> None:
    old, new = make_strategy(), draft_strategy(title="Neu", vision="Text", by=None)
    with pytest.raises(ReasonMissing):
        put_in_force(strategy_id=new.pk, on=DAY, by=None)
    before = PublicVersion.current().number
    put_in_force(strategy_id=new.pk, on=DAY, reason="Ratsbeschluss", by=None)
    states = dict(Strategy.objects.values_list("pk", "state"))
    assert states == {old.pk: StrategyState.SUPERSEDED, new.pk: StrategyState.IN_FORCE}
    assert PublicVersion.current().number > before
    with pytest.raises(NotADraft):
        put_in_force(strategy_id=new.pk, on=DAY, reason="noch einmal", by=None)


def test_the_first_strategy_needs_no_reason() -> None:
    draft = draft_strategy(title="Neu", vision="Text", by=None)
    assert put_in_force(strategy_id=draft.pk, on=DAY, by=None).in_force_since == DAY


def test_a_strategy_is_not_in_force_before_its_day() -> None:
    draft = draft_strategy(title="Neu", vision="Text", by=None)
    with pytest.raises(NotYet):
        put_in_force(strategy_id=draft.pk, on=TODAY + timedelta(days=1), by=None, now=NOW)
    assert put_in_force(strategy_id=draft.pk, on=TODAY, by=None, now=NOW).in_force_since == TODAY


def test_a_superseded_strategy_and_its_goals_stay_as_they_were() -> None:
    old = make_strategy(StrategyState.SUPERSEDED)
    goal = make_goal(old)
    for attempt in (
        lambda: edit_strategy(strategy_id=old.pk, values={"title": "x"}, expected_version=None, by=None),
        lambda: add_goal(strategy_id=old.pk, title="x", by=None),
        lambda: edit_goal(goal_id=goal.pk, values={"title": "x"}, expected_version=None, by=None),
        lambda: move_goal(goal_id=goal.pk, up=True, by=None),
    ):
        with pytest.raises(Superseded):
            attempt()


def test_goals_are_added_last_renamed_and_moved() -> None:
    strategy = make_strategy(StrategyState.DRAFT)
    goals = [add_goal(strategy_id=strategy.pk, title=title, by=None) for title in ("Eins", "Zwei", "Eins")]
    edit_goal(goal_id=goals[0].pk, values={"title": "Erstens"}, expected_version=1, by=None)
    move_goal(goal_id=goals[2].pk, up=True, by=None)
    assert list(strategy.goals.values_list("title", "slug")) == [
        ("Erstens", "eins"),
        ("Eins", "eins-3"),
        ("Zwei", "zwei"),
    ]


def test_a_goal_goes_only_while_it_is_a_drafts_and_unused() -> None:
    draft = make_strategy(StrategyState.DRAFT)
    used, unused, known = make_goal(draft, "Eins"), make_goal(draft, "Zwei"), make_goal(make_strategy(), "Drei")
    make_measure().goals.add(used)
    for goal in (used, known):
        with pytest.raises(GoalInUse):
            remove_goal(goal_id=goal.pk, by=None)
    remove_goal(goal_id=unused.pk, by=None)
    assert list(draft.goals.all()) == [used]


@pytest.mark.parametrize(
    "act",
    [
        lambda goal: edit_goal(goal_id=goal.pk, values={"title": "x"}, expected_version=None, by=None),
        lambda goal: move_goal(goal_id=goal.pk, up=True, by=None),
        lambda goal: remove_goal(goal_id=goal.pk, by=None),
    ],
    ids=["edit", "move", "remove"],
)
def test_a_strategy_is_locked_before_its_goal_so_that_it_does_not_come_into_force_meanwhile(monkeypatch, act) -> None:
    goal, locked = make_goal(make_strategy(StrategyState.DRAFT)), []
    for model in (Strategy, Goal):
        lock = model.locked
        monkeypatch.setattr(
            model, "locked", lambda pk, lock=lock, model=model, **kept: locked.append(model) or lock(pk, **kept)
        )
    act(goal)
    assert locked == [Strategy, Goal]


def test_a_field_keeps_code_and_address() -> None:
    (field,) = add_fields([FieldOfAction(code="VW", title="Digitale Verwaltung")], by=None)
    edit_field(field_id=field.pk, values={"title": "Verwaltung", "code": "XX"}, expected_version=1, by=None)
    field.refresh_from_db()
    assert (field.code, field.title, field.slug) == ("VW", "Verwaltung", "digitale-verwaltung")


def test_overtaken_edits_are_refused() -> None:
    strategy, field = make_strategy(), make_field()
    goal = make_goal(strategy)
    for edit, row in (
        (lambda: edit_strategy(strategy_id=strategy.pk, values={"title": "x"}, expected_version=9, by=None), strategy),
        (lambda: edit_goal(goal_id=goal.pk, values={"title": "x"}, expected_version=9, by=None), goal),
        (lambda: edit_field(field_id=field.pk, values={"title": "x"}, expected_version=9, by=None), field),
    ):
        with pytest.raises(StaleRow):
            edit()
        assert type(row).objects.get(pk=row.pk).title != "x"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
def test_only_the_digital_officer_edits(role) -> None:
    with pytest.raises(PermissionDenied):
        draft_strategy(title="Neu", vision="Text", by=make_user(role))


def test_a_draft_begins_with_the_goals_in_force() -> None:
    goal = make_goal(make_strategy(), text="Kurze Wege.")
    draft = draft_strategy(title="Neu", vision="Text", by=None)
    assert list(draft.goals.values_list("title", "slug", "text")) == [(goal.title, goal.slug, "Kurze Wege.")]


def test_what_is_in_force_is_corrected_only_with_a_reason_that_is_public() -> None:
    strategy = make_strategy()
    goal = make_goal(strategy)
    for edit in (
        lambda **why: edit_strategy(
            strategy_id=strategy.pk, values={"title": "Anders"}, expected_version=None, by=None, **why
        ),
        lambda **why: edit_goal(goal_id=goal.pk, values={"text": "Anders"}, expected_version=None, by=None, **why),
    ):
        with pytest.raises(ReasonMissing):
            edit(reason=" ")
        edit(reason="Schreibfehler")
    assert list(Event.objects.order_by("pk").values_list("title", "reason", "public")) == [
        ("Strategie berichtigt", "Schreibfehler", True),
        ("Ziel berichtigt", "Schreibfehler", True),
    ]


def test_what_is_in_force_gets_other_goals_only_by_a_draft() -> None:
    strategy = make_strategy()
    goal = make_goal(strategy)
    for attempt in (
        lambda: add_goal(strategy_id=strategy.pk, title="x", by=None),
        lambda: move_goal(goal_id=goal.pk, up=True, by=None),
    ):
        with pytest.raises(NotADraft):
            attempt()
