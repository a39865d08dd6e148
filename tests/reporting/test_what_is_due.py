"""What ended otherwise owes nothing any more: neither an end nor a milestone of it is late."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.context.milestones import parts
from reporting.context.overview import groups
from reporting.context.page_one import finding
from reporting.context.profiles import profiles
from tests.reporting.payloads import a_measure, a_milestone, a_payload

LATE = {"planned_end": date(2027, 3, 31), "milestones": (a_milestone(planned=date(2026, 7, 31)),)}
ENDED = [("DEFERRED", "zurückgestellt"), ("REJECTED", "verworfen"), ("MERGED", "zusammengeführt")]


def late(told) -> tuple:
    """Of the overview, of the list of milestones and of the profile."""
    (row,), (profile,) = groups(told)[0].rows, profiles(told)
    states = [one.state for part in parts(told) for one in part.rows]
    return row.behind, row.is_late, states, profile.milestones[0].state


@pytest.mark.parametrize(("phase", "label"), ENDED)
def test_what_is_no_longer_pursued_is_nowhere_late(phase, label) -> None:
    running = a_measure(**LATE)
    ended = replace(running, phase=phase, phase_label=label, status=phase, is_active=False)
    assert late(a_payload(running)) == ("+90", True, ["überfällig, 117\xa0Tage"], "überfällig")
    assert late(a_payload(ended)) == ("–", False, [], "offen")
    assert finding(a_payload(ended)) == "Die Maßnahme liegt nicht hinter der Zusage."


def test_an_end_that_went_by_is_late_without_having_been_moved() -> None:
    overdue = a_measure(planned_end=date(2026, 10, 31), first_promised_end=date(2026, 10, 31))
    (row,), (profile,) = groups(a_payload(overdue))[0].rows, profiles(a_payload(overdue))
    assert (row.behind, row.is_late) == ("+25", True)
    assert profile.state.endswith("Das Ende am 31.10.2026 ist überfällig.")
