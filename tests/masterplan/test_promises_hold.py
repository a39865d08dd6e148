"""Whatever is done in whatever order: no promise is lost, and no committed date moves without update and promise."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ground import formats
from masterplan.change import InvalidChange, ReasonMissing
from masterplan.models import Basis, DueDatePromise, Measure, Milestone, Phase, StatusUpdate, UpdateState, Visibility
from masterplan.planning import AlreadyCommitted, delete_draft, edit_measure
from masterplan.promised import end_moved, promises_by_date
from masterplan.public.measures import published_measures, read_measures
from masterplan.public.profile import read_profile
from masterplan.publishing import ReasonForVisibilityMissing, set_visibility
from masterplan.resolving import resolve
from masterplan.restoring import restore
from masterplan.rules import UNMOVED, course, slip
from masterplan.scheduling import add_milestone, drop_milestone
from masterplan.updating import NewState, report
from masterplan.worklist import rows
from tests.builders import NOW, make_measure, make_milestone

DAYS = st.none() | st.integers(0, 4).map(lambda months: date(2027, 1, 31) + timedelta(30 * months))
REASONS = st.sampled_from(["", "Vergabe"])
REFUSED = (ReasonMissing, InvalidChange, ReasonForVisibilityMissing, AlreadyCommitted)


class Office(RuleBasedStateMachine):
    """One measure with a milestone, and a day that passes with every act."""

    def __init__(self):
        super().__init__()
        self.undone_in_the_end = transaction.atomic()
        self.undone_in_the_end.__enter__()
        self.now = NOW
        self.kept = []

    def teardown(self):
        transaction.set_rollback(True)
        self.undone_in_the_end.__exit__(None, None, None)

    @initialize(end=DAYS, milestone=DAYS)
    def plan(self, end, milestone):
        self.measure = make_measure(state={"planned_end": end} if end else None).pk
        planned = min(milestone, end) if milestone and end else milestone
        self.milestone = make_milestone(Measure.objects.get(pk=self.measure), planned=planned).pk
        self.remember()

    def act(self, activity, **arguments):
        self.now += timedelta(days=1)
        with suppress(REFUSED):
            activity(**arguments, by=None, now=self.now)

    @rule(end=DAYS, phase=st.sampled_from(Phase), reason=REASONS, correction=st.booleans())
    def reports(self, end, phase, reason, correction):
        values = {"planned_end": end, "phase": phase}
        state = NewState(measure_id=self.measure, values=values, reason=reason, correction=correction)
        self.act(lambda by, now: report(state, by=by, now=now))

    @rule(day=DAYS, reason=REASONS, correction=st.booleans())
    def moves_the_milestone(self, day, reason, correction):
        state = NewState(
            measure_id=self.measure,
            milestones={self.milestone: {"planned": day}},
            reason=reason,
            correction=correction,
        )
        self.act(lambda by, now: report(state, by=by, now=now))

    @rule(data=st.data(), field=st.sampled_from(["planned_end", "phase", "title"]), reason=REASONS)
    def restores(self, data, field, reason):
        earlier = data.draw(
            st.sampled_from(sorted(Measure.history.filter(id=self.measure).values_list("pk", flat=True)))
        )
        self.act(
            restore, measure_id=self.measure, history_id=earlier, field=field, reason=reason, expected_version=None
        )

    @rule(visibility=st.sampled_from(Visibility), reason=REASONS)
    def shows_or_hides(self, visibility, reason):
        self.act(set_visibility, measure_ids=[self.measure], visibility=visibility, reason=reason)

    @rule(basis=st.sampled_from([Basis.PLAN, Basis.RESOLUTION]))
    def resolves(self, basis):
        on = self.now.date()
        self.act(resolve, measure_ids=[self.measure], on=on, body="Rat", basis=basis)

    @rule(title=st.sampled_from(["Eins", "Zwei"]))
    def edits(self, title):
        self.act(edit_measure, measure_id=self.measure, values={"title": title}, expected_version=None)

    @rule(day=DAYS, reason=REASONS)
    def adds_another_milestone(self, day, reason):
        self.act(add_milestone, measure_id=self.measure, title="Noch einer", planned=day, reason=reason)

    @rule(reason=REASONS)
    def drops_the_milestone(self, reason):
        self.act(drop_milestone, milestone_id=self.milestone, expected_version=None, reason=reason)

    @precondition(lambda self: Measure.objects.get(pk=self.measure).is_committed)
    @rule()
    def tries_to_delete(self):
        with pytest.raises(AlreadyCommitted):
            delete_draft(measure_id=self.measure, by=None)

    @invariant()
    def no_promise_is_lost(self):
        now_there = list(DueDatePromise.objects.order_by("pk").values_list())
        assert now_there[: len(self.kept)] == self.kept
        self.kept = now_there

    @invariant()
    def what_stands_is_what_was_promised_last(self):
        measure = Measure.objects.get(pk=self.measure)
        if not measure.is_committed:
            assert self.kept == []
            return
        assert self.last_promised(None) == measure.planned_end
        for milestone in Milestone.objects.current():
            assert self.last_promised(milestone) == milestone.planned

    @invariant()
    def the_days_of_all_moves_lead_from_the_first_promise_to_the_last(self):
        for promises in DueDatePromise.objects.all().by_date().values():
            dues = [one.due for one in promises if one.due]
            assert sum(one.days for one in promises) == (dues[-1] - dues[0]).days

    @invariant()
    def list_table_and_page_tell_the_same_slip(self):
        measure = Measure.objects.get(pk=self.measure)
        promises = promises_by_date(measure)
        told = slip((one.kind, one.days) for one in promises.get((measure.pk, None), ()))
        assert DueDatePromise.objects.slips([measure.pk]).get(measure.pk, UNMOVED) == told
        (row,) = rows(Measure.objects.filter(pk=measure.pk), self.now.date())
        assert row.moved == end_moved(measure) == formats.slipped(told.times, told.days, told.forward)
        if measure.is_public:
            profile = read_profile(measure.slug)
            assert [profile.measure.slip] + [one.slip for one in read_measures(published_measures())] == [told] * 2
            public = {one.pk: one.promises for one in profile.milestones}
            assert public == {pk: tuple(promises.get((measure.pk, pk), ())) for pk in public}

    @invariant()
    def the_course_of_a_date_ends_where_it_stands(self):
        for (measure, milestone), promises in DueDatePromise.objects.all().by_date().items():
            assert course(promises)[-1].due == promises[-1].due, (measure, milestone)

    @invariant()
    def a_committed_date_moves_by_an_approved_update_alone(self):
        before, committed_before = self.planned, self.committed
        updates_before, promises_before = self.updates, self.promises
        self.remember()
        moved = [which for which in before if before[which] != self.planned[which]]
        if committed_before and moved:
            assert (self.updates - updates_before, self.promises - promises_before) == (1, len(moved))

    def last_promised(self, milestone):
        rows = DueDatePromise.objects.filter(milestone=milestone).order_by("pk")
        return rows.values_list("due", flat=True).last()

    def remember(self):
        measure = Measure.objects.get(pk=self.measure)
        self.committed = measure.is_committed
        self.planned = {
            "end": measure.planned_end,
            "milestone": Milestone.objects.get(pk=self.milestone).planned,
        }
        self.updates = StatusUpdate.objects.filter(state=UpdateState.APPROVED).count()
        self.promises = DueDatePromise.objects.count()


@pytest.mark.django_db
def test_no_sequence_of_acts_loses_a_promise_or_moves_one_in_silence():
    run_state_machine_as_test(
        Office, settings=settings(max_examples=40, stateful_step_count=12, deadline=None, derandomize=True)
    )
