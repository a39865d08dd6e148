from datetime import date

import pytest

from ground.workdays import is_workday, workdays_between


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 10, 31), False),
        (date(2028, 10, 31), False),  # Reformationstag, a Tuesday
        (date(2026, 11, 18), True),  # Buß- und Bettag is a holiday in Saxony only
        (date(2027, 1, 6), True),  # Heilige Drei Könige is none in Lower Saxony
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 31), True),
        (date(2027, 3, 26), False),  # Karfreitag
    ],
)
def test_lower_saxony_decides_what_is_a_working_day(day, expected):
    assert is_workday(day) is expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 27), 4),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 12, 23), date(2027, 1, 4), 6),
    ],
)
def test_working_days_between_two_days_are_counted_without_the_first(start, end, expected):
    assert workdays_between(start, end) == expected
