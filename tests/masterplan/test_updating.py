from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.access import Role
from ground.history import HistoryBypassed, StaleRow
from ground.models import AppendOnly, Event, PublicVersion
from masterplan.models import DueDatePromise, Measure, Phase, PromiseKind, StatusUpdate, UpdateState
from masterplan.updating import InvalidChange, NewState, ReasonMissing, report, report_many
from tests.builders import NOW, make_measure, make_milestone, make_officer, make_public_measure, make_user

pytestmark = pytest.mark.django_db

END = {"planned_end": date(2026, 12, 31)}


def promises(measure: Measure) -> list[tuple[str, date | None, int, str]]:
    return list(DueDatePromise.objects.filter(measure=measure).values_list("kind", "due", "days", "reason"))


def test_planning_an_internal_measure_promises_nothing() -> None:
    measure = make_measure(state=END)
    report(NewState(measure_id=measure.pk, values={"planned_end": date(2027, 3, 31)}), by=None, now=NOW)
    assert promises(measure) == []


def test_publishing_makes_the_planned_end_the_first_promise() -> None:
    measure = make_public_measure(state=END)
    assert promises(measure) == [(PromiseKind.FIRST, date(2026, 12, 31), 0, "")]


@pytest.mark.parametrize(
    ("new_end", "correction", "kind", "days"),
    [
        (date(2027, 1, 30), False, PromiseKind.POSTPONED, 30),
        (date(2026, 12, 1), False, PromiseKind.BROUGHT_FORWARD, -30),
        (date(2027, 1, 30), True, PromiseKind.CORRECTION, 30),
    ],
)
def test_each_move_of_a_promised_end_stays_beside_the_first_promise(
    new_end: date, correction: bool, kind: str, days: int
) -> None:
    measure = make_public_measure(state=END)
    report(
        NewState(measure_id=measure.pk, values={"planned_end": new_end}, reason="Vergabe", correction=correction),
        by=None,
        now=NOW,
    )
    assert promises(measure) == [
        (PromiseKind.FIRST, date(2026, 12, 31), 0, ""),
        (kind, new_end, days, "Vergabe"),
    ]


def test_a_date_that_returns_after_it_was_dropped_counts_from_the_last_promised_one() -> None:
    measure = make_public_measure(state=END)
    for values in ({"phase": "DEFERRED", "planned_end": None}, {"phase": "PLANNED", "planned_end": date(2027, 1, 30)}):
        report(NewState(measure_id=measure.pk, values=values, reason="Vergabe"), by=None, now=NOW)
    assert [promise[:2] for promise in promises(measure)[-2:]] == [
        (PromiseKind.DROPPED, None),
        (PromiseKind.POSTPONED, date(2027, 1, 30)),
    ]
    assert promises(measure)[-1] == (PromiseKind.POSTPONED, date(2027, 1, 30), 30, "Vergabe")


def test_a_public_measure_changes_only_with_a_reason() -> None:
    measure = make_public_measure(state=END)
    with pytest.raises(ReasonMissing):
        report(NewState(measure_id=measure.pk, values={"health": "AT_RISK"}), by=None, now=NOW)
    assert Measure.objects.get(pk=measure.pk).health == "NOT_ASSESSED"


def test_a_report_that_changes_nothing_leaves_no_trace() -> None:
    measure = make_public_measure(state=END)
    before = (Event.objects.count(), StatusUpdate.objects.count(), measure.version, PublicVersion.current().number)
    assert report(NewState(measure_id=measure.pk, values=END), by=None, now=NOW) is None
    measure.refresh_from_db()
    after = (Event.objects.count(), StatusUpdate.objects.count(), measure.version, PublicVersion.current().number)
    assert after == before


def test_an_overtaken_report_is_refused() -> None:
    measure = make_measure()
    report(NewState(measure_id=measure.pk, values=END), by=None, now=NOW)
    stale = NewState(measure_id=measure.pk, values={"health": "CRITICAL"}, expected_version=measure.version)
    with pytest.raises(StaleRow):
        report(stale, by=None, now=NOW)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
def test_only_who_approves_reports_directly(role: Role) -> None:
    measure = make_measure()
    with pytest.raises(PermissionDenied):
        report(NewState(measure_id=measure.pk, values=END), by=make_user(role), now=NOW)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"progress": 101}, "progress"),
        ({"planned_start": date(2027, 1, 1), "planned_end": date(2026, 1, 1)}, "planned_end"),
        ({"actual_start": date(2026, 2, 1), "actual_end": date(2026, 1, 1)}, "actual_end"),
        ({"actual_end": date(2026, 11, 23)}, "actual_end"),
        ({"phase": Phase.MERGED}, "merged_into"),
    ],
)
def test_a_state_that_cannot_be_is_named_by_its_field(values: dict, field: str) -> None:
    measure = make_measure()
    with pytest.raises(InvalidChange) as refused:
        report(NewState(measure_id=measure.pk, values=values), by=None, now=NOW)
    assert list(refused.value.errors) == [field]


def test_progress_follows_from_the_weight_of_the_reached_milestones() -> None:
    measure = make_measure()
    first = make_milestone(measure, weight=3)
    make_milestone(measure, weight=1)
    report(NewState(measure_id=measure.pk, milestones={first.pk: {"reached_on": date(2026, 11, 1)}}), by=None, now=NOW)
    assert Measure.objects.get(pk=measure.pk).progress == 75
    with pytest.raises(InvalidChange) as refused:
        report(NewState(measure_id=measure.pk, values={"progress": 50}), by=None, now=NOW)
    assert list(refused.value.errors) == ["progress"]


