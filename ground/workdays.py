"""Working days (Monday to Friday without public holidays) of Lower Saxony.

24 and 31 December are no holidays under § 2 NFeiertagsG and count as working days.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv="NI", years=year))


def is_workday(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def workdays_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative where `end` lies before `start`."""
    if end < start:
        return -workdays_between(end, start)
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def workdays_after(start: date, count: int) -> date:
    """The day by which so many working days after `start` have gone by."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
