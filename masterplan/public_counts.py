"""Says counts of measures in sentences."""

from ground import formats
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


def headline(facets: Facets) -> str:
    """Elf von 24 Maßnahmen sind im Plan, vier gefährdet, zwei kritisch."""
    counts = {status.name: count for status, count in facets.by_status.items()}
    good = counts.get("ON_TRACK", 0)
    if good:
        head = f"{formats.sentence_start(formats.share(good, facets.total, 'Maßnahmen'))} {_verb(good)} im Plan"
    else:
        head = f"Keine von {formats.whole(facets.total)} Maßnahmen ist im Plan"
    others = [(counts.get("AT_RISK", 0), "gefährdet"), (counts.get("CRITICAL", 0), "kritisch")]
    return f"{head}{''.join(f', {_number(count)} {label}' for count, label in others if count)}."


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