def test_a_completed_measure_is_finished_today_and_done_in_full() -> None:
    measure = make_measure()
    report(NewState(measure_id=measure.pk, values={"phase": Phase.COMPLETED}), by=None, now=NOW)
    measure.refresh_from_db()
    assert (measure.actual_end, measure.progress) == (date(2026, 11, 22), 100)


def test_many_are_reported_together_or_not_at_all() -> None:
    one, other = make_measure("Eine"), make_public_measure("Andere")
    with pytest.raises(ReasonMissing):
        report_many([NewState(measure_id=row.pk, values=END) for row in (one, other)], by=None, now=NOW)
    assert Measure.objects.get(pk=one.pk).planned_end is None


def test_the_update_keeps_what_it_replaced_and_who_did_it() -> None:
    officer, measure = make_officer(), make_measure(state=END)
    update = report(NewState(measure_id=measure.pk, values={"planned_end": date(2027, 1, 1)}), by=officer, now=NOW)
    assert update is not None
    assert (update.before, update.values, update.author, update.decided_by) == (
        {"planned_end": "2026-12-31"},
        {"planned_end": "2027-01-01"},
        officer,
        officer,
    )
    newest = Measure.history.filter(id=measure.pk).latest()
    assert (newest.planned_end, newest.history_user) == (date(2027, 1, 1), officer)


@pytest.mark.parametrize(
    "bypass",
    [
        lambda: Measure.objects.update(health="CRITICAL"),
        lambda: Measure.objects.filter(number="BS-01").delete(),
        lambda: Measure.objects.bulk_update([], ["health"]),
        lambda: Measure.objects.bulk_create([]),
    ],
)
def test_no_bulk_call_goes_past_the_history(bypass) -> None:
    with pytest.raises(HistoryBypassed):
        bypass()


@pytest.mark.parametrize("rows", [Event.objects, DueDatePromise.objects])
def test_journal_and_promises_are_never_changed(rows) -> None:
    make_public_measure(state=END)
    for attempt in (rows.all().delete, lambda: rows.all().update(reason="x"), rows.first().delete, rows.first().save):
        with pytest.raises(AppendOnly):
            attempt()


CHANGES = [
    lambda update: StatusUpdate.objects.update(public_sentence="anders"),
    lambda update: StatusUpdate.objects.all().delete(),
    lambda update: StatusUpdate.objects.bulk_update([update], ["reason"]),
    lambda update: update.measure.updates.all().delete(),
    lambda update: update.save(),
    lambda update: update.delete(),
]


@pytest.mark.parametrize("attempt", CHANGES)
def test_an_approved_status_update_is_never_changed(attempt) -> None:
    report(NewState(measure_id=make_public_measure().pk, public_sentence="Fertig."), by=None, now=NOW)
    update = StatusUpdate.objects.get()
    update.state = UpdateState.DRAFT
    with pytest.raises(AppendOnly), transaction.atomic():
        attempt(update)
    assert StatusUpdate.objects.approved().get().public_sentence == "Fertig."


@pytest.mark.parametrize("attempt", CHANGES)
@pytest.mark.parametrize("state", [UpdateState.DRAFT, UpdateState.SUBMITTED])
def test_a_status_update_that_nobody_approved_can_still_be_changed(state, attempt) -> None:
    sent = NOW if state == UpdateState.SUBMITTED else None
    attempt(StatusUpdate.objects.create(measure=make_measure(), state=state, created_at=NOW, submitted_at=sent))


def merged(measure: Measure, target: Measure) -> NewState:
    return NewState(measure_id=measure.pk, values={"phase": Phase.MERGED, "merged_into": target})


def test_two_measures_are_not_merged_into_each_other_at_once() -> None:
    one, other = make_measure("Eine"), make_measure("Andere")
    with pytest.raises(InvalidChange) as refused:
        report_many([merged(one, other), merged(other, one)], by=None, now=NOW)
    assert list(refused.value.errors) == ["merged_into"]
    assert not Measure.objects.filter(phase=Phase.MERGED).exists()


def test_the_target_of_a_merge_counts_as_it_is_when_it_is_written() -> None:
    one, other, third = make_measure("Eine"), make_measure("Andere"), make_measure("Dritte")
    report(merged(other, third), by=None, now=NOW)
    with pytest.raises(InvalidChange):
        report(merged(one, other), by=None, now=NOW)
    assert other.phase == Phase.PROPOSED


SAID = ("achieved", "next_steps", "public_sentence", "cause", "remarks", "decision")


@pytest.mark.parametrize("said", [{name: "Gesagt"} for name in SAID])
@pytest.mark.parametrize("machine", [False, True])
def test_a_person_who_says_something_has_told(said, machine) -> None:
    measure = make_measure()
    report(NewState(measure_id=measure.pk, **said), by=None if machine else make_officer(), now=NOW)
    assert measure.updates.told().exists() is not machine


def test_what_changes_values_for_a_reason_is_no_report() -> None:
    measure = make_measure(state={"phase": "IN_PROGRESS"})
    report(NewState(measure_id=measure.pk, values={"progress": 20}, reason="Liste"), by=make_officer(), now=NOW)
    assert (measure.updates.approved().count(), measure.updates.told().count()) == (2, 0)
