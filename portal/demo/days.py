"""Turns the relative days of the example data into dates."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

Due = int | tuple[int, int]
"""A planned day: the last of the month so many months from now, or (months from now, day of the month)."""


@dataclass(frozen=True)
class Calendar:
    today: date

    def workday(self, offset: int) -> date:
        """So many days from today; at a weekend the Friday before."""
        day = self.today + timedelta(days=offset)
        return day - timedelta(days=max(0, day.weekday() - 4))

    def weekday(self, offset: int, number: int) -> date:
        """The Monday (0) to Friday (4) of the week that is so many days from today."""
        day = self.today + timedelta(days=offset)
        return day + timedelta(days=number - day.weekday())

    def due(self, due: Due) -> date:
        months, day = due if isinstance(due, tuple) else (due, 31)
        year, month = divmod(self.today.year * 12 + self.today.month - 1 + months, 12)
        return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))

    def term_began(self) -> date:
        """The last first of November; that is when elected councils change in Lower Saxony (§ 47 NKomVG)."""
        this_year = date(self.today.year, 11, 1)
        return this_year if this_year <= self.today else date(self.today.year - 1, 11, 1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Local time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
