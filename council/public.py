"""What the public sees of committees: meetings that are held in public."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from council.models import Meeting


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    start: datetime
    location: str
    committee: str

    @property
    def day(self) -> date:
        return timezone.localdate(self.start)


def next_meeting(now: datetime) -> PublicMeeting | None:
    """The next public meeting of the committee that receives the reports."""
    values = (
        Meeting.objects.upcoming(now)
        .in_public()
        .filter(committee__receives_reports=True)
        .values_list("start", "location", "committee__name")
        .first()
    )
    return PublicMeeting(*values) if values else None
