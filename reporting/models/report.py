from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.access import Perm
from council.models import Committee, Meeting
from ground.halfyears import HalfYear
from ground.history import Tracked, TrackedQuerySet
from reporting.rules import may_follow


class ReportState(models.TextChoices):
    COLLECTING = "COLLECTING", "in Arbeit"
    FROZEN = "FROZEN", "eingefroren"
    RETURNED = "RETURNED", "zurückgegeben"
    RELEASED = "RELEASED", "freigegeben"


class StateRefused(Exception):
    """The state asked for does not follow the report's own (reporting.rules.FOLLOWS)."""


class MeetingOfAnotherCommittee(Exception):
    """The meeting chosen is not one of the report's committee."""


def takes_part(user: Any) -> bool:
    """Whether one prepares or releases reports, and so sees them before the Freigabe."""
    return user.has_perm(Perm.PREPARE_REPORTS) or user.has_perm(Perm.RELEASE_REPORTS)


class ReportQuerySet(TrackedQuerySet["Report"]):
    def of(self, period: HalfYear) -> Self:
        return self.filter(year=period.year, half=period.half)

    def before(self, period: HalfYear) -> Self:
        return self.filter(Q(year__lt=period.year) | Q(year=period.year, half__lt=period.half))

    def released(self) -> Self:
        """Some Fassung is released; a correction may be waiting."""
        return self.filter(snapshots__release__isnull=False).distinct()

    def visible_to(self, user: Any) -> Self:
        """In the workspace: who prepares or releases sees all, who may read reports sees the released ones."""
        if takes_part(user):
            return self.all()
        return self.released() if user.has_perm(Perm.READ_REPORTS) else self.none()


class Report(Tracked):
    """Statusbericht of one half-year, which is its public address. What was reported stands in its snapshots."""

    year = models.PositiveSmallIntegerField("Jahr")
    half = models.PositiveSmallIntegerField("Halbjahr", choices=[(1, "1. Halbjahr"), (2, "2. Halbjahr")])
    committee = models.ForeignKey(
        Committee, verbose_name="Gremium", on_delete=models.PROTECT, related_name="status_reports"
    )
    meeting = models.ForeignKey(
        Meeting,
        verbose_name="Sitzung",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="status_reports",
    )
    state = models.CharField(
        "Stand", max_length=12, choices=ReportState.choices, default=ReportState.COLLECTING, editable=False
    )
    assessment = models.TextField("Einschätzung", blank=True, max_length=700)
    opened_at = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    history = HistoricalRecords()
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Statusbericht", "Statusberichte"
        ordering = ["-year", "-half", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "half"], name="report_once_per_period"),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="report_half_is_1_or_2"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
        ]

    def __str__(self) -> str:
        return f"Statusbericht {self.period.label}"

    @property
    def period(self) -> HalfYear:
        return HalfYear(self.year, self.half)

    def enter(self, state: ReportState) -> None:
        """Sets the state, not yet saved. Raises StateRefused where it does not follow."""
        if not may_follow(self.state, state):
            raise StateRefused(self.state, state)
        self.state = state

    def goes_to(self, meeting: Meeting | None) -> None:
        """Sets the meeting, not yet saved; what is frozen keeps its own. Raises MeetingOfAnotherCommittee."""
        if meeting and meeting.committee_id != self.committee_id:
            raise MeetingOfAnotherCommittee
        self.meeting = meeting

    @property
    def is_open(self) -> bool:
        return self.state == ReportState.COLLECTING
