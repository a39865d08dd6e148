"""What was promised for the half-year counts, also where it was moved out of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporting import payload
from reporting.compare import changes, due_milestones
from reporting.context import milestones
from tests.reporting.payloads import a_measure, a_milestone, a_payload

SEPTEMBER, OCTOBER, DECEMBER = date(2026, 9, 15), date(2026, 10, 1), date(2026, 12, 15)
FEBRUARY, AUGUST = date(2027, 2, 1), date(2027, 8, 1)
PILOT = a_milestone(planned=OCTOBER, resolved=SEPTEMBER)
MOVED = replace(PILOT, planned=FEBRUARY, moves=1)


def became(before, after, **values):
    """Promised day, fate and day of now of each milestone of a measure."""
    earlier = None if before is None else a_payload(a_measure(milestones=before))
    found = due_milestones(earlier, a_payload(a_measure(milestones=after, **values)))
    return [(one.promised, one.became, one.day) for one in found]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ((PILOT,), [(OCTOBER, "OPEN", OCTOBER)]),
        ((replace(PILOT, reached_on=SEPTEMBER),), [(OCTOBER, "REACHED", SEPTEMBER)]),
        ((replace(PILOT, reached_on=DECEMBER),), [(OCTOBER, "LATE", DECEMBER)]),
        ((MOVED,), [(OCTOBER, "POSTPONED", FEBRUARY)]),
        ((replace(MOVED, planned=DECEMBER),), [(OCTOBER, "POSTPONED", DECEMBER)]),
        ((replace(MOVED, reached_on=DECEMBER),), [(OCTOBER, "LATE", DECEMBER)]),
        ((replace(PILOT, planned=None, moves=1),), [(OCTOBER, "POSTPONED", None)]),
        ((replace(PILOT, planned=SEPTEMBER),), [(OCTOBER, "OPEN", SEPTEMBER)]),
        ((replace(PILOT, title="Probebetrieb"),), [(OCTOBER, "OPEN", OCTOBER)]),
        ((), [(OCTOBER, "DROPPED", None)]),
        ((replace(PILOT, key=2),), [(OCTOBER, "DROPPED", None)]),
    ],
)
def test_what_became_of_a_milestone_that_the_last_report_promised(after, expected):
    assert became((PILOT,), after) == expected


@pytest.mark.parametrize(
    ("corrected", "expected"), [(DECEMBER, [(DECEMBER, "OPEN", DECEMBER)]), (FEBRUARY, []), (AUGUST, [])]
)
def test_a_corrected_date_is_the_promise(corrected, expected):
    assert became((PILOT,), (replace(PILOT, planned=corrected),)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(PILOT, planned=FEBRUARY), replace(PILOT, planned=FEBRUARY, reached_on=DECEMBER)),
        (replace(PILOT, reached_on=SEPTEMBER), replace(PILOT, reached_on=SEPTEMBER)),
        (replace(PILOT, planned=None), PILOT),
    ],
)
def test_what_the_last_report_did_not_promise_for_the_half_year_does_not_count(before, after):
    assert became((before,), (after,)) == []


def test_a_measure_that_is_no_longer_pursued_drops_its_milestones_and_one_no_longer_reported_names_none():
    assert became((PILOT,), (PILOT,), phase="DEFERRED", is_active=False) == [(OCTOBER, "DROPPED", OCTOBER)]
    assert due_milestones(a_payload(a_measure(milestones=(PILOT,))), a_payload()) == ()


@pytest.mark.parametrize(
    ("milestone", "expected"),
    [
        (PILOT, [(SEPTEMBER, "POSTPONED", OCTOBER)]),
        (replace(PILOT, resolved=None, first_promised=OCTOBER), [(OCTOBER, "OPEN", OCTOBER)]),
        (replace(PILOT, resolved=date(2026, 5, 1), reached_on=DECEMBER), [(date(2026, 5, 1), "LATE", DECEMBER)]),
        (replace(PILOT, resolved=date(2026, 5, 1), reached_on=date(2026, 6, 30)), []),
        (replace(PILOT, resolved=FEBRUARY), []),
        (replace(PILOT, resolved=None), []),
    ],
)
def test_the_first_report_goes_by_the_resolved_plan(milestone, expected):
    assert became(None, (replace(milestone, moves=1),)) == expected


def test_reports_of_two_schemas_are_compared_milestones_by_their_title():
    before = payload.from_json((Path(__file__).parent / "schema-1.json").read_text())
    moved = (a_milestone("Pilot", key=7, planned=FEBRUARY, moves=1),)
    after = a_payload(replace(before.measures[0], status="AT_RISK", milestones=moved))
    assert [one.kind for one in changes(before, after)] == ["WORSE"]
    assert [(one.title, one.became) for one in due_milestones(before, after)] == [("Pilot", "POSTPONED")]


FATES = {
    "REACHED": [replace(PILOT, reached_on=SEPTEMBER)],
    "LATE": [replace(PILOT, reached_on=date(2026, 10, 23))],
    "POSTPONED": [MOVED],
    "OPEN": [PILOT],
    "DROPPED": [],
}


def told_of(*fates):
    """A report whose milestones had these fates."""
    keys = {key: FATES[fate] for key, fate in enumerate(fates, 1)}
    before = a_payload(a_measure(milestones=tuple(replace(PILOT, key=key) for key in keys)))
    now = (replace(milestone, key=key) for key, found in keys.items() for milestone in found)
    after = a_payload(a_measure(milestones=tuple(now)))
    return replace(after, due=due_milestones(before, after))


@pytest.mark.parametrize(
    ("fates", "figure", "sentence"),
    [
        ((), "", "Im Halbjahr war kein Meilenstein fällig."),
        (
            ("LATE",),
            "Meilensteinen des Halbjahrs erreicht, 1\xa0davon verspätet",
            "Der eine Meilenstein des Halbjahrs ist verspätet erreicht.",
        ),
        (
            ("REACHED", "REACHED"),
            "Meilensteinen des Halbjahrs erreicht",
            "Zwei von 2 Meilensteinen des Halbjahrs sind erreicht.",
        ),
        (
            ("POSTPONED", "DROPPED"),
            "Meilensteinen des Halbjahrs erreicht; 1\xa0verschoben, 1\xa0entfallen",
            "Keiner von 2 Meilensteinen des Halbjahrs ist erreicht; einer ist verschoben und einer ist entfallen.",
        ),
        (
            ("REACHED", "LATE", "POSTPONED", "POSTPONED", "OPEN"),
            "Meilensteinen des Halbjahrs erreicht, 1\xa0davon verspätet; 2\xa0verschoben, 1\xa0offen",
            "Zwei von 5 Meilensteinen des Halbjahrs sind erreicht, einer davon verspätet; "
            "zwei sind verschoben und einer ist offen.",
        ),
    ],
)
def test_the_sentence_leaves_none_out(fates, figure, sentence):
    told = told_of(*fates)
    assert milestones.finding(told) == sentence
    assert not fates or milestones.figure_text(told) == figure


def test_the_list_shows_each_promised_milestone_and_what_became_of_it():
    told = told_of("REACHED", "LATE", "POSTPONED", "OPEN", "DROPPED")
    due, ahead = milestones.parts(told)
    assert [(row.due, row.original, row.state, row.is_late) for row in due.rows] == [
        ("01.10.2026", "15.09.2026", "erreicht", False),
        ("01.10.2026", "15.09.2026", "erreicht, +22\xa0Tage", False),
        ("01.10.2026", "15.09.2026", "verschoben auf 01.02.2027", True),
        ("01.10.2026", "15.09.2026", "überfällig, 55\xa0Tage", True),
        ("01.10.2026", "15.09.2026", "entfallen", False),
    ]
    assert [(row.due, row.state) for row in ahead.rows] == [("01.02.2027", "offen")]


def test_what_was_reached_without_having_been_promised_stands_apart():
    early = replace(PILOT, planned=FEBRUARY, resolved=FEBRUARY, reached_on=SEPTEMBER)
    due, others, ahead = milestones.parts(a_payload(a_measure(milestones=(early,))))
    assert (due.rows, [row.state for row in others.rows], ahead.rows) == ([], ["erreicht"], [])


def test_a_report_of_schema_1_says_by_which_rule_it_counted():
    text = (Path(__file__).parent / "schema-1.json").read_text()
    told = payload.from_json(text)
    assert milestones.rule(told) != milestones.rule(a_payload())
    assert milestones.finding(told) == "Der eine Meilenstein des Halbjahrs ist offen."
