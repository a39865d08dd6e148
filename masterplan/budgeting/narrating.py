"""Tells what changed in a budget, in the journal's words.

Ansatz and Ist are told per measure, year and budget, as the public reads them; everything else per line, inside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ground.formats import day, euro, euro_or_dash, in_words
from ground.journal import Entry
from masterplan.budgeting.rules import NOTHING
from masterplan.models import BudgetKind, BudgetLine, Measure

Place = tuple[int, int, str]
TOLD = ("appropriated", "supplementary", "spent", "as_of")
"""What the entries of Ansatz and Ist say already, apart from the Nachtrag by itself."""


def entries_of(
    measures: Mapping[int, Measure],
    before: Iterable[BudgetLine],
    after: Iterable[BudgetLine],
    changed: Sequence[tuple[BudgetLine, Sequence[str]]],
) -> Iterator[Entry]:
    """Of lines that changed from `before` to `after`."""
    olds = list(before)
    was, now = _shown(olds), _shown(after)
    for place in sorted({(line.measure_id, line.year, line.kind) for line, _ in changed}):
        yield from _public(measures[place[0]], place, was.get(place, _NOTHING), now.get(place, _NOTHING))
    by_id = {line.pk: line for line in olds}
    for line, names in changed:
        yield from _internal(measures[line.measure_id], by_id.get(line.pk, BudgetLine()), line, names)


_NOTHING: tuple[Decimal | None, Decimal | None, date | None] = (None, None, None)


def _shown(lines: Iterable[BudgetLine]) -> dict[Place, tuple[Decimal | None, Decimal | None, date | None]]:
    """Ansatz, Ist and the day that the Ist is complete up to, as `masterplan.public.money` sums them."""
    found: dict[Place, tuple[Decimal | None, Decimal | None, date | None]] = {}
    for line in lines:
        place = line.measure_id, line.year, line.kind
        approved, spent, as_of = found.get(place, _NOTHING)
        days = [one for one in (as_of, line.as_of) if one]
        found[place] = (_sum(approved, line.money.approved), _sum(spent, line.spent), min(days, default=None))
    return found


def _sum(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else (one or NOTHING) + other


def _public(measure: Measure, place: Place, was: Any, now: Any) -> Iterator[Entry]:
    where = f"{BudgetKind(place[2]).short} {place[1]}"
    if was[0] != now[0]:
        yield Entry(
            subject=measure,
            kind="budget.appropriated",
            title=f"Ansatz geändert: {where}" if was[0] is not None else f"Ansatz festgesetzt: {where}",
            before=euro(was[0]) if was[0] is not None else "",
            after=euro_or_dash(now[0]),
            public=measure.is_public,
        )
    if was[1:] != now[1:]:
        yield Entry(
            subject=measure,
            kind="budget.spent",
            title=f"Ist gemeldet: {where}",
            before=euro(was[1]) if was[1] is not None else "",
            after=euro_or_dash(now[1]) + (f" (Stand {day(now[2])})" if now[2] else ""),
            public=measure.is_public,
        )


def _internal(measure: Measure, old: BudgetLine, line: BudgetLine, names: Sequence[str]) -> Iterator[Entry]:
    for name in names:
        if name not in TOLD or name == "supplementary":
            label = BudgetLine._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield Entry(
                subject=measure,
                kind=f"budget.{name}",
                title=f"{label}: {BudgetKind(line.kind).short} {line.year}",
                before=_words(getattr(old, name)),
                after=_words(getattr(line, name)),
            )


def _words(value: Any) -> str:
    return euro(Decimal(value)) if isinstance(value, Decimal | int) else in_words(value)


def line_removed(measure: Measure, line: BudgetLine) -> Entry:
    title = f"Haushaltszeile gelöscht: {BudgetKind(line.kind).short} {line.year}"
    return Entry(subject=measure, kind="budget.removed", title=title, before=euro(line.requested))


def source_changed(measure: Measure, before: str, after: str) -> Entry:
    return Entry(subject=measure, kind="budget.source", title="Kein eigener Ansatz", before=before, after=after or "–")
