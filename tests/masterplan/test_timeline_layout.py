from datetime import date

import pytest

from masterplan.timeline_layout import (
    Bar,
    Box,
    Mark,
    OutsideTheCalendar,
    QuarterOfYear,
    Times,
    bar,
    first_quarter,
    quarter_lines,
    span_of,
    year_labels,
)

FIRST = QuarterOfYear(2026, 1)
YEAR = span_of(FIRST, 4)


def times(**fields):
    return Times(
        **{
            "start": None,
            "end": None,
            "baseline_start": None,
            "baseline_end": None,
            "progress": 0,
            "milestones": (),
            **fields,
        }
    )


def test_the_window_begins_five_quarters_before_today():
    assert first_quarter(date(2026, 11, 22)) == QuarterOfYear(2025, 3)


@pytest.mark.parametrize(
    ("text", "quarter"), [("2026-q4", QuarterOfYear(2026, 4)), ("2026-Q1", QuarterOfYear(2026, 1))]
)
def test_a_quarter_is_read_from_the_address(text, quarter):
    assert (QuarterOfYear.parse(text), quarter.value) == (quarter, text.lower())


@pytest.mark.parametrize("text", ["", "2026", "2026-q5", "2026-q0", "0001-q1", "9999-q4", "२०२६-q1", "2026-q1x", "-q1"])
def test_what_is_no_quarter_of_our_time_is_refused(text):
    with pytest.raises(OutsideTheCalendar):
        QuarterOfYear.parse(text)


@pytest.mark.parametrize(("quarters", "result"), [(4, (2027, 2)), (-5, (2025, 1)), (3, (2027, 1)), (-2, (2025, 4))])
def test_quarters_are_counted_across_years(quarters, result):
    assert QuarterOfYear(2026, 2).plus(quarters) == QuarterOfYear(*result)


def test_lines_stand_where_quarters_begin():
    assert [(line.x, line.label, line.strong) for line in quarter_lines(FIRST, 4)] == [
        ("0", "Q1", True),
        ("24.66", "Q2", False),
        ("49.59", "Q3", False),
        ("74.79", "Q4", False),
    ]


def test_a_year_is_named_where_it_begins_and_at_the_edge_where_there_is_room():
    assert year_labels(QuarterOfYear(2025, 3), 4) == [("0", 2025), ("50.41", 2026)]
    assert year_labels(QuarterOfYear(2025, 4), 4) == [("25.21", 2026)]


def test_a_late_measure_has_bar_fill_frame_and_hatching():
    drawn = bar(
        times(
            start=date(2026, 1, 1),
            end=date(2026, 10, 1),
            baseline_end=date(2026, 7, 1),
            progress=50,
            milestones=((date(2026, 4, 1), True), (date(2027, 4, 1), False)),
        ),
        YEAR,
    )
    assert drawn == Bar(
        planned=Box("0", "74.79"),
        done=Box("0", "37.26"),
        late=Box("49.59", "25.21"),
        resolved=Box("0", "49.59"),
        marks=(Mark("24.66", True),),
        comes_from_before=False,
        goes_on=False,
        note_x="74.79",
        note_ends_here=False,
    )


def test_a_bar_that_crosses_the_window_is_cut_and_says_so():
    drawn = bar(times(start=date(2025, 1, 1), end=date(2028, 1, 1), baseline_end=date(2026, 7, 1)), YEAR)
    assert (drawn.planned, drawn.late, drawn.comes_from_before, drawn.goes_on, drawn.note_ends_here) == (
        Box("0", "100"),
        Box("49.59", "50.41"),
        True,
        True,
        True,
    )


@pytest.mark.parametrize(
    "dates",
    [
        {},
        {"start": date(2026, 2, 1)},
        {"end": date(2026, 2, 1)},
        {"start": date(2024, 1, 1), "end": date(2025, 1, 1)},
        {"start": date(2027, 1, 1), "end": date(2028, 1, 1)},
    ],
)
def test_what_has_no_time_within_the_window_has_no_bar(dates):
    drawn = bar(times(progress=40, **dates), YEAR)
    assert (drawn.planned, drawn.done, drawn.late, drawn.resolved) == (None, None, None, None)


def test_a_single_day_is_still_seen():
    assert bar(times(start=date(2026, 7, 1), end=date(2026, 7, 1)), YEAR).planned == Box("49.59", "0.2")
