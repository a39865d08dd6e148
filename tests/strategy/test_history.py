"""Who changed what of the strategy, when and why; and the way back to an earlier text."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import Role
from strategy.adding import add_fields
from strategy.chronicle import chronicle
from strategy.editing import (
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
from tests.builders import make_goal, make_officer, make_strategy, make_user

pytestmark = pytest.mark.django_db

BEGAN = timezone.now() - timedelta(days=30)


def day(number):
    return BEGAN + timedelta(days=number)


def told():
    return [
        (one.who, [(line.label, line.before, line.after) for line in one.lines], one.reasons) for one in chronicle()
    ]


def test_each_moment_says_who_what_and_why() -> None:
    who = {"by": make_officer(name="Frau Amt"), "expected_version": None}
    draft = draft_strategy(title="Neu", vision="Bleibt.\n\nAlt.", by=who["by"], now=day(0))
    goal = add_goal(strategy_id=draft.pk, title="Wege", text="Kurz.", by=who["by"], now=day(1))
    put_in_force(strategy_id=draft.pk, on=date(2026, 1, 1), now=day(2), **who)
    edit_strategy(strategy_id=draft.pk, values={"vision": "Bleibt.\n\nNeu."}, reason="Schreibfehler", now=day(3), **who)
    edit_goal(goal_id=goal.pk, values={"text": "Kürzer."}, reason="Genauer", now=day(4), **who)

    assert told() == [
        ("Frau Amt", [("Ziel „Wege“ (in Kraft), Was wir damit meinen", "Kurz.", "Kürzer.")], ["Genauer"]),
        ("Frau Amt", [("Strategie „Neu“ (in Kraft), Leitbild", "Alt.", "Neu.")], ["Schreibfehler"]),
        ("Frau Amt", [("Strategie in Kraft gesetzt", "", "„Neu“, 01.01.2026")], []),
        ("Frau Amt", [("Ziel angelegt", "", "Wege")], []),
        ("Frau Amt", [("Entwurf angelegt", "", "Neu")], []),
    ]


def test_goals_of_a_draft_are_moved_and_removed_with_their_text() -> None:
    draft = make_strategy(StrategyState.DRAFT)
    Goal.objects.create(strategy=draft, title="Eins", slug="eins", text="Kurz.", position=1)
    second = Goal.objects.create(strategy=draft, title="Zwei", slug="zwei", text="Weit.", position=2)
    move_goal(goal_id=second.pk, up=True, by=None)
    remove_goal(goal_id=second.pk, by=None)

    assert told() == [
        (
            "",
            [("Ziel „Zwei“ (Entwurf), Was wir damit meinen", "Weit.", "–"), ("Ziel entfernt", "", "Zwei")],
            [],
        ),
        (
            "",
            [
                ("Ziel „Eins“ (Entwurf), Reihenfolge", "1", "2"),
                ("Ziel „Zwei“ (Entwurf), Reihenfolge", "2", "1"),
            ],
            [],
        ),
    ]


def test_a_field_of_action_is_told_of_however_it_was_changed() -> None:
    (field,) = add_fields([FieldOfAction(code="VW", title="Verwaltung")], by=None, now=day(0))
    edit_field(field_id=field.pk, values={"teaser": "Kurz"}, expected_version=None, by=None, now=day(1))
    field.refresh_from_db()
    field.withdrawn_on = date(2026, 11, 1)
    field.save_tracked(by=None, at=day(2))

    assert told() == [
        ("", [("Handlungsfeld VW, Nicht mehr benutzt seit", "–", "01.11.2026")], []),
        ("", [("Handlungsfeld VW, In einem Satz", "–", "Kurz")], []),
        ("", [("Handlungsfeld angelegt", "", "Verwaltung")], []),
    ]


def test_the_strategy_that_is_superseded_is_named_with_the_one_that_follows() -> None:
    make_strategy(title="Alt")
    draft = draft_strategy(title="Neu", vision="Text", by=None, now=day(1))
    put_in_force(strategy_id=draft.pk, on=date(2026, 1, 1), reason="Ratsbeschluss", by=None, now=day(2))
    assert told()[0] == (
        "",
        [
            ("Strategie abgelöst", "", "„Alt“ durch „Neu“"),
            ("Strategie in Kraft gesetzt", "", "„Neu“, 01.01.2026"),
        ],
        ["Ratsbeschluss"],
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.DIGITAL_OFFICER, 200), (Role.IT, 200), (Role.ADMINISTRATION, 200), (Role.COUNCIL, 403)],
)
def test_who_may_read_the_history_and_who_is_led_back_to_a_text(client, role, status) -> None:
    strategy = make_strategy(StrategyState.DRAFT)
    edit_strategy(strategy_id=strategy.pk, values={"vision": "Neu."}, expected_version=None, by=None)
    client.force_login(make_user(role))
    response = client.get(reverse("strategy_history"))
    assert response.status_code == status
    assert ("wiederherstellen" in response.content.decode()) == (role == Role.DIGITAL_OFFICER)


def urls():
    return [line.restore_url for one in chronicle() for line in one.lines if line.restore_url]


@pytest.mark.parametrize(
    ("state", "reason"), [(StrategyState.DRAFT, {}), (StrategyState.IN_FORCE, {"reason": "Doch richtig"})]
)
def test_an_earlier_text_is_taken_back_by_the_form_that_changes_it(client, officer, state, reason) -> None:
    strategy = make_strategy(state, vision="Alt.")
    edit_strategy(strategy_id=strategy.pk, values={"vision": "Neu."}, reason="x", expected_version=None, by=officer)
    (url,) = urls()

    page = client.get(url)
    form = page.context["form"]
    assert (form["vision"].value(), Strategy.objects.get().vision) == ("Alt.", "Neu.")
    assert "Im Feld „Leitbild“ steht der frühere Stand vom" in page.content.decode()

    sent = {name: form[name].value() for name in ("title", "vision", "version")}
    client.post(url.partition("?")[0], sent | reason)
    assert Strategy.objects.get().vision == "Alt."


def test_a_correction_is_taken_back_with_a_reason_only(client, officer) -> None:
    goal = make_goal(make_strategy(), text="Alt.")
    edit_goal(goal_id=goal.pk, values={"text": "Neu."}, reason="x", expected_version=None, by=officer)
    (url,) = urls()
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in ("title", "text", "version")}
    assert list(client.post(url.partition("?")[0], sent).context["form"].errors) == ["reason"]


def test_nothing_leads_back_to_what_stands_already_or_was_superseded() -> None:
    draft, old = make_strategy(StrategyState.DRAFT, vision="Alt."), make_strategy(title="Alt")
    for text in ("Neu.", "Alt."):
        edit_strategy(strategy_id=draft.pk, values={"vision": text}, expected_version=None, by=None)
    edit_strategy(strategy_id=old.pk, values={"vision": "Anders."}, reason="x", expected_version=None, by=None)
    put_in_force(strategy_id=draft.pk, on=date(2026, 1, 1), reason="x", by=None)
    (url,) = urls()
    assert url.startswith(reverse("strategy_text", args=[draft.pk]))


@pytest.mark.parametrize("asked", ["ab=x&stelle=vision", "ab=99999999999999999999&stelle=vision", "ab=1&stelle=state"])
def test_an_address_that_names_no_earlier_text_shows_the_form_as_it_is(client, officer, asked) -> None:
    strategy = make_strategy(vision="Gilt.")
    page = client.get(f"{reverse('strategy_text', args=[strategy.pk])}?{asked}")
    assert (page.status_code, page.context["form"]["vision"].value()) == (200, "Gilt.")
