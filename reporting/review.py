"""What who releases a report judges by: its figures, what changed most, what stays inside and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from ground import formats
from reporting import context, payload
from reporting.context.page_one import ChangeLine, PageOne
from reporting.models import EditionKind, Snapshot
from reporting.payload import MeasureState, Payload

CHANGES_SHOWN = 5
MEASURES_NAMED = 3


@dataclass(frozen=True)
class Kept:
    """Measures that the public edition leaves out, and where they are told of."""

    where: str
    who: str
    count: str
    named: Sequence[str]
    further: int


@dataclass(frozen=True)
class Review:
    one: PageOne
    """Of the council's edition."""
    changes: Sequence[ChangeLine]
    further: int
    kept: Sequence[Kept]


def review(snapshot: Snapshot) -> Review:
    told = {kind: payload.from_json(text) for kind, text in snapshot.editions.values_list("kind", "payload")}
    council, public = told[EditionKind.COUNCIL], told[EditionKind.PUBLIC]
    shown = {measure.number for measure in public.measures}
    only_council = [measure for measure in council.measures if measure.number not in shown]
    annex: Payload | None = told.get(EditionKind.CONFIDENTIAL_ANNEX)
    one = context.page_one(council)
    return Review(
        one=one,
        changes=one.changes[:CHANGES_SHOWN],
        further=max(0, len(council.changes) - CHANGES_SHOWN),
        kept=[
            *_kept(only_council, "nur in der Ausgabe Rat", "noch nicht öffentlich; für Rat und Ausschüsse"),
            *_kept(
                annex.measures if annex else (),
                "nur in der nichtöffentlichen Anlage",
                "für Mitglieder, die Zugang haben",
            ),
        ],
    )


def _kept(measures: Sequence[MeasureState], where: str, who: str) -> list[Kept]:
    if not measures:
        return []
    count = formats.sentence_start(formats.counted(len(measures), "Maßnahme", "Maßnahmen"))
    named = [f"{measure.number} {measure.title}" for measure in measures[:MEASURES_NAMED]]
    return [Kept(where, who, count, named, max(0, len(measures) - MEASURES_NAMED))]
