"""What only a real database shows: many at once, and nobody's work is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction

from ground.history import StaleRow
from ground.models import Event, PublicVersion
from masterplan.drafting import UpdateOvertaken, save_draft, submit
from masterplan.handing_over import PreviewOvertaken, hand_over, preview
from masterplan.linking import Link, depend
from masterplan.models import Dependency, DueDatePromise, Measure, StatusUpdate
from masterplan.new_state import NewState
from masterplan.planning import add_measure, edit_measure
from masterplan.reviewing import AlreadyDecided, approve
from masterplan.updating import report
from tests.builders import NOW, make_field, make_measure, make_officer, make_public_measure, make_user

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MANY = 20


def at_once(act):
    """What `act` returns or raises, called by MANY threads that all begin together."""
    begin = Barrier(MANY)

    def run(number):
        try:
            begin.wait(timeout=30)
            return act(number)
        except Exception as refused:
            return type(refused).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as threads:
        return list(threads.map(run, range(MANY)))


def test_of_many_who_edit_the_same_version_one_wins_and_the_others_are_told():
    officer, measure = make_officer(), make_measure()

    def save(number):
        values = {"title": f"Titel {number}"}
        return edit_measure(measure_id=measure.pk, values=values, expected_version=measure.version, by=officer).title

    results = at_once(save)

    assert results.count(StaleRow.__name__) == MANY - 1
    (winner,) = [title for title in results if title != StaleRow.__name__]
    now = Measure.objects.get(pk=measure.pk)
    assert (now.title, now.version, Measure.history.filter(id=measure.pk).count()) == (winner, measure.version + 1, 2)


def test_of_many_who_report_on_the_same_version_one_promise_is_kept():
    officer, measure = make_officer(), make_public_measure(state={"planned_end": date(2026, 12, 31)})

    def move(number):
        state = NewState(
            measure_id=measure.pk,
            values={"planned_end": date(2027, 1, number + 1)},
            reason="Vergabe",
            expected_version=measure.version,
        )
        return report(state, by=officer, now=NOW).pk

    results = at_once(move)

    assert results.count(StaleRow.__name__) == MANY - 1
    assert DueDatePromise.objects.filter(measure=measure, kind="POSTPONED").count() == 1


def test_of_many_handovers_of_the_same_person_one_takes_all_and_no_measure_is_split():
    officer, person, successors = make_officer(), make_user(), [make_user() for _ in range(MANY)]
    chosen = [make_measure(responsible=person).pk for _ in range(3)]
    seen = [one.token for one in preview(person=person, successor=successors[0])]

    def take(number):
        handed = hand_over(person=person, successor=successors[number], seen=seen, chosen=chosen, by=officer)
        return f"{number}: {len(handed)}"

    results = at_once(take)

    assert results.count(PreviewOvertaken.__name__) == MANY - 1
    (winner,) = set(results) - {PreviewOvertaken.__name__}
    owners = {measure.responsible for measure in Measure.objects.all()}
    assert {f"{successors.index(owner)}: 3" for owner in owners} == {winner}


def test_two_who_hand_over_to_each_other_wait_and_do_not_block_for_good():
    officer, one, other = make_officer(), make_user(), make_user()
    own = [make_measure(responsible=person) for person in (one, other)]

    def swap(number):
        giving, taking = (one, other) if number % 2 else (other, one)
        tokens = [line.token for line in preview(person=giving, successor=taking)]
        return len(hand_over(person=giving, successor=taking, seen=tokens, chosen=[m.pk for m in own], by=officer))

    results = at_once(swap)

    assert {result for result in results if not isinstance(result, int)} <= {PreviewOvertaken.__name__, "NothingChosen"}
    assert {measure.responsible for measure in Measure.objects.all()} <= {one, other}


def test_reports_without_a_version_queue_up_and_none_is_lost():
    officer, measure = make_officer(), make_public_measure()

    def tell(number):
        state = NewState(measure_id=measure.pk, values={"progress": number + 1}, reason="gezählt")
        return report(state, by=officer, now=NOW).values["progress"]

    assert sorted(at_once(tell)) == list(range(1, MANY + 1))
    assert StatusUpdate.objects.filter(measure=measure).count() == MANY
    assert Event.objects.about(measure).filter(kind="measure.progress").count() == MANY


def test_measures_added_at_once_get_different_numbers():
    officer, field = make_officer(), make_field()

    numbers = at_once(lambda number: add_measure(field=field, values={"title": f"Neu {number}"}, by=officer).number)

    assert sorted(numbers) == [f"BS-{serial:02d}" for serial in range(1, MANY + 1)]


def test_of_two_measures_that_shall_wait_for_each_other_at_once_only_one_does():
    officer, first, second = make_officer(), make_measure("Erste"), make_measure("Zweite")

    def wait(number):
        before, after = (first, second) if number % 2 else (second, first)
        return depend(Link(predecessor_id=before.pk, successor_id=after.pk), by=officer).predecessor_id

    results = at_once(wait)

    (kept,) = Dependency.objects.all()
    assert [one for one in results if isinstance(one, int)] == [kept.predecessor_id]
    assert (results.count("AlreadyDepends"), results.count("WouldBeACircle")) == (MANY // 2 - 1, MANY // 2)


def test_of_many_that_would_close_one_long_circle_at_once_one_is_left_out():
    officer, measures = make_officer(), [make_measure(f"Maßnahme {number}") for number in range(MANY)]

    def wait(number):
        before, after = measures[number], measures[(number + 1) % MANY]
        return depend(Link(predecessor_id=before.pk, successor_id=after.pk), by=officer).pk

    assert at_once(wait).count("WouldBeACircle") == 1
    assert Dependency.objects.count() == MANY - 1


def test_the_public_version_counts_every_publication():
    def publish(number):
        with transaction.atomic():
            PublicVersion.raise_()
        return "raised"

    before = PublicVersion.current().number
    assert set(at_once(publish)) == {"raised"}
    assert PublicVersion.current().number == before + MANY


@pytest.mark.parametrize(
    "change",
    [
        "progress = 101",
        "visibility = 'PUBLIC'",
        "phase = 'MERGED'",
        "phase = 'NEU'",
        "planned_start = '2027-01-02', planned_end = '2027-01-01'",
        "resolved_end = '2027-01-01'",
        "deputy_id = {officer}, responsible_id = {officer}",
    ],
)
def test_the_database_itself_refuses_what_cannot_be(change):
    officer, measure = make_officer(), make_measure()
    statement = change.format(officer=officer.pk)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE masterplan_measure SET {statement} WHERE id = {measure.pk}")


def test_a_number_is_given_once_by_the_database_as_well():
    make_measure()
    field = make_field("ZZ", "Anderes")
    other = make_measure(field=field)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE masterplan_measure SET code = 'BS', serial = 1 WHERE id = {other.pk}")


def test_of_many_who_approve_one_update_one_does_and_it_counts_once():
    officer, clerk = make_officer(), make_user()
    measure = make_public_measure(state={"phase": "IN_PROGRESS", "planned_end": date(2027, 3, 31)}, responsible=clerk)
    state = NewState(measure_id=measure.pk, values={"planned_end": date(2027, 4, 30)}, reason="Vergabe")
    update = submit(state=state, seen=None, by=clerk, now=NOW)

    results = at_once(lambda number: approve(update_id=update.pk, seen=update.version, by=officer, now=NOW).pk)

    assert (results.count(AlreadyDecided.__name__), results.count(update.pk)) == (MANY - 1, 1)
    assert DueDatePromise.objects.filter(measure=measure, kind="POSTPONED").count() == 1


def test_of_many_who_write_the_first_draft_one_does_and_the_others_are_shown_it():
    clerk = make_user()
    measure = make_measure(responsible=clerk)

    def write(number):
        state = NewState(measure_id=measure.pk, remarks=f"Text {number}")
        return save_draft(state=state, seen=None, by=clerk, now=NOW).remarks

    results = at_once(write)

    assert results.count(UpdateOvertaken.__name__) == MANY - 1
    assert StatusUpdate.objects.open().get().remarks in results
