"""How a measure stands, said in a few sentences: what happened last comes first."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from ground import formats
from masterplan.budgeting.rules import Money, years_judged
from masterplan.public.events import PublicEvent, most_telling_first, overtakes_what_was_said
from masterplan.public.profile import PublicProfile
from masterplan.reasons import explained
from masterplan.rules import Cause, Due, Overspent, Verdict, judged

CHANGES_NAMED = 2
WORSE = "ON_TRACK", "AT_RISK", "CRITICAL"


def changes_since_told(profile: PublicProfile) -> list[PublicEvent]:
    """Newest first: what happened after the newest sentence was written and makes it yesterday's."""
    told = profile.reported
    if told is None:
        return []
    return [event for event in profile.events if event.occurred_at > told.at and overtakes_what_was_said(event)]


def state_words(profile: PublicProfile, today: date) -> str:
    """In Umsetzung, gefährdet: Vergabe verzögert sich. Ende jetzt 30.06.2027, beschlossen war 31.12.2026.

    Where something changed after the sentence, the change takes its place, and the sentence follows with its day.
    """
    measure = profile.measure
    head = formats.sentence_start(
        f"{measure.phase.label}, {measure.status.label}" if measure.is_active else measure.status.label
    )
    end = _end_sentence(profile, today)
    if not profile.reported:
        return f"{head}.{end}"
    sentence, on = profile.reported.sentence.rstrip(". "), formats.day(timezone.localdate(profile.reported.at))
    if changes := changes_since_told(profile):
        return f"{head}. {_last_change(changes)}.{end} Stand vom {on}: {sentence}."
    return f"{head}: {sentence} (Stand vom {on}).{end}"


def status_words(profile: PublicProfile, today: date) -> str:
    """Gefährdet, weil das Ende 59 Tage nach dem beschlossenen liegt. "" where nothing is due.

    What is available is more than the Ansatz that the public sees: where dates and progress alone give less than the
    status, it is the money, and that is said without a figure.
    """
    measure = profile.measure
    if not measure.is_active:
        return ""
    if profile.health_reason:
        return explained(_verdict(profile, today, _overspent(profile, today)), measure.status, profile.health_reason)
    verdict = _verdict(profile, today, Overspent())
    if _only_money_explains(measure.status, verdict.health) and _has_spent(profile, today):
        money = Cause("BUDGET", 0, measure.status == "CRITICAL")
        verdict = Verdict(measure.status, (money, *verdict.causes))
    return explained(verdict, measure.status, "", published=True)


def _verdict(profile: PublicProfile, today: date, overspent: Overspent) -> Verdict:
    measure = profile.measure
    return judged(
        deadline=measure.deadline,
        start=measure.planned_start,
        progress=measure.progress,
        milestones=[Due(one.title, one.baseline, one.reached_on) for one in profile.milestones],
        overspent=overspent,
        criteria=profile.criteria,
        today=today,
    )


def _only_money_explains(status: str, without_money: str) -> bool:
    return status in WORSE and without_money in WORSE and WORSE.index(status) > WORSE.index(without_money)


def _has_spent(profile: PublicProfile, today: date) -> bool:
    return any(one.spent for one in profile.money if one.year in years_judged(today))


def _overspent(profile: PublicProfile, today: date) -> Overspent:
    """What the public can see: Ist over Ansatz with its Nachtrag, the worst of the years and kinds that are judged."""
    found = [
        Money(appropriated=one.approved, spent=one.spent).over_percent
        for one in profile.money
        if one.year in years_judged(today)
    ]
    return Overspent(max(found, default=0))


def _last_change(changes: Sequence[PublicEvent]) -> str:
    """Ende verschoben und Status geändert am 20.11.2026: Vergabe verzögert sich"""
    last = most_telling_first(event for event in changes if event.day == changes[0].day)
    titles = dict.fromkeys(event.title for event in last)
    reason = next((event.reason for event in last if event.reason), "").rstrip(". ")
    words = f"{formats.listed(list(titles)[:CHANGES_NAMED])} am {formats.day(last[0].day)}"
    return f"{words}: {reason}" if reason else words


def _end_sentence(profile: PublicProfile, today: date) -> str:
    measure = profile.measure
    if measure.actual_end:
        words = f" Beendet am {formats.day(measure.actual_end)}"
    elif measure.planned_end and measure.is_active:
        words = f" Ende jetzt {formats.day(measure.planned_end)}"
    else:
        return ""
    if since := measure.deadline.overdue_since(today):
        words = f" Das Ende am {formats.day(since)} ist überfällig"
    baseline, kept = measure.deadline.baseline, "beschlossen" if measure.resolved_end else "zugesagt"
    if not baseline or (since and since == baseline):
        return f"{words}."
    if baseline == measure.deadline.end:
        return f"{words}, wie {kept}."
    return f"{words}, {kept} war {formats.day(baseline)}."
