"""The words of a measure's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from ground import formats
from ground.parts import part
from ground.richtext import richtext
from ground.uploads import kind_of
from masterplan.public.attachments import PublicAttachment
from masterplan.public.events import PublicEvent
from masterplan.public.milestones import PublicMilestone
from masterplan.public.profile import PublicProfile, PublicPromise
from masterplan.public_money import money_context
from masterplan.public_rows import days_words, end_words, row_of
from masterplan.public_state import changes_since_told, state_words, status_words
from masterplan.public_trend import trend_of
from masterplan.trend import milestone_short

EVENTS_SHOWN = 8
STEPS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    short: str
    title: str
    resolved: str
    promised: str
    reached: str
    note: str
    late: bool


@dataclass(frozen=True, slots=True)
class PromiseRow:
    iso: str
    day: str
    relative: str
    label: str
    before: str
    after: str
    moved: str
    reason: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    title: str
    href: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened at one moment: the changes, and each reason once."""

    iso: str
    day: str
    relative: str
    changes: tuple[PublicEvent, ...]
    reasons: tuple[str, ...]


def profile_context(profile: PublicProfile, today: date) -> dict[str, object]:
    measure = profile.measure
    return {
        "row": row_of(measure, today),
        "progress": part("progress", percent=measure.progress, elapsed=measure.elapsed(today), wide=True),
        "texts": profile.texts,
        "description": richtext(profile.texts.description),
        "objective": richtext(profile.texts.objective, 4),
        "state": state_words(profile, today),
        "because": status_words(profile, today),
        "end": end_words(measure, today),
        "reported": profile.reported,
        "reported_day": _when(profile, today),
        "money": money_context(profile.money),
        "who": _who(profile),
        "why": _why(profile),
        "attachments": [_attachment_row(one, measure.slug) for one in profile.attachments],
        "trail": [
            ("Maßnahmen", reverse("public_measures")),
            (measure.field, reverse("public_field", args=[measure.field_slug])),
        ],
        **_dates(profile, today),
    }


def _dates(profile: PublicProfile, today: date) -> dict[str, object]:
    is_due = profile.measure.is_active
    events = _event_rows(profile.events, today)
    return {
        "next": _next(profile.milestones, today) if is_due else None,
        "steps": _steps(profile.milestones) if is_due else [],
        "milestones": [
            _milestone_row(place, milestone, today, is_due=is_due)
            for place, milestone in enumerate(profile.milestones, 1)
        ],
        "milestones_words": _milestone_words(profile.milestones),
        "reached": sum(milestone.reached_on is not None for milestone in profile.milestones),
        "trend": trend_of(profile, today),
        "promises": [_promise_row(promise, today) for promise in reversed(profile.promises)],
        "since_told": _event_rows(changes_since_told(profile), today),
        "events": events[:EVENTS_SHOWN],
        "older_events": events[EVENTS_SHOWN:],
    }


def _event_rows(events: Iterable[PublicEvent], today: date) -> list[EventRow]:
    moments = groupby(events, key=lambda event: event.occurred_at)
    return [event_row(tuple(group), today) for _, group in moments]


def event_row(events: tuple[PublicEvent, ...], today: date) -> EventRow:
    """From events of one moment, newest first."""
    day = events[0].day
    told = sorted(events, key=lambda event: event.is_report, reverse=True)
    return EventRow(
        iso=day.isoformat(),
        day=formats.day(day),
        relative=formats.relative(day, today),
        changes=tuple(event for event in told if not event.is_report) or tuple(told),
        reasons=tuple(dict.fromkeys(event.reason for event in told if event.reason)),
    )


def _next(milestones: Iterable[PublicMilestone], today: date) -> tuple[str, str] | None:
    """The next open date and what it is for."""
    coming = [(one.planned, one.title) for one in milestones if one.reached_on is None and one.planned]
    day, title = min((due for due in coming if due[0] >= today), default=(None, ""))
    return (formats.day(day), f"{title}, {formats.relative(day, today)}") if day else None


def _steps(milestones: Iterable[PublicMilestone]) -> list[tuple[str, str]]:
    """The next open milestones."""
    coming = sorted((one.planned, one.title) for one in milestones if one.reached_on is None and one.planned)
    return [(formats.day(planned), title) for planned, title in coming[:STEPS_SHOWN]]


