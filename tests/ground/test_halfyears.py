from datetime import date

import pytest

from ground.halfyears import HalfYear, NotAHalfYear


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-H2", HalfYear(2026, 2)), ("2026-h1", HalfYear(2026, 1)), ("1999-H2", HalfYear(1999, 2))],
)
def test_a_half_year_is_read_from_its_name(text, expected):
    assert HalfYear.parse(text) == expected


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-H3", "2026-H0", "26-H1", "2026H1", "2026-H1 ", "２０２６-H1", "0000-H1"]
)
def test_other_texts_are_no_half_year(text):
    with pytest.raises(NotAHalfYear):
        HalfYear.parse(text)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 1, 1), HalfYear(2026, 1)),
        (date(2026, 6, 30), HalfYear(2026, 1)),
        (date(2026, 7, 1), HalfYear(2026, 2)),
        (date(2026, 12, 31), HalfYear(2026, 2)),
    ],
)
def test_each_day_lies_in_one_half_year(day, expected):
    assert HalfYear.of(day) == expected
    assert day in expected
    assert day not in expected.next()


def test_half_years_follow_each_other_over_the_turn_of_the_year():
    assert HalfYear(2026, 2).next() == HalfYear(2027, 1)
    assert HalfYear(2026, 1).next() == HalfYear(2026, 2)
    assert HalfYear(2027, 1).previous() == HalfYear(2026, 2)
    assert HalfYear(2026, 2).previous() == HalfYear(2026, 1)


@pytest.mark.parametrize(
    ("half", "start", "end"), [(1, date(2026, 1, 1), date(2026, 6, 30)), (2, date(2026, 7, 1), date(2026, 12, 31))]
)
def test_a_half_year_spans_six_months(half, start, end):
    assert (HalfYear(2026, half).start, HalfYear(2026, half).end) == (start, end)


def test_a_half_year_has_a_label_a_slug_and_a_name():
    second = HalfYear(2026, 2)
    assert (second.label, second.slug, str(second)) == ("2. Halbjahr 2026", "2026-h2", "2026-H2")


def test_half_years_sort_by_time():
    assert sorted([HalfYear(2027, 1), HalfYear(2026, 2), HalfYear(2026, 1)]) == [
        HalfYear(2026, 1),
        HalfYear(2026, 2),
        HalfYear(2027, 1),
    ]
