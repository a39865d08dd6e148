"""What a unit says of its measures: drafted, sent, decided. Nothing of the measure changes before it is taken over."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Role
from ground.history import StaleRow
from ground.models import Event
from masterplan.asking import ask
from masterplan.change import InvalidChange, ReasonMissing
from masterplan.drafting import MeasureEnded, UpdateOvertaken, discard, report_unchanged, save_draft, submit
from masterplan.models import DueDatePromise, Measure, StatusRequest, StatusUpdate, UpdateState
from masterplan.new_state import NewState, Option, options_of
from masterplan.reviewing import AlreadyDecided, CommentMissing, approve, approve_unchanged, give_back
from masterplan.updating import report
from tests.builders import NOW, TODAY, make_measure, make_milestone, make_officer, make_public_measure, make_user

pytestmark = pytest.mark.django_db

PLANNED = {"phase": "IN_PROGRESS", "planned_end": date(2027, 3, 31)}
LATER = {"planned_end": date(2027, 6, 30)}


@pytest.fixture
def clerk():
    return make_user(Role.ADMINISTRATION)


@pytest.fixture
def measure(clerk):
    return make_public_measure(state=PLANNED, responsible=clerk)


def moved(measure: Measure, **said) -> NewState:
    return NewState(measure_id=measure.pk, values=LATER, **{"reason": "Vergabe", **said})


def end_of(measure: Measure) -> date | None:
    return Measure.objects.get(pk=measure.pk).planned_end


def test_what_is_sent_changes_the_measure_only_once_it_is_taken_over(measure, clerk) -> None:
    update = submit(state=moved(measure, public_sentence="Dauert länger."), seen=None, by=clerk, now=NOW)
    assert (update.state, end_of(measure)) == (UpdateState.SUBMITTED, date(2027, 3, 31))
    taken = approve(update_id=update.pk, seen=update.version, by=make_officer(), now=NOW)
    assert (taken.state, end_of(measure)) == (UpdateState.APPROVED, date(2027, 6, 30))
    assert (taken.author, taken.before, taken.values, taken.public_sentence) == (
        clerk,
        {"planned_end": "2027-03-31", "health": "ON_TRACK"},
        {"planned_end": "2027-06-30", "health": "CRITICAL"},
        "Dauert länger.",
    )
    assert [promise.days for promise in DueDatePromise.objects.filter(measure=measure)] == [0, 91]


def test_a_draft_keeps_all_that_was_written_and_moves_nothing(measure, clerk) -> None:
    option = Option(text="Zweite Ausschreibung", days=60, amount=Decimal("12000.50"), recommended=True)
    milestone = make_milestone(measure, planned=date(2027, 2, 1))
    said = {"achieved": "Angebote", "next_steps": "Vergabe", "decision": "Mehr Geld?", "cause": "Markt", "remarks": "–"}
    state = NewState(
        measure_id=measure.pk,
        values={**LATER, "phase": "DEFERRED"},
        milestones={milestone.pk: {"reached_on": TODAY, "planned": None}},
        options=[option],
        correction=True,
        **said,
    )
    update = StatusUpdate.objects.get(pk=save_draft(state=state, seen=None, by=clerk, now=NOW).pk)
    assert update.state == UpdateState.DRAFT
    assert update.values == {
        "planned_end": "2027-06-30",
        "phase": "DEFERRED",
        "milestones": {str(milestone.pk): {"reached_on": TODAY.isoformat(), "planned": None}},
    }
    assert options_of(update) == [option]
    assert {name: getattr(update, name) for name in said} == said
    assert end_of(measure) == date(2027, 3, 31)


def test_whose_measure_it_is_not_reports_nothing(measure) -> None:
    for role in Role:
        if role != Role.DIGITAL_OFFICER:
            with pytest.raises(PermissionDenied):
                submit(state=moved(measure), seen=None, by=make_user(role), now=NOW)
    assert not StatusUpdate.objects.open().exists()


def test_the_deputy_goes_on_with_the_draft_of_the_responsible(clerk) -> None:
    deputy = make_user()
    measure = make_measure(responsible=clerk, deputy=deputy)
    first = save_draft(state=moved(measure), seen=None, by=clerk, now=NOW)
    second = save_draft(state=moved(measure, reason="Personal"), seen=first.version, by=deputy, now=NOW)
    assert (second.pk, second.author, second.reason, second.version) == (first.pk, deputy, "Personal", 2)


@pytest.mark.parametrize("write", [save_draft, submit])
def test_who_did_not_see_the_newest_draft_is_told_of_it(write, measure, clerk) -> None:
    newest = save_draft(state=moved(measure), seen=None, by=clerk, now=NOW)
    for seen in (None, newest.version + 1):
        with pytest.raises(UpdateOvertaken) as refused:
            write(state=moved(measure, reason="Anders"), seen=seen, by=clerk, now=NOW)
        assert refused.value.current == newest
    assert StatusUpdate.objects.open().get().reason == "Vergabe"


def test_what_was_sent_can_be_taken_back_until_it_is_decided(measure, clerk) -> None:
    sent = submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    back = save_draft(state=moved(measure), seen=sent.version, by=clerk, now=NOW)
    assert (back.pk, back.state, back.submitted_at) == (sent.pk, UpdateState.DRAFT, None)
    with pytest.raises(AlreadyDecided):
        approve(update_id=sent.pk, seen=sent.version, by=make_officer(), now=NOW)


def test_only_a_draft_is_thrown_away(measure, clerk) -> None:
    draft = save_draft(state=moved(measure), seen=None, by=clerk, now=NOW)
    sent = submit(state=moved(measure), seen=draft.version, by=clerk, now=NOW)
    with pytest.raises(UpdateOvertaken):
        discard(measure_id=measure.pk, seen=sent.version, by=clerk)
    back = save_draft(state=moved(measure), seen=sent.version, by=clerk, now=NOW)
    discard(measure_id=measure.pk, seen=back.version, by=clerk)
    assert not StatusUpdate.objects.open().exists()


def test_unchanged_takes_one_step_and_leaves_the_measure_as_it_is(measure, clerk) -> None:
    before = Measure.objects.get(pk=measure.pk).version
    update = report_unchanged(measure_id=measure.pk, by=clerk, now=NOW)
    assert not measure.updates.told().exists()
    approve(update_id=update.pk, seen=update.version, by=make_officer(), now=NOW)
    assert (StatusUpdate.objects.get(pk=update.pk).values, Measure.objects.get(pk=measure.pk).version) == ({}, before)
    assert measure.updates.told().get() == update
    assert [event.title for event in Event.objects.about(measure)[:2]] == [
        "Statusmeldung übernommen",
        "Unverändert gemeldet",
    ]


def test_a_second_unchanged_is_told_that_the_first_waits(measure, clerk) -> None:
    first = report_unchanged(measure_id=measure.pk, by=clerk, now=NOW)
    with pytest.raises(UpdateOvertaken) as refused:
        report_unchanged(measure_id=measure.pk, by=clerk, now=NOW)
    assert refused.value.current == first


def test_the_officers_own_is_approved_at_once(measure) -> None:
    officer = make_officer()
    update = submit(state=moved(measure), seen=None, by=officer, now=NOW)
    assert (update.state, update.author, update.decided_by) == (UpdateState.APPROVED, officer, officer)
    assert end_of(measure) == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("said", "refused"),
    [({"reason": " "}, ReasonMissing), ({"values": {"planned_end": date(2026, 1, 1)}}, InvalidChange)],
)
def test_what_breaks_a_rule_is_not_sent_but_can_be_kept_as_a_draft(said, refused, measure, clerk) -> None:
    state = NewState(**{"measure_id": measure.pk, "values": LATER, "reason": "Vergabe", **said})
    with pytest.raises(refused):
        submit(state=state, seen=None, by=clerk, now=NOW)
    assert not StatusUpdate.objects.open().exists()
    assert save_draft(state=state, seen=None, by=clerk, now=NOW).state == UpdateState.DRAFT


def merge(measure: Measure) -> None:
    merged = NewState(
        measure_id=measure.pk, values={"phase": "MERGED", "merged_into": make_measure("Ziel")}, reason="x"
    )
    report(merged, by=None, now=NOW)


def test_what_waits_is_not_taken_over_once_its_measure_became_part_of_another(measure, clerk) -> None:
    sent = submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    merge(measure)
    with pytest.raises(MeasureEnded):
        approve(update_id=sent.pk, seen=sent.version, by=make_officer(), now=NOW)
    assert end_of(measure) == date(2027, 3, 31)


def test_by_a_link_nobody_approves_the_own_update(measure) -> None:
    officer = make_officer()
    sent = submit(state=moved(measure), seen=None, by=officer, via_link=True, now=NOW)
    assert (sent.state, end_of(measure)) == (UpdateState.SUBMITTED, date(2027, 3, 31))


def test_unchanged_needs_no_reason_where_time_alone_changed_the_status(measure, clerk) -> None:
    later = NOW + timedelta(days=400)
    sent = report_unchanged(measure_id=measure.pk, by=clerk, now=later)
    taken = approve(update_id=sent.pk, seen=sent.version, by=make_officer(), now=later)
    assert (taken.values, taken.reason.startswith("Aus den Kriterien abgeleitet")) == ({"health": "CRITICAL"}, True)


def test_nothing_is_reported_of_a_measure_that_became_part_of_another(measure, clerk) -> None:
    merge(measure)
    with pytest.raises(MeasureEnded):
        report_unchanged(measure_id=measure.pk, by=clerk, now=NOW)


def test_the_approval_words_anew_what_is_published_and_keeps_what_was_sent(measure, clerk) -> None:
    sent = submit(state=moved(measure, public_sentence="Herr Meier ist krank."), seen=None, by=clerk, now=NOW)
    wording = {"public_sentence": "Es dauert länger.", "reason": "Vergabe", "cause": "darf nicht"}
    taken = approve(update_id=sent.pk, seen=sent.version, wording=wording, by=make_officer(), now=NOW)
    assert (taken.public_sentence, taken.as_submitted, taken.cause) == (
        "Es dauert länger.",
        {"public_sentence": "Herr Meier ist krank."},
        "",
    )


def test_the_approval_is_refused_where_the_measure_changed_since_it_was_read(measure, clerk) -> None:
    sent = submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    read = Measure.objects.get(pk=measure.pk).version
    report(NewState(measure_id=measure.pk, values={"phase": "DEFERRED"}, reason="Ruht"), by=None, now=NOW)
    with pytest.raises(StaleRow):
        approve(update_id=sent.pk, seen=sent.version, measure_version=read, by=make_officer(), now=NOW)
    assert StatusUpdate.objects.submitted().get() == sent


def test_only_who_approves_decides(measure, clerk) -> None:
    sent = submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    with pytest.raises(PermissionDenied):
        approve(update_id=sent.pk, seen=sent.version, by=clerk, now=NOW)
    with pytest.raises(PermissionDenied):
        give_back(update_id=sent.pk, seen=sent.version, comment="Nein", by=clerk, now=NOW)


def test_what_is_given_back_says_why_and_asks_again(measure, clerk) -> None:
    officer = make_officer()
    (request,) = ask(measure_ids=[measure.pk], due=TODAY + timedelta(5), by=officer, now=NOW)
    sent = submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    with pytest.raises(CommentMissing):
        give_back(update_id=sent.pk, seen=sent.version, comment=" ", by=officer, now=NOW)
    assert not StatusRequest.objects.open().exists()
    back = give_back(update_id=sent.pk, seen=sent.version, comment="Welche Vergabe?", by=officer, now=NOW)
    assert (back.state, back.comment, end_of(measure)) == (
        UpdateState.RETURNED,
        "Welche Vergabe?",
        date(2027, 3, 31),
    )
    assert list(StatusRequest.objects.open()) == [request]
    again = submit(state=moved(measure, reason="Vergabe der Technik"), seen=None, by=clerk, now=NOW)
    assert (again.pk != back.pk, StatusUpdate.objects.get(pk=back.pk).comment) == (True, "Welche Vergabe?")


def test_many_unchanged_ones_are_taken_over_together_and_nothing_else(clerk) -> None:
    officer = make_officer()
    one, other = make_public_measure("Eine", responsible=clerk), make_public_measure("Andere", responsible=clerk)
    same = report_unchanged(measure_id=one.pk, by=clerk, now=NOW)
    said = submit(state=moved(other, remarks="Doch etwas"), seen=None, by=clerk, now=NOW)
    with pytest.raises(AlreadyDecided):
        approve_unchanged(seen={same.pk: same.version, said.pk: said.version}, by=officer, now=NOW)
    assert StatusUpdate.objects.submitted().count() == 2
    approve_unchanged(seen={same.pk: same.version}, by=officer, now=NOW)
    assert list(StatusUpdate.objects.submitted()) == [said]
