"""The trend of promised dates on public pages."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from masterplan.public.milestones import PublicMilestone
from masterplan.public.profile import PublicProfile
from masterplan.public.trend import PublicEnd
from masterplan.rules import Promised
from masterplan.trend import Subject, Trend, milestone_short, trend


def trend_of(profile: PublicProfile, today: date) -> Trend | None:
    """Of the milestones and the end of one measure."""
    milestones = [_milestone(place, one, profile) for place, one in enumerate(profile.milestones, 1)]
    return trend([*milestones, _end(profile)], plural="Terminen", today=today)


def trend_of_ends(ends: Iterable[PublicEnd], today: date) -> Trend | None:
    return trend([_measure(one) for one in ends], plural="Maßnahmen", today=today)


def _milestone(place: int, milestone: PublicMilestone, profile: PublicProfile) -> Subject:
    return Subject(
        short=milestone_short(place),
        said=milestone_short(place),
        title=milestone.title,
        promises=milestone.promises,
        reached=milestone.reached_on,
        is_open=profile.measure.is_active,
        resolved_on=profile.resolved_on,
    )


def _end(profile: PublicProfile) -> Subject:
    return Subject(
        short="Ende",
        said="das Ende",
        title="Ende der Maßnahme",
        promises=tuple(Promised(one.kind, one.promised_on, one.due, one.days) for one in profile.promises),
        reached=profile.measure.actual_end,
        is_open=profile.measure.is_active,
        leads=True,
        resolved_on=profile.resolved_on,
    )


def _measure(end: PublicEnd) -> Subject:
    return Subject(
        short=end.number,
        said=end.number,
        title=end.title,
        promises=end.promises,
        reached=end.actual_end,
        is_open=end.is_active,
        url=reverse("public_measure", args=[end.slug]),
        resolved_on=end.resolved_on,
    )
