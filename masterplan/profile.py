"""A measure in words, for those who read it in the workspace."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.access import Perm
from ground.formats import day, days_moved, percent
from ground.richtext import richtext
from masterplan.derived import Yardstick, verdict_now
from masterplan.models import ACTIVE_PHASES, DueDatePromise, Measure, Milestone, PromiseKind, StatusUpdate
from masterplan.promised import MilestoneLine, end_moved, milestone_lines, promises_by_date
from masterplan.reasons import explained

Pair = tuple[str, str]


@dataclass(frozen=True)
class Profile:
    about: str
    objective: str
    facts: list[Pair]
    state: list[Pair]
    because: str
    """Why the status is what it is; "" where nothing is due."""
    milestones: list[MilestoneLine]
    promises: list[tuple[str, str, str, str]]
    updates: list[StatusUpdate]


def notes_shown(measure: Measure, user: Any) -> bool:
    """Internal notes, causes and remarks are for those who may read notes, and for whose measure it is."""
    return bool(user.has_perm(Perm.READ_NOTES) or Measure.objects.own(user).filter(pk=measure.pk).exists())


def target_shown(measure: Measure, user: Any) -> str:
    """The measure of which this one became part, for those who may see it; "" for everyone else."""
    return str(Measure.objects.visible_to(user).filter(merged_from=measure).first() or "")


def profile(measure: Measure, *, notes: bool, target: str) -> Profile:
    """`notes` and `target` as `notes_shown` and `target_shown` have them for who reads."""
    milestones = list(measure.milestones.current())
    return Profile(
        about=richtext(measure.description),
        objective=richtext(measure.objective),
        facts=_filled(_facts(measure)),
        state=_filled(state_of(measure, notes=notes, target=target)),
        because=because_of(measure, milestones),
        milestones=milestone_lines(milestones, promises_by_date(measure)),
        promises=promises_of(measure),
        updates=list(measure.updates.told().select_related("author")[:10]),
    )


def because_of(measure: Measure, milestones: list[Milestone]) -> str:
    """Why the status is what it is, in a sentence; "" where nothing is due."""
    if measure.phase not in ACTIVE_PHASES:
        return ""
    today = timezone.localdate()
    verdict = verdict_now(measure, milestones, Yardstick.of([measure.pk], today), today)
    return explained(verdict, measure.health, measure.health_reason)


def _facts(measure: Measure) -> list[Pair]:
    return [
        ("Handlungsfeld", measure.field.title),
        ("Federführung", str(measure.lead_unit or "offen")),
        ("Verantwortlich", str(measure.responsible or "offen")),
        ("Vertretung", str(measure.deputy or "offen")),
        ("Beteiligt", ", ".join(unit.label for unit in measure.involved_units.all())),
        ("Partner außerhalb der Verwaltung", measure.external_partners),
        ("Wem nützt es", measure.beneficiaries),
        ("Ziele", ", ".join(goal.title for goal in measure.goals.all())),
        ("Herkunft", measure.get_origin_display()),
        ("Grundlage", measure.get_basis_display()),
        ("Priorität", measure.get_priority_display()),
    ]


def state_of(measure: Measure, *, notes: bool, target: str) -> list[Pair]:
    return [
        ("Phase", measure.get_phase_display()),
        ("Zusammengeführt in", target),
        ("Status", measure.get_health_display()),
        ("Fortschritt", percent(measure.progress)),
        ("Geplant", _span(measure.planned_start, measure.planned_end)),
        ("Beschlossen", _span(measure.resolved_start, measure.resolved_end)),
        ("Tatsächlich", _span(measure.actual_start, measure.actual_end)),
        ("Zuerst zugesagtes Ende", day(measure.first_promised_end) if measure.first_promised_end else ""),
        ("Zusage des Endes", end_moved(measure)),
        ("Interne Notizen", measure.internal_notes if notes else ""),
    ]


def promises_of(measure: Measure) -> list[tuple[str, str, str, str]]:
    """Day, what was promised, how it moved, why; oldest first."""
    rows = DueDatePromise.objects.filter(measure=measure).select_related("milestone")
    return [
        (
            day(row.promised_on),
            f"{row.milestone.title if row.milestone else 'Ende'}: {day(row.due) if row.due else 'ohne Termin'}",
            PromiseKind(row.kind).label + (f", {days_moved(row.days)}" if row.days else ""),
            row.reason,
        )
        for row in rows
    ]


def _span(start: Any, end: Any) -> str:
    if start is None and end is None:
        return ""
    return f"{day(start) if start else 'offen'} bis {day(end) if end else 'offen'}"


def _filled(pairs: list[Pair]) -> list[Pair]:
    return [(term, value) for term, value in pairs if value]
