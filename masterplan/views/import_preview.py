"""The rows of the import's preview, ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from ground.formats import counted, listed, sentence_start, whole
from masterplan.importing.plan import Difference, ImportPlan, PlannedRow, Verdict

PER_PAGE = 25
LONG = 160
SYMBOLS = {
    Verdict.NEW: ("circle-plus", "good"),
    Verdict.CHANGED: ("arrow-right", "risk"),
    Verdict.UNCHANGED: ("check", "still"),
}
NAMES = {"neu": Verdict.NEW, "geaendert": Verdict.CHANGED, "unveraendert": Verdict.UNCHANGED}
LABELS = {"neu": "Neu", "geaendert": "Geändert", "unveraendert": "Unverändert"}


@dataclass(frozen=True)
class ShownRow:
    line: int
    number: str
    title: str
    field: str
    verdict: str
    symbol: str
    tone: str
    short: list[Difference]
    long: list[Difference]
    assumed: str
    hint: str
    warnings: tuple[str, ...]


def preview_context(plan: ImportPlan, *, show: str, page: str) -> dict[str, Any]:
    """`show` is a key of NAMES; anything else shows all that changes, or all rows where nothing does."""
    if plan.errors:
        return {"plan": plan, "errors": Paginator(plan.errors, PER_PAGE).get_page(page)}
    rows: Sequence[PlannedRow] = plan.changes or plan.rows
    if show in NAMES:
        rows = [row for row in plan.rows if row.verdict == NAMES[show]]
    found = Paginator(rows, PER_PAGE).get_page(page)
    return {
        "plan": plan,
        "page": found,
        "shown_rows": [_shown(row) for row in found],
        "tabs": _tabs(plan, show),
        "action": action_label(plan),
        "summary": _summary(plan),
        "hints": [row.hint for row in plan.rows if row.hint],
        "cleared": plan.cleared,
        "warned": sum(bool(row.warnings) for row in plan.changes),
    }


def action_label(plan: ImportPlan) -> str:
    """126 Maßnahmen anlegen und drei ändern; "" where nothing changes."""
    new, changed = plan.counts[Verdict.NEW], plan.counts[Verdict.CHANGED]
    parts = []
    if new:
        parts.append(f"{whole(new)} {_noun(new)} anlegen")
    if changed:
        parts.append(f"{whole(changed)} {'' if new else f'{_noun(changed)} '}ändern")
    return listed(parts)


def _noun(count: int) -> str:
    return "Maßnahme" if count == 1 else "Maßnahmen"


def _summary(plan: ImportPlan) -> str:
    counts = plan.counts
    told = [
        f"{counted(counts[verdict], 'Maßnahme', 'Maßnahmen')} {words}"
        for verdict, words in (
            (Verdict.NEW, "neu"),
            (Verdict.CHANGED, "geändert"),
            (Verdict.UNCHANGED, "unverändert"),
        )
        if counts[verdict]
    ]
    return f"{sentence_start(listed(told))}."


def _tabs(plan: ImportPlan, show: str) -> list[tuple[str, str, bool]]:
    """None where all rows are of one kind."""
    kinds = [name for name, verdict in NAMES.items() if plan.counts[verdict]]
    if len(kinds) == 1:
        return []
    current = show if show in kinds else "" if {"neu", "geaendert"} <= set(kinds) else kinds[0]
    tabs = [
        (f"{LABELS[name]} ({whole(plan.counts[NAMES[name]])})", f"?zeigen={name}", name == current) for name in kinds
    ]
    if {"neu", "geaendert"} <= set(kinds):
        tabs.insert(0, (f"Alle Änderungen ({whole(len(plan.changes))})", "?", current == ""))
    return tabs


def _shown(row: PlannedRow) -> ShownRow:
    symbol, tone = SYMBOLS[row.verdict]
    told = [one for one in row.differences if row.verdict == Verdict.CHANGED or one.label != "Titel"]
    return ShownRow(
        line=row.line,
        number=row.measure.number,
        title=row.measure.title,
        field=row.measure.field.title,
        verdict=row.verdict.value,
        symbol=symbol,
        tone=tone,
        short=[one for one in told if not _is_long(one)],
        long=[one for one in told if _is_long(one)],
        assumed=", ".join(f"{one.label} {one.after}" for one in row.assumed),
        hint=row.hint,
        warnings=row.warnings,
    )


def _is_long(difference: Difference) -> bool:
    return len(difference.before) + len(difference.after) > LONG
