"""The money of one measure in words, for house and council."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ground import formats
from ground.workdays import workdays_between
from masterplan.budgeting.rules import NOTHING, Money
from masterplan.models import Benefit, BudgetKind, BudgetLine, BudgetProposal, Grant, Measure, RunningCost

COLUMNS = (
    ("requested", "Bedarf"),
    ("resolved", "Beschlossen"),
    ("appropriated", "Ansatz"),
    ("supplementary", "Nachtrag"),
    ("carried_over", "Übertragen"),
    ("extra", "Über-/außerpl."),
    ("financed", "Finanziert"),
    ("spent", "Ist"),
    ("commitment", "VE"),
)
RARE = ("supplementary", "carried_over", "extra", "commitment")
"""Where nothing is the rule, and shown as such."""


@dataclass(frozen=True)
class LineRow:
    pk: int
    year: int
    account: str
    cells: list[tuple[str, str]]
    as_of: str
    is_over: bool


@dataclass(frozen=True)
class KindTable:
    """One of the two budgets: its lines, their sum, and how what is financed stands to what was resolved."""

    title: str
    short: str
    rows: list[LineRow]
    sums: list[tuple[str, str]]
    gap: str


@dataclass(frozen=True)
class BudgetProfile:
    answer: str
    paid_from: str
    tables: list[KindTable]
    warnings: list[str]
    proposals: list[dict[str, Any]]
    grants: list[dict[str, Any]]
    running: list[dict[str, Any]]
    benefits: list[dict[str, Any]]


def budget_profile(measure: Measure, today: date) -> BudgetProfile:
    """Seven queries; the sums are the database's."""
    lines = list(BudgetLine.objects.filter(measure=measure))
    sums = BudgetLine.objects.filter(measure=measure).sums()
    by_year = BudgetLine.objects.filter(measure=measure).sums(by=("year",))
    totals = {key[0]: money for key, money in sums.items()}
    source = getattr(measure, "budget_source", None)
    paid_from = source.product if source else ""
    return BudgetProfile(
        answer=f"Kein eigener Ansatz (aus Produkt {paid_from})." if paid_from else totals_in_words(totals),
        paid_from=paid_from,
        tables=[_table(kind, lines, totals[kind]) for kind in BudgetKind if kind in totals],
        warnings=[said for key, money in by_year.items() if (said := money_hint(f"{key[0].short} {key[1]}", money))],
        proposals=[
            _proposal(one) for one in BudgetProposal.objects.filter(measure=measure).select_related("author__unit")
        ],
        grants=[_grant(one, today) for one in Grant.objects.filter(measure=measure)],
        running=[_running(one) for one in RunningCost.objects.filter(measure=measure)],
        benefits=[_benefit(one) for one in Benefit.objects.filter(measure=measure)],
    )


def totals_in_words(totals: Mapping[BudgetKind, Money]) -> str:
    """Finanziert sind 43.000 € Aufwand und 85.000 € Auszahlung. Ausgegeben sind bisher …"""
    if not totals:
        return "Noch ist nicht gesagt, was die Maßnahme kostet und woraus sie bezahlt wird."
    financed = [(money.financed, kind.short) for kind, money in totals.items() if money.financed]
    spent = [(money.spent, kind.short) for kind, money in totals.items() if money.spent]
    said = f"Finanziert sind {_amounts(financed)}." if financed else "Finanziert ist noch nichts."
    return f"{said} Ausgegeben sind bisher {_amounts(spent)}." if spent else f"{said} Ausgegeben ist noch nichts."


def _amounts(pairs: Iterable[tuple[Any, str]]) -> str:
    return formats.listed([f"{formats.euro_round(amount)} {word}" for amount, word in pairs])


