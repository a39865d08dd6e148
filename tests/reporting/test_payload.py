import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reporting.compare import changes
from reporting.models import ReportState
from reporting.payload import SCHEMA_VERSION, UnknownSchema, from_json, sha256, to_json
from reporting.rules import FOLLOWS, code_of, expected_pages, may_follow, progress_of
from tests.reporting.payloads import PLAIN, a_measure, a_milestone, a_payload, moved

SCHEMA_1 = Path(__file__).parent / "schema-1.json"


def full_payload():
    before = a_measure()
    after = moved(before, date(2027, 3, 31), milestones=(a_milestone(planned=date(2026, 10, 1)),), goals=("Service",))
    return a_payload(after, changes=changes(a_payload(before), a_payload(after)))


def test_a_payload_comes_back_from_its_json_unchanged():
    told = full_payload()
    assert from_json(to_json(told)) == told


def test_the_same_payload_gives_the_same_text():
    assert sha256(to_json(full_payload())) == sha256(to_json(from_json(to_json(full_payload()))))


def test_a_report_of_schema_1_can_still_be_read():
    told = from_json(SCHEMA_1.read_text())
    assert (told.schema, told.measures[0].number, told.changes[0].kind) == (1, "BS-01", "POSTPONED")


def test_the_schema_of_today_is_the_kept_one():
    """When this fails, raise SCHEMA_VERSION, keep the old file and add one of the new schema."""
    kept = json.loads(SCHEMA_1.read_text())
    assert SCHEMA_VERSION == 1
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
