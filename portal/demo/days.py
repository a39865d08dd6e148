"""Turns the relative days of the example data into dates."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ground.workdays import is_workday

Due = int | tuple[int, int]
"""A planned day: the last of the month so many months from now, or (months from now, day of the month)."""

EVES = ((12, 24), (12, 31))


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

    def sittings(self, days: Iterable[tuple[int, int]]) -> list[date]:
        """Of one round, each given as for `weekday`: where nobody sits on a day, it and all after it are later."""
        found, later = [], 0
        for offset, number in days:
            while not is_council_day(day := self.weekday(offset + later, number)):
                later += 7
            found.append(day)
        return found

    def due(self, due: Due) -> date:
        months, day = due if isinstance(due, tuple) else (due, 31)
        year, month = divmod(self.today.year * 12 + self.today.month - 1 + months, 12)
        return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))

    def term_began(self) -> date:
        """The last first of November; that is when elected councils change in Lower Saxony (§ 47 NKomVG)."""
        this_year = date(self.today.year, 11, 1)
        return this_year if this_year <= self.today else date(self.today.year - 1, 11, 1)


def is_council_day(day: date) -> bool:
    """Neither a weekend nor a public holiday, nor between the years."""
    return is_workday(day) and (1, 7) <= (day.month, day.day) <= (12, 20)


def deadline(day: date) -> date:
    """That day or the last before it on which the town hall is open."""
    while not is_workday(day) or (day.month, day.day) in EVES:
        day -= timedelta(days=1)
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Local time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
