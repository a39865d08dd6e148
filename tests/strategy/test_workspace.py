"""Strategy in the workspace: who reads, who edits, and what happens to an overtaken form."""

import pytest
from django.urls import reverse

from accounts.access import Role
from strategy.editing import edit_strategy
from strategy.models import FieldOfAction, Goal, Strategy, StrategyState
from tests.builders import make_field, make_goal, make_officer, make_strategy, make_user

pytestmark = pytest.mark.django_db


def send(client, name: str, *args, **data):
    return client.post(reverse(name, args=args), data)


def test_a_strategy_comes_from_draft_to_force(client, officer) -> None:
    send(client, "strategy_add", title="Neu", vision="Text")
    draft = Strategy.objects.get()
    send(client, "goal_add", draft.pk, title="Bürgerservice", text="")
    send(client, "strategy_in_force", draft.pk, version=draft.version, on="2025-01-01")
    draft.refresh_from_db()
    assert (draft.state, Goal.objects.get().title) == (StrategyState.IN_FORCE, "Bürgerservice")


def test_an_overtaken_text_shows_both_versions_and_keeps_mine(client, officer) -> None:
    strategy = make_strategy()
    strategy.save_tracked(by=None)
    began = strategy.version
    edit_strategy(
        strategy_id=strategy.pk, values={"vision": "Ihrer"}, reason="Fehler", expected_version=None, by=make_officer()
    )
    mine = {"title": "Digitalstrategie", "vision": "Meiner", "reason": "Schreibfehler"}
    response = send(client, "strategy_text", strategy.pk, version=began, **mine)
    assert [(one.label, one.theirs, one.mine) for one in response.context["both"].differences] == [
        ("Leitbild", "Ihrer", "Meiner")
    ]
    assert Strategy.objects.get().vision == "Ihrer"
    version = response.context["form"]["version"].value()
    send(client, "strategy_text", strategy.pk, version=version, take_vision="mine", **mine)
    assert Strategy.objects.get().vision == "Meiner"


def test_fields_and_goals_are_kept_here(client, officer) -> None:
    send(client, "field_add", code="VW", title="Verwaltung", teaser="", description="", position="1")
    field, goal = FieldOfAction.objects.get(), make_goal(make_strategy(StrategyState.DRAFT))
    data = {"version": field.version, "title": "Neu", "teaser": "", "description": "", "position": "2"}
    send(client, "field_edit", field.pk, **data)
    send(client, "goal_edit", goal.pk, version=goal.version, title="Anders", text="")
    field.refresh_from_db()
    goal.refresh_from_db()
    assert (field.title, goal.title) == ("Neu", "Anders")
    send(client, "goal_remove", goal.pk)
    assert Goal.objects.count() == 0


@pytest.mark.parametrize(("role", "status"), [(Role.IT, 200), (Role.ADMINISTRATION, 200), (Role.COUNCIL, 403)])
def test_readers_read_drafts_and_change_nothing(client, role, status) -> None:
    strategy, field = make_strategy(StrategyState.DRAFT, title="Geheimer Entwurf"), make_field()
    goal = make_goal(strategy)
    client.force_login(make_user(role))
    page = client.get(reverse("strategy_edit"))
    assert (page.status_code, "Geheimer Entwurf" in page.content.decode()) == (status, status == 200)
    refused = [
        send(client, "strategy_add", title="x", vision="x").status_code,
        send(client, "strategy_text", strategy.pk).status_code,
        send(client, "strategy_in_force", strategy.pk).status_code,
        send(client, "goal_add", strategy.pk).status_code,
        send(client, "goal_edit", goal.pk).status_code,
        send(client, "goal_move", goal.pk).status_code,
        send(client, "goal_remove", goal.pk).status_code,
        send(client, "field_add").status_code,
        send(client, "field_edit", field.pk).status_code,
    ]
    assert refused == [403] * 9


def test_a_draft_begins_from_the_text_in_force_and_shows_what_it_changes(client, officer) -> None:
    make_goal(make_strategy(vision="**Fett** und wahr."))
    offered = client.get(reverse("strategy_add")).context["form"]
    send(client, "strategy_add", title=offered["title"].value(), vision="Anders.")
    draft = Strategy.objects.get(state=StrategyState.DRAFT)

    overview = client.get(reverse("strategy_edit"))
    changes = client.get(reverse("strategy_in_force", args=[draft.pk])).context["changes"]

    assert [(one.label, one.before, one.after) for one in changes] == [("Leitbild", "**Fett** und wahr.", "Anders.")]
    assert "<strong>Fett</strong> und wahr." in overview.content.decode()


def test_a_text_in_force_asks_for_the_reason(client, officer) -> None:
    goal = make_goal(make_strategy())
    sent = {"version": goal.version, "title": "Anders", "text": ""}
    asked = send(client, "goal_edit", goal.pk, **sent).context["form"].errors
    send(client, "goal_edit", goal.pk, **sent, reason="Schreibfehler")
    assert (list(asked), Goal.objects.get().title) == (["reason"], "Anders")
