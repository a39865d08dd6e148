"""Steckbriefe: half a page per measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ground import formats
from reporting.context import milestones, words
from reporting.context.overview import chip_of
from reporting.context.page_one import Chip
from reporting.payload import MeasureState, Payload

MOST_MILESTONES = 6
MOST_PROMISES = 5


@dataclass(frozen=True)
class PromiseLine:
    on: str
    due: str
    reason: str


@dataclass(frozen=True)
class MilestoneLine:
    title: str
    resolved: str
    end: str
    state: str


@dataclass(frozen=True)
class Profile:
    number: str
    title: str
    status: Chip
    progress: int
    state: str
    about: str
    benefit: str
    milestones: Sequence[MilestoneLine]
    more_milestones: int
    promises: Sequence[PromiseLine]
    earlier_promises: int
    slip: str
    facts: Sequence[tuple[str, str]]


def profiles(told: Payload) -> list[Profile]:
    chips = chip_of(told)
    return [_profile(measure, chips[measure.status], told.today) for measure in told.measures]


def _profile(measure: MeasureState, status: Chip, today: date) -> Profile:
    shown = _shown_milestones(measure, today)
    return Profile(
        number=measure.number,
        title=measure.title,
        status=status,
        progress=measure.progress,
        state=state_of(measure, status.label),
        about=words.cut(words.plain(measure.teaser or measure.description or measure.objective), 420),
        benefit=words.cut(measure.beneficiaries, 160),
        milestones=shown[:MOST_MILESTONES],
        more_milestones=len(shown) - MOST_MILESTONES if len(shown) > MOST_MILESTONES else 0,
        promises=[
            PromiseLine(formats.day(one.on), words.day(one.due, "offen"), words.cut(one.reason or one.label, 90))
            for one in measure.promises[-MOST_PROMISES:]
        ],
        earlier_promises=max(0, len(measure.promises) - MOST_PROMISES),
        slip=formats.slipped(measure.slip.times, measure.slip.days) if measure.slip.times else "",
        facts=_facts(measure),
    )


def state_of(measure: MeasureState, status: str) -> str:
    """In Umsetzung, gefährdet: Vergabe wird wiederholt. Ende jetzt 30.06.2027, beschlossen war 31.12.2026."""
    start = formats.sentence_start(measure.phase_label)
    if measure.is_active:
        start = f"{start}, {status}"
    sentence = words.cut(measure.sentence, 260)
    if sentence and measure.sentence_on:
        sentence = f"{sentence.rstrip('. ')} (Stand {formats.day(measure.sentence_on)})."
    said = f"{start}: {sentence}" if sentence else f"{start}."
    return f"{said} {_end(measure)}".strip()


def _end(measure: MeasureState) -> str:
    kind = "beschlossen" if measure.resolved_end else "zugesagt"
    baseline, end = measure.baseline_end, measure.end
    if measure.phase == "COMPLETED":
        said = f"Fertig seit {words.day(end)}"
    elif not measure.is_active:
        return f"{formats.sentence_start(kind)} war das Ende {words.day(baseline)}." if baseline else ""
    elif end is None:
        return "Noch ohne Termin."
    elif measure.is_overdue:
        said = f"Das Ende am {words.day(end)} ist überfällig"
        baseline = None if baseline == end else baseline
    else:
        said = f"Ende {'' if baseline == end else 'jetzt ' if baseline else 'geplant für '}{words.day(end)}"
    if baseline is None:
        return f"{said}."
    return f"{said}, wie {kind}." if baseline == end else f"{said}, {kind} war {words.day(baseline)}."


def _shown_milestones(measure: MeasureState, today: date) -> list[MilestoneLine]:
    return [
        MilestoneLine(
            title=milestone.title,
            resolved=words.day(milestone.resolved or milestone.first_promised),
            end=words.day(milestone.reached_on or milestone.planned)
            + (f"{formats.NBSP}Ist" if milestone.reached_on else ""),
            state=milestones.state(milestone, today if measure.is_active else None).split(",")[0],
        )
        for milestone in measure.milestones
    ]


def _facts(measure: MeasureState) -> list[tuple[str, str]]:
    basis = measure.basis
    if measure.resolved_on:
        basis = f"{basis}, {formats.day(measure.resolved_on)}" if basis else formats.day(measure.resolved_on)
    start = measure.actual_start or measure.planned_start
    found = [
        ("Federführung", measure.lead_unit or "noch nicht benannt"),
        ("Beteiligt", ", ".join(measure.involved_units)),
        ("Partner", words.cut(measure.partners, 120)),
        ("Ziele", ", ".join(measure.goals)),
        ("Grundlage", basis),
        ("Beginn", f"{formats.day(start)}{'' if measure.actual_start else ' geplant'}" if start else ""),
        ("Aufgegangen in", measure.merged_into),
    ]
    return [(term, value) for term, value in found if value]
