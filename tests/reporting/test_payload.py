import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from masterplan.rules import Deadline
from reporting import collect, schema_1
from reporting.compare import changes, due_milestones
from reporting.context import document
from reporting.models import ReportState
from reporting.payload import SCHEMA_VERSION, Slip, UnknownSchema, from_json, sha256, to_json
from reporting.rules import FOLLOWS, code_of, expected_pages, may_follow, progress_of
from tests.reporting.payloads import PLAIN, a_measure, a_milestone, a_payload, moved
from tests.reporting.proof import PROOF

SCHEMA_1, SCHEMA_2 = (Path(__file__).parent / f"schema-{number}.json" for number in (1, 2))
PILOT = a_milestone(planned=date(2026, 10, 1))


def full_payload():
    before = a_payload(a_measure(milestones=(PILOT,)))
    milestone = replace(PILOT, planned=date(2027, 1, 31), moves=1)
    after = a_payload(moved(before.measures[0], date(2027, 3, 31), milestones=(milestone,), goals=("Service",)))
    return replace(after, changes=changes(before, after), due=due_milestones(before, after))


def test_a_payload_comes_back_from_its_json_unchanged():
    told = full_payload()
    assert from_json(to_json(told)) == told


def test_the_same_payload_gives_the_same_text():
    assert sha256(to_json(full_payload())) == sha256(to_json(from_json(to_json(full_payload()))))


def test_a_report_of_schema_1_can_still_be_read_and_says_what_its_file_says():
    told = from_json(SCHEMA_1.read_text())
    measure, (due,) = told.measures[0], told.due
    assert (told.schema, measure.number, told.changes[0].kind) == (1, "BS-01", "POSTPONED")
    assert (measure.baseline_end, measure.days_behind, measure.is_behind) == (date(2026, 12, 31), 90, True)
    assert (measure.is_overdue, measure.slip) == (False, Slip(times=1, days=90))
    assert (due.number, due.title, due.promised, due.became) == ("BS-01", "Pilot", date(2026, 10, 1), "OPEN")


OVERDUE, DONE = {"planned_end": "2026-10-31"}, {"phase": "COMPLETED", "is_active": False, "actual_end": "2027-01-10"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ("2026-12-31", 90, True, False)),
        (OVERDUE, ("2026-12-31", -36, False, True)),
        (OVERDUE | {"resolved_end": "2026-09-30"}, ("2026-09-30", 56, True, True)),
        (DONE, ("2026-12-31", 10, False, False)),
        ({"phase": "DEFERRED", "is_active": False}, ("2026-12-31", None, False, False)),
        ({"first_promised_end": None}, (None, None, False, False)),
        ({"planned_end": None}, ("2026-12-31", None, False, False)),
        ({"planned_end": None, "first_promised_end": "2026-11-01"}, ("2026-11-01", 24, True, False)),
    ],
)
def test_how_schema_1_counted_delay(values, expected):
    raw = json.loads(SCHEMA_1.read_text())
    raw["measures"] = [raw["measures"][0] | values]
    (measure,) = schema_1.completed(raw)["measures"]
    assert tuple(measure[name] for name in ("baseline_end", "days_behind", "is_behind", "is_overdue")) == expected


def test_a_rule_that_changes_reaches_what_is_collected_and_nothing_that_is_stored(monkeypatch):
    stored = [SCHEMA_1.read_text(), SCHEMA_2.read_text()]
    before = [document(from_json(text), PROOF) for text in stored]
    monkeypatch.setattr(Deadline, "days_behind", lambda deadline, today: 999)
    monkeypatch.setattr(collect, "slip", lambda moves: Slip(times=9, days=999))
    (collected,) = a_payload(PLAIN).measures
    assert (collected.days_behind, collected.is_behind, collected.slip) == (999, True, Slip(times=9, days=999))
    assert [document(from_json(text), PROOF) for text in stored] == before


def test_the_schema_of_today_is_the_kept_one():
    """When this fails, raise SCHEMA_VERSION, keep the old file and add one of the new schema."""
    kept = json.loads(SCHEMA_2.read_text())
    assert SCHEMA_VERSION == 2
    assert json.loads(to_json(full_payload())) == kept


def test_a_report_of_a_later_schema_is_refused():
    with pytest.raises(UnknownSchema):
        from_json(to_json(replace(a_payload(PLAIN), schema=SCHEMA_VERSION + 1)))


def test_the_code_is_made_of_period_and_hash():
    assert code_of(2026, 2, "00443214c74254b635cf" + "0" * 44) == "26H2-0123-4567"


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("COLLECTING", "FROZEN", True),
        ("COLLECTING", "RELEASED", False),
        ("FROZEN", "FROZEN", True),
        ("FROZEN", "COLLECTING", False),
        ("FROZEN", "RELEASED", True),
        ("RELEASED", "FROZEN", True),
        ("RELEASED", "COLLECTING", False),
    ],
)
def test_what_state_follows_which(before, after, allowed):
    assert may_follow(before, after) is allowed


def test_every_state_of_a_report_has_its_rule():
    assert set(FOLLOWS) == set(ReportState)


def test_progress_of_a_rendering_rises_to_85():
    assert [progress_of(pages, expected_pages(24)) for pages in (0, 10, 21, 99)] == [5, 43, 85, 85]
