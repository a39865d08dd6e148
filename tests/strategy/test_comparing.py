"""What a draft changes of the strategy in force."""

import pytest

from strategy.comparing import Difference, differences
from strategy.models import StrategyState
from tests.builders import make_goal, make_strategy

pytestmark = pytest.mark.django_db


def test_a_draft_that_changed_nothing_differs_in_nothing() -> None:
    in_force, draft = make_strategy(), make_strategy(StrategyState.DRAFT)
    for strategy in (in_force, draft):
        make_goal(strategy)
    assert differences(draft, in_force) == []


def test_title_paragraphs_and_goals_are_told_apart() -> None:
    in_force = make_strategy(vision="Bleibt.\n\nGeht.\n\nAuch.")
    draft = make_strategy(StrategyState.DRAFT, title="Neu", vision="Bleibt.\r\n\r\nKommt.\r\n\r\nAuch.")
    for title, text in (("Eins", "alt"), ("Zwei", ""), ("Drei", "")):
        make_goal(in_force, title, text=text)
    for place, (title, text) in enumerate((("Zwei", ""), ("Eins", "neu"), ("Vier", "")), start=1):
        make_goal(draft, title, text=text, position=place)

    assert differences(draft, in_force) == [
        Difference("Titel", "Digitalstrategie", "Neu"),
        Difference("Leitbild", "Geht.", "Kommt."),
        Difference("Ziel", "Eins\n\nalt", "Eins\n\nneu"),
        Difference("Neues Ziel", "", "Vier"),
        Difference("Ziel entfällt", "Drei", ""),
        Difference("Reihenfolge der Ziele", "Eins, Zwei", "Zwei, Eins"),
    ]
