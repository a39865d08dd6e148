"""What a draft changes of the strategy in force, in words for those who decide on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from strategy.models import Strategy


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def differences(draft: Strategy, in_force: Strategy) -> list[Difference]:
    """Of title, text (paragraph by paragraph) and goals, which belong together by their address."""
    found = [Difference("Titel", in_force.title, draft.title)] if draft.title != in_force.title else []
    vision = (Difference("Leitbild", *changed) for changed in changed_paragraphs(in_force.vision, draft.vision))
    return [*found, *vision, *_goals(draft, in_force)]


def changed_paragraphs(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = _split(before), _split(after)
    for what, old_first, old_end, new_first, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield "\n\n".join(old[old_first:old_end]), "\n\n".join(new[new_first:new_end])


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _goals(draft: Strategy, in_force: Strategy) -> Iterator[Difference]:
    old = {goal.slug: goal for goal in in_force.goals.all()}
    new = {goal.slug: goal for goal in draft.goals.all()}
    for slug, goal in new.items():
        before = old.get(slug)
        if before is None:
            yield Difference("Neues Ziel", "", f"{goal.title}\n\n{goal.text}".strip())
        elif (before.title, before.text) != (goal.title, goal.text):
            yield Difference("Ziel", f"{before.title}\n\n{before.text}".strip(), f"{goal.title}\n\n{goal.text}".strip())
    for slug, goal in old.items():
        if slug not in new:
            yield Difference("Ziel entfällt", f"{goal.title}\n\n{goal.text}".strip(), "")
    kept = [slug for slug in old if slug in new]
    moved = [slug for slug in new if slug in old]
    if kept != moved:
        order = ", ".join(old[slug].title for slug in kept), ", ".join(new[slug].title for slug in moved)
        yield Difference("Reihenfolge der Ziele", *order)
