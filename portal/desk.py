"""What waits for a person today: promises overdue, measures nobody answers for, the next papers, what others did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.access import Perm
from accounts.officer import officer_on
from council.models import Meeting
from ground import formats
from ground.workdays import workdays_between
from masterplan.models import Measure, Milestone
from masterplan.models.measure import MeasureQuerySet
from masterplan.radar import EXAMPLES, Summary, summaries
from masterplan.troubles import Trouble, troubles
from masterplan.updates import OwnMeasure, left_to_officer
from masterplan.updates import own as own_measures
from portal.deadlines import MoneyDues, money_due
from portal.latest import Latest, latest
from portal.rounds import Round, asked_of, round_of
from portal.sittings import Sittings, sittings
from reporting.standing import Standing, standing

SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    due: date
    day: str
    ago: str
    measure: str
    what: str
    url: str
    step_url: str


@dataclass(frozen=True)
class NextMeeting:
    committee: str
    start: str
    papers_due: str
    workdays: int | None


@dataclass(frozen=True)
class Desk:
    heading: str
    answer: str
    sittings: Sittings | None
    """For the Ratsbüro."""
    releases: bool
    shows_own: bool
    """Not to those who have something else to do here and answer for no measure."""
    waiting: Sequence[Waiting]
    waiting_in_all: int
    money: MoneyDues
    radar: Sequence[Summary]
    own: Sequence[OwnMeasure]
    troubles: Sequence[Trouble] | None
    """For who steers and who leads the administration."""
    round: Round | None
    """For who asks units and decides on what they send."""
    ask: str
    """Whom to ask where nothing is here to be done; "" for who edits the plan."""
    meeting: NextMeeting | None
    latest: Sequence[Latest]
    report: Standing | None


def desk_of(user: Any, *, now: datetime, all_money: bool = False) -> Desk:
    """The whole plan for who edits it, meetings and releases for whose function they are, the own measures else."""
    today, edits = timezone.localdate(now), user.has_perm(Perm.EDIT_MEASURES)
    visible = Measure.objects.visible_to(user)
    waiting = overdue(visible if edits else visible.own(user), today, edits=edits)
    meeting, report = next_meeting(now), standing(user, today)
    kept = sittings(now) if user.has_perm(Perm.EDIT_MEETINGS) else None
    releases = user.has_perm(Perm.RELEASE_REPORTS)
    own = [] if edits else own_measures(user, today)
    round_ = round_of(user, today) if edits else None
    work = f"{round_.answer if round_ else asked_of(own)} {_answer(waiting, meeting)}".strip()
    return Desk(
        heading=formats.weekday_day(today),
        answer=_said(edits=edits, kept=kept, release=report if releases else None, work=work),
        sittings=kept,
        releases=releases,
        shows_own=bool(own) or not (edits or kept or releases),
        waiting=waiting[:SHOWN],
        waiting_in_all=len(waiting),
        money=money_due(user, today, everything=all_money),
        radar=[*unanswered(user, today), *summaries(visible, today)] if edits else [],
        own=own,
        troubles=troubles(user, today) if edits or releases else None,
        round=round_,
        ask="" if edits else whom_to_ask(today),
        meeting=meeting,
        latest=latest(visible, user, today),
        report=report,
    )


def whom_to_ask(today: date) -> str:
    """The Digital Officer, or who stands in, by name and address."""
    found = officer_on(today)
    return f"{found[1].name}, {found[1].email}" if found else ""


def overdue(measures: MeasureQuerySet, today: date, *, edits: bool) -> list[Waiting]:
    """Ends and milestones whose day has passed, the oldest first, with the page on which who reads reports on them."""
    active = measures.active()
    found = [
        _waiting(row.planned_end, row, "Das geplante Ende ist vorbei", today, "status" if edits else "report")
        for row in active.filter(planned_end__lt=today, actual_end=None)
        if row.planned_end
    ]
    for milestone in Milestone.objects.overdue(today).filter(measure__in=active).select_related("measure"):
        if milestone.planned:
            what = f"Meilenstein „{milestone.title}“ ist überfällig"
            page = "milestones" if edits else "report"
            found.append(_waiting(milestone.planned, milestone.measure, what, today, page))
    return sorted(found, key=lambda one: (one.due, one.measure))


def _waiting(due: date, measure: Measure, what: str, today: date, page: str) -> Waiting:
    return Waiting(
        due=due,
        day=formats.day(due),
        ago=formats.relative(due, today),
        measure=str(measure),
        what=what,
        url=reverse("measure_edit", args=[measure.number]),
        step_url=reverse(f"measure_{page}", args=[measure.number]),
    )


def unanswered(user: Any, today: date) -> list[Summary]:
    """What was asked, and nobody but the reader is asked any more."""
    numbers = left_to_officer(user, today)
    if not numbers:
        return []
    what, examples = "Keine Antwort, und niemand wird mehr erinnert", ", ".join(numbers[:EXAMPLES])
    return [Summary(what, len(numbers), examples, "Ansehen", reverse("updates"))]


def next_meeting(now: datetime) -> NextMeeting | None:
    """Of the committee that receives the reports."""
    meetings = Meeting.objects.upcoming(now).filter(committee__receives_reports=True).select_related("committee")
    meeting = meetings.first()
    if meeting is None:
        return None
    today, due = timezone.localdate(now), meeting.papers_due
    return NextMeeting(
        committee=meeting.committee.name,
        start=formats.weekday_moment(meeting.start),
        papers_due=formats.weekday_day(due) if due else "",
        workdays=workdays_between(today, due) if due and due >= today else None,
    )


def _said(*, edits: bool, kept: Sittings | None, release: Standing | None, work: str) -> str:
    """What one's own work is comes first."""
    if edits:
        return work
    if release:
        return "Ein Bericht wartet auf Ihre Freigabe." if release.waits_for_me else "Nichts wartet auf Ihre Freigabe."
    return kept.answer if kept else work


def _answer(waiting: Sequence[Waiting], meeting: NextMeeting | None) -> str:
    said = "Kein Termin ist überfällig."
    if waiting:
        things = formats.counted(len(waiting), "Termin ist", "Termine sind", article="ein")
        since = "seit" if len(waiting) == 1 else "der älteste seit"
        said = f"{formats.sentence_start(things)} überfällig, {since} {waiting[0].day}."
    if meeting and meeting.workdays is not None:
        left = formats.counted(meeting.workdays, "Arbeitstag", "Arbeitstage", article="ein")
        said += f" Bis zum Vorlagenschluss {'bleibt' if meeting.workdays == 1 else 'bleiben'} {left}."
    return said
