"""The journal by steps."""

from datetime import timedelta

import pytest

from ground.journal import Entry, record
from ground.models import Event
from ground.steps import LISTED, WINDOW, first_events, steps_of, windows
from tests.builders import NOW, make_unit, make_user

pytestmark = pytest.mark.django_db


def write(subjects, *titles, by=None, at=NOW):
    record(*(Entry(subject=one, kind="unit.x", title=title) for one in subjects for title in titles), by=by, at=at)


def test_a_step_is_what_one_author_wrote_in_one_moment():
    ott, units = make_user(), [make_unit(f"Amt {n}") for n in range(3)]
    write(units, "A", "B")
    write(units[:1], "A", by=ott)
    write(units[:1], "A", at=NOW + timedelta(microseconds=1))
    assert {(step.moment, step.author): step.subjects for step in steps_of(Event.objects.all())} == {
        (NOW + timedelta(microseconds=1), None): 1,
        (NOW, ott.pk): 1,
        (NOW, None): 3,
    }


def test_each_step_names_its_first_subjects_however_much_another_wrote():
    units = [make_unit(f"Amt {n}") for n in range(LISTED + 5)]
    earlier = NOW - timedelta(days=1)
    write(units[:2], "Alt", at=earlier)
    write(units, "A", "B")
    events = Event.objects.all()
    found = first_events(events, steps_of(events))
    assert {moment: len(written) for (moment, _), written in found.items()} == {NOW: 2 * LISTED, earlier: 2}


def test_a_window_holds_whole_days_and_the_last_one_everything():
    unit = make_unit("Amt")
    for place in range(WINDOW + 5):
        write([unit], "A", at=NOW - timedelta(minutes=place))
    write([unit], "A", at=NOW - timedelta(days=2))
    assert [events.count() for events in windows(Event.objects.all())] == [WINDOW + 5, WINDOW + 6]
