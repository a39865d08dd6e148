"""Says counts of measures in sentences."""

from ground import formats
from masterplan.public.cube import ShownStatus
from masterplan.public.facets import Facets


def matching_words(facets: Facets, *, is_filtered: bool) -> tuple[str, str]:
    """The sentence over a list: its first words, which stand out, and the rest."""
    plan = f"{formats.whole(facets.total)}{formats.NBSP}{'Maßnahme' if facets.total == 1 else 'Maßnahmen'}"
    if not facets.matching:
        return f"Keine von {plan}", " passt zu Ihrer Auswahl."
    rest = f": {status_words(facets)}.{behind_words(facets)}"
    if not is_filtered:
        return plan, rest
    fits = "passt" if facets.matching == 1 else "passen"
    return f"{formats.whole(facets.matching)} von {plan}", f" {fits} zu Ihrer Auswahl{rest}"


PURSUED = (
    (ShownStatus.ON_TRACK, "im Plan"),
    (ShownStatus.AT_RISK, "gefährdet"),
    (ShownStatus.CRITICAL, "kritisch"),
    (ShownStatus.NOT_ASSESSED, "nicht bewertet"),
)


def headline(facets: Facets) -> str:
    """Von 16 geplanten und laufenden Maßnahmen sind neun im Plan, vier gefährdet, zwei kritisch."""
    counts = [(facets.by_status.get(status, 0), label) for status, label in PURSUED]
    pursued = sum(count for count, _ in counts)
    if not pursued:
        return "Zurzeit ist keine Maßnahme geplant oder in Arbeit."
    if pursued == 1:
        return f"Die eine geplante oder laufende Maßnahme ist {next(label for count, label in counts if count)}."
    (good, in_plan), *others = counts
    first = f"{_verb(good)} {_number(good)}" if good else "ist keine"
    rest = "".join(f", {_number(count)} {label}" for count, label in others if count)
    return f"Von {formats.whole(pursued)} geplanten und laufenden Maßnahmen {first} {in_plan}{rest}."


def status_words(facets: Facets) -> str:
    """2 sind kritisch, 4 gefährdet, 11 im Plan"""
    parts = [
        f"{formats.whole(count)}{formats.NBSP}{'' if place else f'{_verb(count)} '}{status.label}"
        for place, (status, count) in enumerate(facets.by_status.items())
    ]
    return ", ".join(parts)


def behind_words(facets: Facets) -> str:
    if not facets.behind:
        return ""
    verb = "endet" if facets.behind == 1 else "enden"
    return f" {formats.sentence_start(_number(facets.behind))} {verb} später als zugesagt."


def _verb(count: int) -> str:
    return "ist" if count == 1 else "sind"


def _number(count: int) -> str:
    return "eine" if count == 1 else formats.number_word(count)
