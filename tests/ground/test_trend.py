"""The chart of promised dates: what lies where, and that no words cover others."""

import itertools
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ground.charts.trend import BOTTOM, LEFT, RIGHT, TOP, Course, Point, trend_chart
from ground.charts.trend_labels import LINE

FIRST, BETWEEN, TODAY = date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 27)
DAYS = [FIRST, BETWEEN, TODAY]


def heights(line):
    """The y of each mark."""
    return [float(mark.path.split()[1].partition("l")[0]) for mark in line.marks]


def chart(*courses, names=None):
    return trend_chart(courses, DAYS, names or {TODAY: "heute"})


def moved(label, *dues, tone="late"):
    return Course(label, [Point(day, due) for day, due in zip(DAYS, dues, strict=False)], tone)


@pytest.mark.parametrize(
    ("dues", "rises"),
    [
        ((date(2027, 1, 1), date(2027, 1, 1), date(2027, 6, 1)), [True]),
        ((date(2027, 6, 1), date(2027, 1, 1), date(2027, 1, 1)), [False, None]),
        ((date(2027, 1, 1), date(2027, 3, 1), date(2027, 6, 1)), [True, True]),
    ],
)
def test_a_line_rises_where_its_date_was_moved_back_and_falls_where_it_was_brought_forward(dues, rises):
    ys = heights(chart(moved("M1", *dues)).lines[0])
    assert [None if a == b else b < a for a, b in itertools.pairwise(ys)] == rises


def test_a_date_that_stands_has_a_mark_at_its_promise_and_at_the_end_alone():
    (line,) = chart(moved("M1", *[date(2027, 1, 1)] * 3)).lines
    assert len(line.marks) == 2


def test_a_date_stands_until_shortly_before_it_is_moved():
    (line,) = chart(moved("M1", date(2027, 1, 1), date(2027, 1, 1), date(2027, 6, 1))).lines
    level = float(line.path.rpartition("H")[2].partition("L")[0])
    assert level == RIGHT - 30


def test_what_was_reached_ends_on_the_diagonal():
    reached = Course("M1", [Point(FIRST, date(2026, 6, 1)), Point(BETWEEN, BETWEEN)], "done", reached=True)
    found = chart(reached, moved("M2", date(2026, 1, 10), date(2027, 3, 1), date(2027, 3, 1)))
    x, y = found.lines[0].marks[-1].path[1:].partition("l")[0].split()
    x1, y1, x2, y2 = (float(value) for value in found.diagonal)
    assert float(y) + 5 == pytest.approx(y1 + (float(x) - x1) * (y2 - y1) / (x2 - x1), abs=0.2)


def test_a_dropped_date_leaves_a_gap():
    (line,) = chart(moved("M1", date(2027, 1, 1), None, date(2027, 6, 1))).lines
    assert line.path.count("M") == 2


def test_every_mark_lies_within_the_chart():
    found = chart(moved("M1", date(2025, 1, 1), date(2030, 1, 1), date(2027, 1, 1)))
    ys = [y + 5 for y in heights(found.lines[0])]
    assert (min(ys) >= TOP, max(ys) <= BOTTOM) == (True, True)


@given(st.lists(st.integers(0, 700), min_size=1, max_size=7))
def test_labels_beside_the_chart_never_cover_one_another(days):
    courses = [moved(f"M{place}", *[TODAY + timedelta(day)] * 3) for place, day in enumerate(days)]
    ys = [float(label.y) for label in chart(*courses).labels]
    assert all(b - a >= LINE - 0.11 for a, b in itertools.pairwise(ys))
    assert ys[-1] <= BOTTOM + LINE + 5


def test_days_too_near_to_each_other_share_the_label_of_the_last():
    near = [FIRST, TODAY - timedelta(days=3), TODAY]
    found = trend_chart([Course("M1", [Point(day, TODAY) for day in near], "kept")], near, {TODAY: "heute"})
    assert [(day.name, day.day) for day in found.days] == [("", "01.01.26"), ("", ""), ("heute", "27.12.26")]


def test_a_day_with_a_name_keeps_its_label_before_one_without():
    days = [FIRST, date(2026, 6, 20), BETWEEN, TODAY]
    course = Course("M1", [Point(day, TODAY) for day in days], "kept")
    found = trend_chart([course], days, {BETWEEN: "Beschluss", TODAY: "heute"})
    assert [day.name for day in found.days if day.day] == ["", "Beschluss", "heute"]


@pytest.mark.parametrize(("span", "most"), [(10, 7), (400, 7), (4000, 7), (40000, 7)])
def test_the_scale_has_few_steps_over_months_and_over_centuries(span, most):
    steps = chart(moved("M1", FIRST, FIRST, FIRST + timedelta(days=span))).steps
    assert 1 <= len(steps) <= most


def test_the_picture_tells_all_in_its_title_and_carries_print_colours():
    html = render_to_string(
        "components/trend.html",
        {"chart": chart(moved("M1", *[date(2027, 1, 1)] * 3)), "title": "M1 steht.", "description": "Siehe Tabelle."},
    )
    parts = ("<title>M1 steht.</title>", "<desc>Siehe Tabelle.</desc>", 'stroke="#9b5500"', "trend--late", "style=")
    assert [part in html for part in parts] == [True, True, True, True, False]
    assert f'd="M{LEFT}' in html
