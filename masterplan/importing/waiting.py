"""What a list says of dependencies, held against those that there are and against its own rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from masterplan.importing.checking import CellError, CheckedRow, Headings
from masterplan.importing.columns import BY_KEY, WAITS_FOR
from masterplan.importing.known import Known
from masterplan.importing.plan import Difference, PlannedRow, Verdict, Waits
from masterplan.linking import DependencyRefused, Edge, refuse_circle, refuse_out_of_play
from masterplan.models import Measure

NOWHERE = "{} gibt es weder im Portal noch in dieser Liste. Tragen Sie die Nummer einer Maßnahme ein."


def with_dependencies(
    checked: Sequence[CheckedRow], rows: list[PlannedRow], known: Known, headings: Headings
) -> tuple[list[PlannedRow], list[CellError]]:
    """The rows with what they add and take away, and errors where that cannot be; a list without the column says
    nothing. An empty cell takes away what is there."""
    if WAITS_FOR not in headings:
        return rows, []
    wanted = {row.line: row.values.get(WAITS_FOR) or () for row in checked}
    waits = {row.line: _waits(row, wanted[row.line], known) for row in rows}
    removed = {(before, row.measure.number) for row in rows for before in waits[row.line].removed}
    edges = [edge for edge in known.edges if edge not in removed]
    measures = known.measures | {row.measure.number: row.measure for row in rows}
    errors = [
        CellError(row.line, headings[WAITS_FOR], sentence)
        for row in rows
        for sentence in _refused(row.measure, waits[row.line].added, measures, edges)
    ]
    return [_told(row, waits[row.line], wanted[row.line]) for row in rows], errors


def _waits(row: PlannedRow, wanted: Sequence[str], known: Known) -> Waits:
    """Of measures that the user sees; what waits for others is not the list's to say."""
    before = sorted(first for first, later in known.edges if later == row.measure.number and first in known.measures)
    return Waits(
        before=tuple(before),
        added=tuple(number for number in wanted if number not in before),
        removed=tuple(number for number in before if number not in wanted),
    )


def _refused(
    measure: Measure, added: Sequence[str], measures: Mapping[str, Measure], edges: list[Edge]
) -> Iterator[str]:
    """What can be is an edge from then on."""
    for number in added:
        if number not in measures:
            yield NOWHERE.format(number)
            continue
        try:
            refuse_out_of_play(measure)
            refuse_out_of_play(measures[number])
            refuse_circle(edges, (number, measure.number))
        except DependencyRefused as refused:
            yield str(refused)
        else:
            edges.append((number, measure.number))


def _told(row: PlannedRow, waits: Waits, wanted: Sequence[str]) -> PlannedRow:
    if not (waits.added or waits.removed):
        return replace(row, waits=waits)
    changed = Difference(BY_KEY[WAITS_FOR].label, ", ".join(waits.before), ", ".join(sorted(wanted)))
    verdict = Verdict.CHANGED if row.verdict == Verdict.UNCHANGED else row.verdict
    return replace(row, waits=waits, verdict=verdict, differences=(*row.differences, changed))