def money_hint(where: str, money: Money) -> str:
    """Aufwand 2026: Das Ist liegt 1.200,00 € (12 %) über dem, was bereitsteht …; "" where nothing is amiss."""
    if money.lacks_appropriation:
        spent = formats.euro(money.spent or NOTHING)
        return f"{where}: Ist ohne Ansatz ({spent}). Was bereitsteht, ist noch nicht eingetragen."
    if not money.over:
        return ""
    by = f" ({formats.percent(money.over_percent)})" if money.financed > 0 else ""
    return (
        f"{where}: Das Ist liegt {formats.euro(money.over)}{by} über dem, was bereitsteht "
        f"({formats.euro(money.financed)})."
    )


def _table(kind: BudgetKind, lines: Iterable[BudgetLine], total: Money) -> KindTable:
    rows = [_row(line) for line in lines if line.kind == kind]
    return KindTable(kind.label, kind.short, rows, _cells(total), gap_words(total))


def _cells(money: Money) -> list[tuple[str, str]]:
    amounts = ((label, getattr(money, name), name in RARE) for name, label in COLUMNS)
    return [(label, formats.euro_or_dash(amount if amount or not rare else None)) for label, amount, rare in amounts]


def _row(line: BudgetLine) -> LineRow:
    return LineRow(
        pk=line.pk,
        year=line.year,
        account=line.account,
        cells=_cells(line.money),
        as_of=f"Stand {formats.day(line.as_of)}" if line.as_of else "",
        is_over=bool(line.money.over),
    )


def gap_words(money: Money) -> str:
    """Beschlossen and finanziert apart, and what lies between."""
    if money.resolved is None or money.gap is None:
        return "Beschlossen ist dazu noch nichts."
    said = f"Beschlossen sind {formats.euro_round(money.resolved)}, finanziert {formats.euro_round(money.financed)}: "
    if not money.gap:
        return f"{said}beides gleich."
    return f"{said}{formats.euro_round(abs(money.gap))} {'mehr' if money.gap > 0 else 'fehlen noch'}."


def _proposal(proposal: BudgetProposal) -> dict[str, Any]:
    return {
        "pk": proposal.pk,
        "what": f"{BudgetKind(proposal.kind).short} {proposal.year}",
        "amount": formats.euro(proposal.amount),
        "why": proposal.why,
        "who": str(proposal.author or ""),
        "day": formats.day(timezone.localdate(proposal.created_at)),
        "state": proposal.get_state_display(),
        "answer": proposal.answer,
        "is_open": proposal.decided_at is None,
    }


def left_words(day: date, today: date) -> str:
    """noch acht Arbeitstage, heute, überfällig, vor 3 Tagen"""
    if day < today:
        return f"überfällig, {formats.relative(day, today)}"
    if day == today:
        return "heute"
    left = workdays_between(today, day)
    return f"noch {formats.counted(left, 'Arbeitstag', 'Arbeitstage', article='ein')}"


def _grant(grant: Grant, today: date) -> dict[str, Any]:
    deadline = grant.deadline
    return {
        "pk": grant.pk,
        "name": grant.programme,
        "payer": grant.payer,
        "share": grant.share,
        "state": grant.get_state_display(),
        "apply_by": formats.in_words(grant.apply_by),
        "proof_by": formats.in_words(grant.proof_by),
        "next": f"{deadline[0]}: {left_words(deadline[1], today)}" if deadline else "",
        "is_late": bool(deadline and deadline[1] < today),
    }


def _running(cost: RunningCost) -> dict[str, Any]:
    return {"pk": cost.pk, "name": cost.what, "yearly": formats.euro(cost.yearly), "from_year": cost.from_year}


def _benefit(benefit: Benefit) -> dict[str, Any]:
    behind = benefit.achieved is not None and benefit.achieved < benefit.claimed
    return {
        "pk": benefit.pk,
        "who": benefit.who,
        "name": benefit.what,
        "claimed": benefit.words(benefit.claimed),
        "achieved": benefit.words(benefit.achieved),
        "as_of": f"Stand {formats.day(benefit.as_of)}" if benefit.as_of else "noch nicht gemessen",
        "is_behind": behind,
    }
