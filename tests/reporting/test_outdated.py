"""A draft is outdated by whatever a report tells of, and by nothing else."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Unit
from council.models import Meeting
from council.sitting import amend, cancel
from ground.journal import Entry, record
from ground.models import Town
from masterplan.models import Measure, Visibility
from masterplan.planning import edit_measure
from masterplan.publishing import set_visibility
from masterplan.scheduling import drop_milestone
from masterplan.updating import NewState, report
from reporting.desk import draft_rows
from reporting.drafting import ask_for_draft, last_change
from reporting.models import EditionKind
from reporting.opening import write_report
from strategy.editing import edit_field
from strategy.models import FieldOfAction
from tests.builders import make_measure, make_milestone, make_strategy, make_unit

ASKED = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def draft(world, time_machine):
    milestone = make_milestone(Measure.objects.get(title="Sichtbare Sache"), planned=date(2027, 1, 31))
    make_unit()
    time_machine.move_to(ASKED, tick=False)
    ask_for_draft(report_id=world.report.pk, kind=EditionKind.PUBLIC, by=world.officer)
    time_machine.move_to(LATER, tick=False)
    world.milestone, world.measure = milestone, milestone.measure
    return world


def is_outdated(world):
    return next(row for row in draft_rows(world.report) if row.slug == "oeffentlichkeit").is_outdated


def write(world):
    write_report(report_id=world.report.pk, assessment="Neu", meeting=None, expected_version=None, by=world.officer)


def withdraw(world):
    set_visibility(measure_ids=[world.measure.pk], visibility=Visibility.INTERNAL, reason="Irrtum", by=world.officer)


def move_milestone(world):
    moved = {world.milestone.pk: {"planned": date(2027, 3, 31)}}
    report(NewState(measure_id=world.measure.pk, milestones=moved, reason="Vergabe"), by=world.officer, now=LATER)


def tell_status(world):
    values = {"planned_end": date(2027, 9, 30)}
    report(NewState(measure_id=world.measure.pk, values=values, reason="Vergabe"), by=world.officer, now=LATER)


def rename_measure(world):
    edit_measure(measure_id=world.measure.pk, values={"title": "Anders"}, expected_version=None, by=world.officer)


def rename_field(world):
    field = FieldOfAction.objects.get()
    edit_field(field_id=field.pk, values={"title": "Anders"}, expected_version=None, by=world.officer)


def move_meeting(world):
    meeting = Meeting.objects.get()
    meeting.start = datetime(2026, 12, 15, 17, 0, tzinfo=UTC)
    amend(row=meeting, changed={"start": "Beginn"}, reason="Saal belegt", by=None)


CHANGES = {
    "the report's text": write,
    "a measure withdrawn from the public": withdraw,
    "a milestone moved": move_milestone,
    "a milestone dropped": lambda world: drop_milestone(
        milestone_id=world.milestone.pk, reason="Entfällt", expected_version=None, by=world.officer
    ),
    "a new measure": lambda world: make_measure("Neue Sache", visibility=Visibility.PUBLIC, now=LATER),
    "a measure's end moved": tell_status,
    "a measure's text": rename_measure,
    "a field of action renamed": rename_field,
    "the meeting moved": move_meeting,
    "the meeting cancelled": lambda world: cancel(meeting_id=Meeting.objects.get().pk, reason="Sturm", by=None),
    "a unit renamed": lambda world: tell(Unit.objects.get(), world),
    "the town renamed": lambda world: tell(Town.objects.get(), world),
}


def tell(row, world):
    """As the administration's pages do."""
    record(Entry(subject=row, kind=f"{row._meta.model_name}.changed", title="geändert"), by=world.officer)


@pytest.mark.parametrize("change", CHANGES)
def test_a_draft_is_outdated_by(draft, change):
    before = is_outdated(draft)
    CHANGES[change](draft)
    assert (before, is_outdated(draft)) == (False, True)


def test_what_no_report_tells_of_leaves_a_draft_as_it_is(draft):
    tell(draft.officer, draft)
    tell(make_strategy(), draft)
    assert not is_outdated(draft)


def test_it_is_known_by_one_query_that_collects_nothing(draft):
    with CaptureQueriesContext(connection) as caught:
        last_change()
    assert len(caught) == 1
