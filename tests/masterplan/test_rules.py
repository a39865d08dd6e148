import re
from datetime import date

import pytest

from masterplan.models import Health
from masterplan.reasons import criteria_in_words
from masterplan.rules import (
    Criteria,
    Deadline,
    Promised,
    Slip,
    course,
    elapsed_share,
    kind_of_move,
    numbered,
    slip,
    weighted_progress,
)


@pytest.mark.parametrize(("serial", "number"), [(1, "BS-01"), (42, "BS-42"), (100, "BS-100")])
def test_a_number_has_at_least_two_digits(serial: int, number: str) -> None:
    assert numbered("BS", serial) == number


@pytest.mark.parametrize(
    ("milestones", "progress"),
    [
        ([], None),
        ([(1, False)], 0),
        ([(1, True), (1, True), (1, False)], 66),
        ([(3, True), (1, False)], 75),
        ([(1, True)] * 7, 100),
    ],
)
def test_progress_is_the_weighted_share_rounded_down(milestones: list, progress: int | None) -> None:
    assert weighted_progress(milestones) == progress


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [
        (date(2026, 1, 1), date(2026, 1, 11), 50),
        (date(2026, 1, 7), date(2026, 1, 11), 0),
        (date(2025, 1, 1), date(2026, 1, 5), 100),
        (date(2026, 1, 6), date(2026, 1, 6), 100),
        (None, date(2026, 1, 11), None),
        (date(2026, 1, 1), None, None),
        (date(2026, 1, 11), date(2026, 1, 1), None),
    ],
)
def test_elapsed_time_stays_between_start_and_end(start: date | None, end: date | None, share: int | None) -> None:
    assert elapsed_share(start, end, date(2026, 1, 6)) == share


@pytest.mark.parametrize(
    ("phase", "planned", "actual", "resolved", "days", "is_behind"),
    [
        ("IN_PROGRESS", date(2026, 12, 31), None, None, 0, False),
        ("IN_PROGRESS", date(2027, 1, 10), None, None, 10, True),
        ("IN_PROGRESS", date(2027, 1, 10), None, date(2027, 1, 10), 0, False),
        ("IN_PROGRESS", date(2026, 6, 30), None, date(2026, 6, 30), 145, True),
        ("IN_PROGRESS", None, None, None, None, False),
        ("IN_PROGRESS", None, None, date(2026, 11, 12), 10, True),
        ("COMPLETED", date(2026, 12, 31), date(2026, 12, 1), None, -30, False),
        ("COMPLETED", date(2026, 1, 31), date(2027, 1, 1), None, 1, False),
        ("PROPOSED", date(2027, 6, 30), None, None, None, False),
        ("DEFERRED", date(2027, 6, 30), None, None, None, False),
        ("MERGED", date(2027, 6, 30), None, None, None, False),
    ],
)
def test_only_what_is_at_work_is_behind_by_the_days_to_its_end_or_to_today(
    phase, planned, actual, resolved, days, is_behind
) -> None:
    deadline = Deadline(phase, planned, actual, resolved, first_promised=date(2026, 12, 31))
    today = date(2026, 11, 22)
    assert (deadline.days_behind(today), deadline.is_behind(today)) == (days, is_behind)


def test_a_slip_counts_postponements_and_nets_the_days() -> None:
    moves = [("FIRST", 0), ("POSTPONED", 90), ("CORRECTION", 30), ("BROUGHT_FORWARD", -10), ("POSTPONED", 5)]
    assert slip(moves) == Slip(times=2, days=85, forward=1)


def promised(kind: str, on: int, due: int | None) -> Promised:
    return Promised(kind, date(2026, on, 1), date(2027, due, 1) if due else None, 0)


@pytest.mark.parametrize(
    ("promises", "stands"),
    [
        pytest.param(
            [("FIRST", 1, 3), ("POSTPONED", 5, 6)], [(1, 3, False), (5, 6, False)], id="a move is a new point"
        ),
        pytest.param([("FIRST", 1, 3), ("CORRECTION", 2, 4)], [(1, 4, True)], id="a correction redraws the point"),
        pytest.param(
            [("FIRST", 1, 3), ("POSTPONED", 2, 9), ("CORRECTION", 3, 4), ("POSTPONED", 5, 6)],
            [(1, 3, False), (2, 4, True), (5, 6, False)],
            id="only the last point, and what follows stays",
        ),
        pytest.param(
            [("FIRST", 1, 3), ("DROPPED", 2, None), ("CORRECTION", 4, 5)],
            [(1, 5, True), (2, None, False), (4, 5, False)],
            id="a corrected date that comes back after it was dropped",
        ),
    ],
)
def test_a_course_has_a_point_for_each_promise_and_none_for_a_correction(promises, stands) -> None:
    found = [(one.on.month, one.due and one.due.month, one.corrected) for one in course(promised(*p) for p in promises)]
    assert found == stands


@pytest.mark.parametrize(
    ("before", "after", "correction", "kind"),
    [
        (None, date(2026, 1, 1), False, "FIRST"),
        (date(2026, 1, 1), date(2026, 1, 2), False, "POSTPONED"),
        (date(2026, 1, 2), date(2026, 1, 1), False, "BROUGHT_FORWARD"),
        (date(2026, 1, 1), date(2026, 1, 2), True, "CORRECTION"),
        (date(2026, 1, 1), None, True, "DROPPED"),
    ],
)
def test_a_new_date_is_named_by_what_it_does_to_the_old_one(
    before: date | None, after: date | None, correction: bool, kind: str
) -> None:
    assert kind_of_move(before, after, correction) == kind


def test_a_delay_of_30_days_meets_the_criteria_of_one_health_only() -> None:
    words = [criteria_in_words(health, Criteria()) for health in Health]
    days = [re.findall(r"(?:Weniger als|Ab) 30 Tagen?", text) for text in words]
    assert days == [["Weniger als 30 Tage"], ["Ab 30 Tagen"], [], []]
