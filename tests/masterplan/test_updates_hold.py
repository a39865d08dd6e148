"""Whatever is drafted, sent, returned and approved in whatever order: nothing changes without an approved update, and
of each measure one update at the most is open."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from masterplan.asking import ask
from masterplan.change import CONTROLLED, InvalidChange, ReasonMissing
from masterplan.deriving import derive_health
from masterplan.drafting import MeasureEnded, UpdateOvertaken, discard, report_unchanged, save_draft, submit
from masterplan.models import DueDatePromise, Measure, Milestone, StatusRequest, StatusUpdate, UpdateState
from masterplan.new_state import NewState
from masterplan.reviewing import AlreadyDecided, approve, give_back
from masterplan.updating import report
from tests.builders import NOW, make_measure, make_milestone, make_officer, make_public_measure, make_user

END = date(2027, 3, 31)
REFUSED = (InvalidChange, ReasonMissing, UpdateOvertaken, AlreadyDecided, MeasureEnded)
DAYS = st.integers(0, 4).map(lambda months: END + timedelta(30 * months))
VALUES = st.fixed_dictionaries(
    {}, optional={"planned_end": DAYS, "health": st.sampled_from(["", "CRITICAL"]), "phase": st.just("DEFERRED")}
)


class Office(RuleBasedStateMachine):
    """One measure with a milestone; two who report on it, one who decides, and a day that passes with every act."""

    def __init__(self):
        super().__init__()
        self.undone_in_the_end = transaction.atomic()
        self.undone_in_the_end.__enter__()
        self.now = NOW
        self.officer, self.clerks = make_officer(), (make_user(), make_user())
        self.decided = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.undone_in_the_end.__exit__(None, None, None)

    @initialize()
    def plan(self):
        one, other = self.clerks
        state = {"phase": "IN_PROGRESS", "planned_end": END}
        self.measure = make_public_measure(state=state, responsible=one, deputy=other).pk
        self.milestone = make_milestone(Measure.objects.get(pk=self.measure), planned=date(2027, 2, 1)).pk
        self.target = make_measure("Ziel").pk
        self.remember()

    def act(self, activity, **arguments):
        self.now += timedelta(days=1)
        with suppress(*REFUSED), transaction.atomic():
            activity(**arguments, now=self.now)

    def seen(self, data):
        """What somebody may have had before them: the newest, nothing, or an older one."""
        newest = StatusUpdate.objects.open().values_list("version", flat=True).first()
        return data.draw(st.sampled_from([newest, newest, None, 1]))

    @rule(data=st.data(), values=VALUES, reason=st.sampled_from(["", "Vergabe"]), who=st.booleans(), send=st.booleans())
    def writes(self, data, values, reason, who, send):
        state = NewState(measure_id=self.measure, values=values, reason=reason, remarks="Text")
        self.act(submit if send else save_draft, state=state, seen=self.seen(data), by=self.clerks[who])

    @rule(who=st.booleans())
    def says_unchanged(self, who):
        """Which never needs a reason."""
        self.now += timedelta(days=1)
        with suppress(UpdateOvertaken, MeasureEnded), transaction.atomic():
            report_unchanged(measure_id=self.measure, by=self.clerks[who], now=self.now)

    @rule(data=st.data(), day=DAYS)
    def moves_the_milestone(self, data, day):
        dates = {self.milestone: {"planned": day}}
        state = NewState(measure_id=self.measure, milestones=dates, reason="Vergabe")
        self.act(submit, state=state, seen=self.seen(data), by=self.clerks[0])

    @rule(data=st.data())
    def throws_away(self, data):
        seen = self.seen(data) or 1
        with suppress(*REFUSED), transaction.atomic():
            discard(measure_id=self.measure, seen=seen, by=self.clerks[0])

    @rule(data=st.data(), taken=st.booleans())
    def decides(self, data, taken):
        update = StatusUpdate.objects.order_by("-pk").first()
        if update is None:
            return
        seen = data.draw(st.sampled_from([update.version, 1]))
        step = {"update_id": update.pk, "seen": seen, "by": self.officer}
        self.act(approve, **step) if taken else self.act(give_back, comment="Bitte genauer", **step)

    @rule()
    def asks(self):
        self.act(ask, measure_ids=[self.measure], due=date(2030, 1, 1), by=self.officer)

    @rule(says=st.sampled_from(["", "So steht es."]))
    def the_officer_reports_directly(self, says):
        self.act(report, state=NewState(measure_id=self.measure, public_sentence=says), by=self.officer)

    @rule()
    def the_measure_becomes_part_of_another(self):
        values = {"phase": "MERGED", "merged_into": Measure.objects.get(pk=self.target)}
        self.act(report, state=NewState(measure_id=self.measure, values=values, reason="Doppelt"), by=self.officer)

    @rule()
    def lets_time_pass(self):
        self.now += timedelta(days=60)
        derive_health(now=self.now)

    @invariant()
    def one_update_is_open_at_the_most(self):
        assert StatusUpdate.objects.open().count() <= 1
        assert StatusRequest.objects.open().count() <= 1

    @invariant()
    def nothing_moves_without_an_approved_update_and_its_promise(self):
        before, updates, promises = self.state, self.updates, self.promises
        self.remember()
        moved = [name for name in before if before[name] != self.state[name]]
        if moved:
            assert self.updates > updates
        dates = [name for name in moved if name in ("planned_end", "milestone") and self.state[name]]
        assert self.promises - promises == len(dates)

    @invariant()
    def what_was_decided_stays_as_it_was(self):
        rows = StatusUpdate.objects.exclude(state__in=[UpdateState.DRAFT, UpdateState.SUBMITTED]).values()
        kept = {row["id"]: row for row in rows}
        assert {pk: kept[pk] for pk in self.decided} == self.decided
        self.decided = kept

    def remember(self):
        measure = Measure.objects.get(pk=self.measure)
        self.state = {name: getattr(measure, name) for name in CONTROLLED}
        self.state["milestone"] = Milestone.objects.get(pk=self.milestone).planned
        self.updates = StatusUpdate.objects.approved().count()
        self.promises = DueDatePromise.objects.count()


@pytest.mark.django_db
def test_no_order_of_drafts_and_decisions_changes_a_measure_in_silence():
    run_state_machine_as_test(
        Office, settings=settings(max_examples=40, stateful_step_count=14, deadline=None, derandomize=True)
    )
