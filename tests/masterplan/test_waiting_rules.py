"""What waits for what, without a database: circles, knock-on, budget years, and how grave a risk is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterplan.rules.risk import risk_level
from masterplan.rules.waiting import Schedule, Wait, around, cycle, knock_on, years_crossed

DAY = date(2027, 1, 1)
NODES = st.integers(0, 7)


def on(number):
    """So many days after DAY."""
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("edges", "new", "way"),
    [
        ([], ("a", "b"), None),
        ([], ("a", "a"), ["a"]),
        ([("a", "b")], ("a", "b"), None),
        ([("a", "b")], ("b", "a"), ["a", "b"]),
        ([("a", "b"), ("b", "c")], ("c", "a"), ["a", "b", "c"]),
        ([("a", "b"), ("b", "c"), ("a", "c")], ("c", "a"), ["a", "c"]),
        ([("a", "b"), ("c", "d")], ("b", "c"), None),
    ],
)
def test_a_circle_is_found_with_the_shortest_way_around(edges, new, way):
    assert cycle(edges, new) == way


@given(st.lists(st.tuples(NODES, NODES)))
def test_no_sequence_of_edges_that_are_let_in_makes_a_circle(wanted):
    edges = []
    for edge in wanted:
        if cycle(edges, edge) is None:
            edges.append(edge)
    left = set(edges)
    while ends := left and {after for _, after in left} - {before for before, _ in left}:
        left = {edge for edge in left if edge[1] not in ends}
    assert left == set()


def test_around_a_measure_lies_what_it_waits_for_and_what_waits_for_it_but_not_their_others():
    edges = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "x"), ("y", "c")]
    assert around(edges, "b") == {"a", "b", "c", "d"}


WHOLE = {1: Schedule(on(0), on(10), begun=True), 2: Schedule(on(20), on(30)), 3: Schedule(on(35), on(40))}


def told(schedules, waits, moved):
    return [
        (one.wait.after, one.kind, one.due and (one.due - DAY).days, (one.earliest - DAY).days, one.missing)
        for one in knock_on(schedules, waits, moved)
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (10, []),
        (15, [(2, "start", 20, 15, -5)]),
        (20, [(2, "start", 20, 20, 0)]),
        (25, [(2, "start", 20, 25, 5)]),
        (26, [(2, "start", 20, 26, 6), (3, "start", 35, 36, 1)]),
        (5, [(2, "start", 20, 5, -15)]),
        (None, []),
    ],
)
def test_an_end_that_moves_pushes_what_waits_and_what_waits_for_that(end, expected):
    moved = {1: Schedule(on(0), None if end is None else on(end), begun=True)}
    assert told(WHOLE, [Wait(2, 3), Wait(1, 2)], moved) == expected


def test_days_between_are_asked_for():
    moved = {1: Schedule(on(0), on(12))}
    assert told(WHOLE, [Wait(1, 2, lag=14)], moved) == [(2, "start", 20, 26, 6)]


@pytest.mark.parametrize(
    ("follower", "expected"),
    [
        (Schedule(on(0), on(20), begun=True), [(2, "end", 20, 25, 5)]),
        (Schedule(None, on(20)), [(2, "end", 20, 25, 5)]),
        (Schedule(), [(2, "end", None, 25, None)]),
        (Schedule(on(0), on(20), finished=True), []),
    ],
)
def test_what_has_to_move_is_the_start_the_end_or_nothing(follower, expected):
    assert told({1: WHOLE[1], 2: follower}, [Wait(1, 2)], {1: Schedule(on(0), on(25))}) == expected


def test_a_milestone_pushes_a_milestone_and_that_the_end_which_others_wait_for():
    schedules = {
        1: Schedule(on(0), on(50), milestones={11: on(10)}),
        2: Schedule(on(5), on(30), milestones={21: on(28)}),
        3: Schedule(on(31), on(60)),
    }
    waits = [Wait(1, 2, milestone=11, waiting=21), Wait(2, 3)]
    moved = {1: Schedule(on(0), on(50), milestones={11: on(35)})}
    assert told(schedules, waits, moved) == [(2, "milestone", 28, 35, 7), (3, "start", 31, 35, 4)]


def test_a_milestone_that_is_reached_waits_no_more():
    schedules = {1: WHOLE[1], 2: Schedule(on(5), on(30), milestones={21: on(8)}, reached=frozenset({21}))}
    assert told(schedules, [Wait(1, 2, waiting=21)], {1: Schedule(on(0), on(25))}) == []


def test_within_a_measure_one_milestone_pushes_another():
    schedules = {1: Schedule(on(0), on(50), milestones={11: on(10), 12: on(15)})}
    moved = {1: Schedule(on(0), on(50), milestones={11: on(20), 12: on(15)})}
    assert told(schedules, [Wait(1, 1, milestone=11, waiting=12)], moved) == [(1, "milestone", 15, 20, 5)]


def test_of_two_that_are_waited_for_the_later_one_is_told():
    schedules = {1: WHOLE[1], 2: WHOLE[2], 3: Schedule(on(25), on(90))}
    waits = [Wait(1, 3), Wait(2, 3), Wait(1, 2)]
    assert told(schedules, waits, {1: Schedule(on(0), on(24))}) == [(2, "start", 20, 24, 4), (3, "start", 25, 34, 9)]


def test_a_measure_brought_forward_is_held_against_what_it_waits_for_itself():
    moved = {2: Schedule(on(8), on(30))}
    assert told(WHOLE, [Wait(1, 2)], moved) == [(2, "start", 8, 10, 2)]


@given(
    st.lists(st.tuples(NODES, NODES, st.integers(0, 30)), max_size=20),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=8, max_size=8),
    NODES,
    st.integers(0, 200),
)
def test_whoever_moves_as_far_as_told_waits_for_nothing_that_is_late(wanted, spans, mover, by):
    waits, edges = [], []
    for before, after, lag in wanted:
        if cycle(edges, (before, after)) is None:
            edges.append((before, after))
            waits.append(Wait(before, after, lag))
    schedules = {node: Schedule(on(start), on(start + length)) for node, (start, length) in enumerate(spans)}
    end = schedules[mover].end + timedelta(days=by)
    moved = {mover: Schedule(schedules[mover].start, end)}
    effects = {one.wait.after: one for one in knock_on(schedules, waits, moved) if one.bites}
    now = {**schedules, **moved}
    for node, one in effects.items():
        assert node != mover
        now[node] = schedules[node].later(one.wait, one.missing)
    for wait in waits:
        if now[wait.before].end != schedules[wait.before].end:
            assert now[wait.after].start >= now[wait.before].end + timedelta(days=wait.lag) or wait.after == mover


@pytest.mark.parametrize(
    ("before", "after", "years"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), [2026]),
        (date(2026, 6, 1), date(2026, 12, 31), []),
        (date(2026, 6, 1), date(2028, 1, 1), [2026, 2027]),
        (date(2027, 1, 1), date(2026, 12, 31), []),
        (None, date(2027, 1, 1), []),
        (date(2026, 1, 1), None, []),
    ],
)
def test_a_budget_year_is_crossed_where_the_end_leaves_it(before, after, years):
    assert years_crossed(before, after) == years


def test_the_level_of_a_risk_follows_from_both_its_sides():
    levels = [[risk_level(likelihood, impact) for impact in (1, 2, 3)] for likelihood in (3, 2, 1)]
    assert levels == [["MEDIUM", "HIGH", "HIGH"], ["LOW", "MEDIUM", "HIGH"], ["LOW", "LOW", "MEDIUM"]]