def _when(profile: PublicProfile, today: date) -> tuple[str, str, str] | None:
    if not profile.reported:
        return None
    day = timezone.localdate(profile.reported.at)
    return day.isoformat(), formats.day(day), formats.relative(day, today)


def _milestone_row(place: int, milestone: PublicMilestone, today: date, *, is_due: bool) -> MilestoneRow:
    note, late = "", False
    if milestone.reached_on:
        behind = (milestone.reached_on - milestone.baseline).days if milestone.baseline else 0
        note, late = (days_words(behind), behind > 0) if behind else ("", False)
    else:
        overdue = milestone.planned if is_due and milestone.is_overdue(today) else None
        late = is_due and (milestone.slip.times > 0 or overdue is not None)
        moved = formats.slipped(milestone.slip.times, milestone.slip.days, milestone.slip.forward) if is_due else ""
        note = "; ".join(part for part in (f"überfällig seit {formats.day(overdue)}" if overdue else "", moved) if part)
    return MilestoneRow(
        short=milestone_short(place),
        title=milestone.title,
        resolved=formats.day(milestone.resolved) if milestone.resolved else "–",
        promised=formats.day(milestone.planned) if milestone.planned else "offen",
        reached=formats.day(milestone.reached_on) if milestone.reached_on else "",
        note=note,
        late=late,
    )


def _milestone_words(milestones: tuple[PublicMilestone, ...]) -> str:
    """Drei von sechs Meilensteinen sind erreicht. Zwei der offenen sind verschoben."""
    count = len(milestones)
    reached = sum(one.reached_on is not None for one in milestones)
    moved = sum(one.reached_on is None and one.slip.times > 0 for one in milestones)
    if count < 2:
        return "" if not count else f"Der eine Meilenstein ist {'erreicht' if reached else 'noch offen'}."
    verb = "ist" if reached < 2 else "sind"
    head = f"{_of_them(reached)} von {formats.number_word(count)} Meilensteinen {verb} erreicht."
    if not moved:
        return head
    return f"{head} {_of_them(moved)} der offenen {'ist' if moved == 1 else 'sind'} verschoben."


def _of_them(count: int) -> str:
    return {0: "Keiner", 1: "Einer"}.get(count) or formats.sentence_start(formats.number_word(count))


def _promise_row(promise: PublicPromise, today: date) -> PromiseRow:
    return PromiseRow(
        iso=promise.promised_on.isoformat(),
        day=formats.day(promise.promised_on),
        relative=formats.relative(promise.promised_on, today),
        label=formats.sentence_start(str(promise.kind.label)),
        before=formats.day(promise.previous) if promise.previous not in (None, promise.due) else "",
        after=formats.day(promise.due) if promise.due else "ohne Termin",
        moved=formats.days_moved(promise.days) if promise.days else "",
        reason=promise.reason,
    )


def _who(profile: PublicProfile) -> list[tuple[str, ...]]:
    items: list[tuple[str, ...]] = []
    if profile.measure.unit:
        items.append(("Federführung", profile.measure.unit))
    if profile.involved:
        items.append(("Beteiligt", formats.listed(profile.involved)))
    if profile.texts.external_partners:
        items.append(("Partner", profile.texts.external_partners))
    if profile.mailbox:
        items.append(("Kontakt", profile.mailbox, f"mailto:{profile.mailbox}"))
    return items


def _attachment_row(one: PublicAttachment, slug: str) -> AttachmentRow:
    if one.url:
        return AttachmentRow(one.title, one.url, formats.leads_to(one.url), "")
    href = reverse("public_attachment", args=[slug, one.pk, one.name])
    return AttachmentRow(one.title, href, kind_of(one.media_type).label, formats.file_size(one.size))


def _why(profile: PublicProfile) -> list[tuple[str, ...]]:
    items: list[tuple[str, ...]] = []
    if profile.basis:
        items.append(("Grundlage", formats.sentence_start(str(profile.basis.label))))
    if profile.resolved_on:
        items.append(("Beschlossen", formats.day(profile.resolved_on)))
    if profile.goals:
        items.append(("Ziel" if len(profile.goals) == 1 else "Ziele", formats.listed(profile.goals)))
    items.append(("Herkunft", str(profile.origin.label)))
    return items
