"""The example town keeps what is promised of it, whatever day it is made on."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from council.models import Committee, Meeting
from ground import formats
from ground.models import Document, Event, Town
from ground.workdays import is_workday
from masterplan import dependency_rows
from masterplan.models import (
    ACTIVE_PHASES,
    DueDatePromise,
    Health,
    Measure,
    Milestone,
    Phase,
    PromiseKind,
    Risk,
    RiskState,
    ShownStatus,
    StatusUpdate,
    Visibility,
)
from masterplan.network import network
from masterplan.public.measures import read_measures
from masterplan.public_rows import end_words
from masterplan.rules import elapsed_share
from masterplan.worklist import rows
from portal.demo import people
from portal.demo.council import ROUND, SITTINGS, Bodies
from portal.demo.days import Calendar, at
from portal.demo.filling import fill
from portal.demo.measures import MEASURES
from portal.models import PageKey, PageText
from reporting.collect import collect
from reporting.context import document
from reporting.models import EditionKind, Report
from reporting.payload import from_json

DAYS = [date(2026, 12, 31), date(2028, 2, 29), date(2026, 11, 1)]
STATUS = {
    ShownStatus.ON_TRACK: 10,
    ShownStatus.AT_RISK: 4,
    ShownStatus.CRITICAL: 2,
    ShownStatus.NOT_ASSESSED: 1,
    ShownStatus.PROPOSED: 2,
    ShownStatus.COMPLETED: 3,
    ShownStatus.DEFERRED: 1,
    ShownStatus.MERGED: 1,
}


def rounds_of_two_years(first):
    """The days of each round, of towns made on any day of two years."""
    made = [Bodies((), Calendar(first + timedelta(days=offset))) for offset in range(731)]
    return [
        [timezone.localdate(bodies.sitting(kind, back)) for kind in SITTINGS] for bodies in made for back in (-1, 0, 1)
    ]


@pytest.fixture(scope="module", params=DAYS, ids=str)
def today(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        fill(today=request.param)
        yield request.param
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def by_criteria(measure, today):
    """The written criteria of `Health`, in the order of their weight."""
    late = measure.deadline.days_behind(today)
    behind = elapsed_share(measure.planned_start, measure.baseline_end, today) - measure.progress
    if late >= 90 or behind >= 30:
        return Health.CRITICAL
    return Health.AT_RISK if late >= 30 or behind >= 15 else Health.ON_TRACK


def test_measures_of_every_status_and_visibility(today):
    measures = Measure.objects.all()

    assert Counter(measures.values_list("shown_status", flat=True)) == STATUS
    assert Counter(measures.values_list("visibility", flat=True)) == {
        Visibility.PUBLIC: 22,
        Visibility.INTERNAL: 1,
        Visibility.CONFIDENTIAL: 1,
    }
    assert set(measures.values_list("phase", flat=True)) == set(Phase) - {Phase.REJECTED}


def test_health_follows_its_written_criteria(today):
    assessed = Measure.objects.filter(phase__in=ACTIVE_PHASES).exclude(baseline_end=None)

    assert {one.number: one.health for one in assessed} == {one.number: by_criteria(one, today) for one in assessed}
    assert assessed.count() == 16


def test_two_years_of_updates_end_in_the_last_days(today):
    approved = StatusUpdate.objects.approved().exclude(author=None).order_by("decided_at")
    days = [at.date() for at in approved.values_list("decided_at", flat=True)]

    assert (len(days), today - timedelta(days=730) < days[0] < today - timedelta(days=680)) == (139, True)
    assert today - timedelta(days=5) < days[-1] < today
    assert not Event.objects.filter(occurred_at__date__gte=today).exists()


def test_promises_were_moved_forward_back_and_corrected(today):
    ends = Counter(DueDatePromise.objects.of_end().values_list("kind", flat=True))

    assert ends == {PromiseKind.FIRST: 21, PromiseKind.POSTPONED: 12, PromiseKind.BROUGHT_FORWARD: 1}
    assert DueDatePromise.objects.filter(kind=PromiseKind.CORRECTION).count() == 1


def test_risks_are_taken_in_proposed_and_declined_and_some_dates_do_not_wait(today):
    lines = dependency_rows.rows(network(User.objects.get(email=f"digital.officer@{people.DOMAIN}")))

    assert Counter(Risk.objects.values_list("state", flat=True)) == {
        RiskState.OPEN: 7,
        RiskState.OCCURRED: 1,
        RiskState.PROPOSED: 1,
        RiskState.DECLINED: 1,
    }
    assert (
        len(lines),
        "BI-01 Digitale Ausstattung der Grundschulen" in {one.after.name for one in lines if one.tight},
    ) == (
        8,
        True,
    )


def test_every_list_says_the_same_of_a_measure_that_was_resolved_again(today):
    again = Measure.objects.filter(number="BI-01")
    (public,), (row,) = read_measures(again), rows(again, today)
    now = at(today, 12)
    told = document(collect(Report.objects.get(state="COLLECTING"), EditionKind.COUNCIL, fassung=1, now=now), None)
    (reported,) = [one for group in told.groups for one in group.rows if one.number == "BI-01"]
    moved = formats.slipped(public.slip.times, public.slip.days)
    words = end_words(public, today)

    assert (words.note, words.late) == (f"wie beschlossen; {moved}", False)
    assert (row.delay, row.moved, row.late) == ("0", moved, False)
    assert (reported.behind, reported.is_late) == (f"0\xa0(1×, +{public.slip.days})", False)


def test_nobody_sits_at_a_weekend_on_a_holiday_or_between_the_years(today):
    stored = Meeting.objects.values_list("start", "papers_due")
    days = [timezone.localdate(start) for start, _ in stored] + [due for _, due in stored]
    days += [day for round_ in rounds_of_two_years(today) for day in round_]

    assert [day for day in days if not is_workday(day) or day.strftime("%m-%d") in ("12-24", "12-31")] == []


def test_each_round_goes_from_committee_to_council_before_the_next_begins(today):
    rounds = rounds_of_two_years(today)

    assert [days for days in rounds if sorted(set(days)) != days] == []
    assert max(days[-1] - days[0] for days in rounds) < timedelta(days=ROUND - 7)


def test_the_council_changes_within_the_history_and_meets_in_about_two_weeks(today):
    receivers = Committee.objects.reported_to().order_by("term__start_date")
    meeting = Meeting.objects.upcoming(at(today, 12)).first()

    assert receivers[0].term.end_date < today <= receivers[1].term.end_date
    assert receivers[1].predecessor == receivers[0]
    assert today - timedelta(days=366) < receivers[1].term.start_date <= today
    assert (meeting.committee, meeting.papers_due > today) == (receivers[1], True)
    assert 11 <= (meeting.start.date() - today).days <= 21


def test_every_account_of_the_contract_can_log_in_and_no_other(today):
    able = {user.email for user in User.objects.all() if user.has_usable_password()}

    assert able == {f"{mailbox}@{people.DOMAIN}" for mailbox, *_ in people.ACCOUNTS}


def test_every_page_has_its_words_and_says_that_they_are_an_example(today):
    assert {page.key for page in PageText.objects.filter(text__contains="**Beispieltext.**")} == set(PageKey)
    assert Town.objects.get().is_example


def test_the_last_two_half_years_are_delivered_with_what_was_true_then_and_the_next_is_being_written(today):
    older, newer, coming = Report.objects.order_by("year", "half")
    payloads = [from_json(report.snapshots.get().editions.get(kind="PUBLIC").payload) for report in (older, newer)]

    assert (older.state, newer.state, coming.state) == ("RELEASED", "RELEASED", "COLLECTING")
    assert (older.period.next(), newer.period.next()) == (newer.period, coming.period)
    assert newer.period.end < today
    assert coming.meeting is not None
    assert payloads[0].measures != payloads[1].measures
    assert payloads[1].earlier.code == older.snapshots.get().code


def test_a_second_call_changes_nothing_and_says_so(today, capsys):
    before = (Measure.history.count(), Event.objects.count(), User.objects.count(), Document.objects.count())

    call_command("demo")

    assert capsys.readouterr().out == "Die Datenbank ist nicht leer; es wurde nichts geändert.\n"
    assert (Measure.history.count(), Event.objects.count(), User.objects.count(), Document.objects.count()) == before


def test_every_measure_is_told_in_full():
    short = {
        planned.number: len(planned.steps)
        for planned in MEASURES
        if not (planned.teaser and planned.description and planned.objective and planned.beneficiaries)
        or not 3 <= len(planned.steps) <= 6
    }

    assert short == {}


def test_milestones_on_the_way_are_reached_or_still_to_come_where_a_measure_is_on_track(today):
    healthy = Measure.objects.filter(phase__in=ACTIVE_PHASES, health=Health.ON_TRACK)

    assert not Milestone.objects.overdue(today).filter(measure__in=healthy).exists()
