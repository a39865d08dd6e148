"""Risks as pages show them: in a list, gravest first, and in a matrix of likelihood and impact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from ground.formats import counted, day, number_word, sentence_start
from masterplan.models import Impact, Likelihood, Risk, RiskLevel, RiskState
from masterplan.models.risk import RiskQuerySet
from masterplan.rules.risk import risk_level


@dataclass(frozen=True)
class RiskRow:
    pk: int
    number: str
    measure: str
    measure_url: str
    title: str
    likelihood: int
    impact: int
    likelihood_words: str
    impact_words: str
    level: RiskLevel
    countermeasure: str
    unit: str
    state: RiskState
    reviewed: str
    declined_because: str
    version: int

    @property
    def is_present(self) -> bool:
        return self.state in (RiskState.OPEN, RiskState.OCCURRED)

    @property
    def is_proposed(self) -> bool:
        return self.state == RiskState.PROPOSED

    @property
    def anchor(self) -> str:
        return f"risiko-{self.pk}"


@dataclass(frozen=True)
class Cell:
    """`items` are the words and the address of each risk."""

    column: str
    level: RiskLevel
    items: list[tuple[str, str]]


@dataclass(frozen=True)
class MatrixRow:
    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    columns: list[str]
    rows: list[MatrixRow]


def rows(risks: RiskQuerySet, *, page: str = "measure_risks") -> list[RiskRow]:
    """In one query; `page` is the name of the address at which their reader finds the risks of a measure."""
    return [_row(risk, page) for risk in risks.select_related("measure", "owner_unit").gravest_first()]


def _row(risk: Risk, page: str) -> RiskRow:
    return RiskRow(
        pk=risk.pk,
        number=risk.measure.number,
        measure=risk.measure.title,
        measure_url=reverse(page, args=[risk.measure.number]),
        title=risk.title,
        likelihood=risk.likelihood,
        impact=risk.impact,
        likelihood_words=Likelihood(risk.likelihood).label,
        impact_words=Impact(risk.impact).label,
        level=risk.level,
        countermeasure=risk.countermeasure,
        unit=risk.owner_unit.label if risk.owner_unit else "offen",
        state=RiskState(risk.state),
        reviewed=day(risk.reviewed_on) if risk.reviewed_on else "–",
        declined_because=risk.declined_because,
        version=risk.version,
    )


def matrix(found: Iterable[RiskRow], *, with_number: bool) -> Matrix:
    """Likely ones on top, severe ones on the right; `with_number` names the measure of each."""
    cells: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for row in found:
        words = f"{row.number}: {row.title}" if with_number else row.title
        cells.setdefault((row.likelihood, row.impact), []).append((words, f"{row.measure_url}#{row.anchor}"))
    return Matrix(
        columns=[str(impact.label) for impact in Impact],
        rows=[
            MatrixRow(
                str(likelihood.label),
                [
                    Cell(
                        str(impact.label),
                        RiskLevel(risk_level(likelihood, impact)),
                        cells.get((likelihood, impact), []),
                    )
                    for impact in Impact
                ],
            )
            for likelihood in reversed(Likelihood)
        ],
    )


def summary(present: Sequence[RiskRow], proposed: int) -> str:
    """Zwei Risiken, eines davon hoch. Eines ist vorgeschlagen."""
    suggested = f"{'eines ist' if proposed == 1 else f'{number_word(proposed)} sind'} vorgeschlagen."
    if not present:
        return f"Kein Risiko ist aufgenommen, {suggested}" if proposed else "Kein Risiko ist eingetragen."
    return f"{_levels(present)} {sentence_start(suggested)}" if proposed else _levels(present)


def _levels(present: Sequence[RiskRow]) -> str:
    levels = [row.level for row in present]
    told = counted(len(levels), "Risiko", "Risiken", "ein")
    if len(levels) == 1:
        return sentence_start(f"{told}, es ist {levels[0].label}.")
    high = levels.count(RiskLevel.HIGH)
    which = "keines" if high == 0 else "eines" if high == 1 else number_word(high)
    return sentence_start(f"{told}, {which} davon hoch.")
