from dataclasses import replace
from datetime import date

import pytest

from reporting.compare import changes
from tests.reporting.payloads import PLAIN, a_measure, a_payload, moved

END = date(2026, 12, 31)
LATER, EARLIER = date(2027, 3, 31), date(2026, 12, 1)
DONE = {"phase": "COMPLETED", "status": "COMPLETED", "is_active": False, "phase_label": "abgeschlossen"}
DEFERRED = {"phase": "DEFERRED", "status": "DEFERRED", "is_active": False, "phase_label": "zurückgestellt"}


def told(before, after):
    """Kind, from, to, days, times and reason of each change."""
    found = changes(before and a_payload(before), a_payload(after))
    return [(one.kind, one.before, one.after, one.days, one.times, one.reason) for one in found]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (PLAIN, []),
        (moved(PLAIN, LATER), [("POSTPONED", "31.12.2026", "31.03.2027", 90, 1, "Vergabe wiederholt")]),
        (moved(moved(PLAIN, LATER), END), []),
        (
            moved(moved(PLAIN, date(2027, 1, 30)), LATER, reason="Personal fehlt"),
            [("POSTPONED", "31.12.2026", "31.03.2027", 90, 2, "Personal fehlt")],
        ),
        (
            moved(PLAIN, EARLIER, kind="BROUGHT_FORWARD", reason="Montage in den Ferien"),
            [("BROUGHT_FORWARD", "31.12.2026", "01.12.2026", -30, 0, "Montage in den Ferien")],
        ),
        (moved(PLAIN, LATER, kind="CORRECTION"), []),
        (moved(PLAIN, None, kind="DROPPED"), [("POSTPONED", "31.12.2026", "offen", 0, 0, "Vergabe wiederholt")]),
        (replace(PLAIN, planned_end=LATER), []),
        (replace(PLAIN, status="AT_RISK", sentence="Es hakt"), [("WORSE", "im Plan", "gefährdet", 0, 0, "Es hakt")]),
        (
            moved(PLAIN, LATER, status="CRITICAL"),
            [("WORSE", "im Plan", "kritisch", 90, 1, "Vergabe wiederholt")],
        ),
        (
            replace(PLAIN, **DONE, actual_end=date(2027, 1, 10), sentence="Es läuft"),
            [("FINISHED", "31.12.2026", "10.01.2027", 10, 0, "Es läuft")],
        ),
        (
            replace(PLAIN, **DEFERRED, planned_end=None, sentence="Kein Geld"),
            [("DEFERRED", "31.12.2026", "zurückgestellt", 0, 0, "Kein Geld")],
        ),
    ],
)
def test_one_measure_in_two_reports(after, expected):
    assert told(PLAIN, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            a_measure(status="AT_RISK"),
            moved(PLAIN, LATER),
            [
                ("POSTPONED", "31.12.2026", "31.03.2027", 90, 1, "Vergabe wiederholt"),
                ("BETTER", "gefährdet", "im Plan", 0, 0, ""),
            ],
        ),
        (a_measure(status="NOT_ASSESSED"), a_measure(status="ON_TRACK"), []),
        (
            a_measure(status="NOT_ASSESSED"),
            a_measure(status="AT_RISK"),
            [("WORSE", "nicht bewertet", "gefährdet", 0, 0, "")],
        ),
        (a_measure(**DONE), a_measure(**DONE), []),
        (
            a_measure(**DEFERRED),
            a_measure(sentence="Geld ist da"),
            [("RESUMED", "zurückgestellt", "in Umsetzung", 0, 0, "Geld ist da")],
        ),
    ],
)
def test_two_states_of_a_measure(before, after, expected):
    assert told(before, after) == expected


def test_a_measure_that_the_last_report_did_not_have_is_new():
    (change,) = changes(a_payload(), a_payload(a_measure(basis="einzelner Beschluss")))
    assert (change.kind, change.before, change.after, change.reason) == (
        "NEW",
        "",
        "in Umsetzung, Ende 31.12.2026",
        "einzelner Beschluss",
    )


def test_a_measure_that_is_no_longer_reported_is_not_named():
    assert changes(a_payload(PLAIN), a_payload()) == ()


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (PLAIN, []),
        (replace(moved(PLAIN, LATER), resolved_end=END), [("POSTPONED", 90, 1)]),
        (replace(PLAIN, resolved_end=LATER), [("BROUGHT_FORWARD", -90, 0)]),
        (replace(PLAIN, **DONE, actual_end=LATER, resolved_end=END), [("FINISHED", 90, 0)]),
    ],
)
def test_the_first_report_compares_with_the_resolved_dates(measure, expected):
    assert [(one.kind, one.days, one.times) for one in changes(None, a_payload(measure))] == expected


def test_the_weightiest_change_comes_first():
    before = [a_measure(number=f"BS-0{n}") for n in range(1, 6)]
    before.append(a_measure(number="BS-06", status="CRITICAL"))
    after = [
        moved(before[0], EARLIER, kind="BROUGHT_FORWARD"),
        moved(before[1], LATER),
        replace(before[2], status="AT_RISK"),
        replace(before[3], status="CRITICAL"),
        replace(before[4], **DONE),
        moved(replace(before[5], status="CRITICAL"), LATER),
    ]
    found = changes(a_payload(*before), a_payload(*after))
    assert [(one.kind, one.number) for one in found] == [
        ("WORSE", "BS-04"),
        ("POSTPONED", "BS-06"),
        ("WORSE", "BS-03"),
        ("POSTPONED", "BS-02"),
        ("FINISHED", "BS-05"),
        ("BROUGHT_FORWARD", "BS-01"),
    ]


def test_what_ended_on_the_promised_day_names_that_day_once() -> None:
    done = a_measure(**DONE, actual_end=END)
    assert told(PLAIN, done) == [("FINISHED", "", "31.12.2026, wie zuletzt berichtet", 0, 0, "")]
