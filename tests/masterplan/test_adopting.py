"""What becomes of the goals of measures when another strategy comes into force."""

from datetime import date

import pytest

from ground.models import Event
from masterplan.adopting import adopt
from strategy.editing import draft_strategy, edit_goal, remove_goal
from tests.builders import make_goal, make_measure, make_strategy

pytestmark = pytest.mark.django_db


def test_measures_go_over_to_the_goals_that_continue_theirs() -> None:
    in_force = make_strategy()
    kept, dropped = make_goal(in_force, "Bürgerservice"), make_goal(in_force, "Tempo")
    measure = make_measure()
    measure.goals.set([kept, dropped])
    draft = draft_strategy(title="Neu", vision="Text", by=None)
    continued, ended = draft.goals.get(slug=kept.slug), draft.goals.get(slug=dropped.slug)
    edit_goal(goal_id=continued.pk, values={"title": "Service"}, expected_version=None, by=None)
    remove_goal(goal_id=ended.pk, by=None)
    began = measure.version

    adopt(strategy_id=draft.pk, on=date(2025, 6, 1), reason="Ratsbeschluss", by=None)

    measure.refresh_from_db()
    assert ({goal.title for goal in measure.goals.all()}, measure.version) == ({"Service", "Tempo"}, began + 1)
    assert {row.goal.title for row in measure.history.first().goals.all()} == {"Service", "Tempo"}
    event = Event.objects.about(measure).first()
    assert (event.kind, event.title, event.after, event.reason) == (
        "measure.goals",
        "Ziele der neuen Strategie",
        "Service, Tempo",
        "Ratsbeschluss",
    )
