"""What ended otherwise owes nothing any more: neither an end nor a milestone of it is late."""

from dataclasses import replace
from datetime import date

import pytest

from ground.halfyears import HalfYear
from reporting.context.overview import groups, milestone_parts
from reporting.context.page_one import due_milestones, finding
from reporting.context.profiles import profiles
from tests.reporting.payloads import a_measure, a_milestone, a_payload

LATE = {"planned_end": date(2027, 3, 31), "milestones": (a_milestone(planned=date(2026, 7, 31)),)}
ENDED = [("DEFERRED", "zurückgestellt"), ("REJECTED", "verworfen"), ("MERGED", "zusammengeführt")]


def late(told) -> tuple:
    """Of the overview, of the list of milestones, of the profile, and how many milestones were due."""
    (row,), parts, (profile,) = groups(told)[0].rows, milestone_parts(told), profiles(told)
    states = [one.state for part in parts for one in part.rows]
    return (
        row.behind,
        row.is_late,
        states,
        profile.milestones[0].state,
        due_milestones(told.measures, HalfYear(2026, 2)),
    )


@pytest.mark.parametrize(("phase", "label"), ENDED)
def test_what_is_no_longer_pursued_is_nowhere_late(phase, label) -> None:
    running = a_measure(**LATE)
    ended = replace(running, phase=phase, phase_label=label, status=phase, is_active=False)
    assert late(a_payload(running)) == ("+90", True, ["überfällig, 117\xa0Tage"], "überfällig", (1, 0))
    assert late(a_payload(ended)) == ("–", False, [], "offen", (0, 0))
    assert finding(a_payload(ended)) == "Die Maßnahme liegt nicht hinter der Zusage."


def test_an_end_that_went_by_is_late_without_having_been_moved() -> None:
    overdue = a_measure(planned_end=date(2026, 10, 31), first_promised_end=date(2026, 10, 31))
    (row,), (profile,) = groups(a_payload(overdue))[0].rows, profiles(a_payload(overdue))
    assert (row.behind, row.is_late) == ("+25", True)
    assert profile.state.endswith("Das Ende am 31.10.2026 ist überfällig.")
