"""Writing the money of measures: who may, what is refused, what the journal tells, what a resolution keeps."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Function, Role
from ground.models import Event, PublicVersion
from masterplan.budgeting.lines import (
    AmountsRefused,
    LinesOvertaken,
    LineTaken,
    remove_line,
    set_lines,
)
from masterplan.budgeting.rules import NEGATIVE, Money
from masterplan.models import Basis, BudgetLine, Visibility
from masterplan.resolving import resolve
from tests.builders import (
    NOW,
    appoint,
    make_line,
    make_measure,
    make_officer,
    make_public_measure,
    make_unit,
    make_user,
)
from tests.masterplan.money import edit

pytestmark = pytest.mark.django_db

NEEDS_DAY = "Nennen Sie den Tag, von dem das Ist stammt."
NEEDS_SPENT = "Zu diesem Stand fehlt das Ist. Tragen Sie den Betrag ein oder leeren Sie den Tag."
NEEDS_ANSATZ = "Zu einem Nachtrag gehört ein Ansatz. Tragen Sie dort 0 ein, wenn es keinen gab."
TOO_MUCH = "Der Nachtrag nimmt mehr weg, als der Ansatz hat. Prüfen Sie Betrag und Ansatz."


def treasurer(**fields):
    user = make_user(**fields)
    appoint(user, Function.TREASURY)
    return user


WRITERS = {
    "Digital Officer": (make_officer, True),
    "Kämmerei": (treasurer, True),
    "administration": (make_user, False),
    "IT": (lambda: make_user(Role.IT), False),
    "council": (lambda: make_user(Role.COUNCIL), False),
    "system administrator": (lambda: make_user(Role.SYSTEM_ADMINISTRATOR), False),
}


@pytest.mark.parametrize("who", WRITERS)
def test_only_kaemmerei_and_digital_officer_write_figures(who):
    make, may = WRITERS[who]
    user, measure = make(), make_measure()

    try:
        set_lines([edit(measure, appropriated=5)], by=user)
        written = True
    except PermissionDenied:
        written = False

    assert (written, BudgetLine.objects.count()) == (may, int(may))


@pytest.mark.parametrize(("of_own_unit", "may"), [(True, True), (False, False)])
def test_the_kaemmerei_writes_figures_of_a_confidential_measure_only_where_she_sees_it(of_own_unit, may):
    unit = make_unit("Fachbereich Finanzen")
    user = treasurer(unit=unit)
    lead = unit if of_own_unit else make_unit("Bauamt")
    measure = make_measure(visibility=Visibility.CONFIDENTIAL, lead_unit=lead)

    if may:
        assert len(set_lines([edit(measure, appropriated=5)], by=user)) == 1
    else:
        with pytest.raises(PermissionDenied):
            set_lines([edit(measure, appropriated=5)], by=user)


IMPOSSIBLE = [
    ({"requested": -1}, {"requested": NEGATIVE}),
    ({"appropriated": -1}, {"appropriated": NEGATIVE}),
    ({"commitment": "-0.01"}, {"commitment": NEGATIVE}),
    ({"spent": -5, "as_of": date(2026, 9, 30)}, {"spent": NEGATIVE}),
    ({"spent": 5}, {"as_of": NEEDS_DAY}),
    ({"as_of": date(2026, 9, 30)}, {"spent": NEEDS_SPENT}),
    ({"supplementary": 10}, {"supplementary": NEEDS_ANSATZ}),
    ({"appropriated": 5, "supplementary": -6}, {"supplementary": TOO_MUCH}),
]


@pytest.mark.parametrize(("values", "errors"), IMPOSSIBLE)
def test_an_amount_that_cannot_be_is_refused_with_what_to_do_and_nothing_is_written(values, errors):
    measure = make_measure()

    with pytest.raises(AmountsRefused) as refused:
        set_lines([edit(measure, 2025, requested=1), edit(measure, **values)], by=None)

    assert (refused.value.errors, BudgetLine.objects.count()) == ({1: errors}, 0)


@pytest.mark.parametrize(("values", "errors"), IMPOSSIBLE)
def test_the_database_refuses_it_as_well(values, errors):
    measure = make_measure()
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine(measure=measure, year=2026, kind="EXPENSE", **values).save()


def test_an_ist_over_what_is_available_is_saved():
    line = make_line(make_measure(), appropriated=100, spent=130)
    assert (line.money.over, line.money.over_percent) == (30, 30)


@pytest.mark.parametrize(
    ("money", "over", "percent", "lacks"),
    [
        (Money(spent=Decimal(5)), 0, 0, True),
        (Money(spent=Decimal(0)), 0, 0, False),
        (Money(appropriated=Decimal(0), spent=Decimal(5)), 5, 100, False),
        (Money(carried_over=Decimal(4), spent=Decimal(5)), 1, 25, False),
        (Money(extra=Decimal(4), spent=Decimal(5)), 1, 25, False),
        (Money(requested=Decimal(4)), 0, 0, False),
    ],
)
def test_there_is_no_verdict_on_money_while_nothing_that_finances_is_stated(money, over, percent, lacks):
    assert (money.over, money.over_percent, money.lacks_appropriation) == (over, percent, lacks)


def test_a_nachtrag_leaves_the_ansatz_as_it_was():
    measure = make_measure()
    line = make_line(measure, appropriated=28_000)

    set_lines([edit(measure, line=line, supplementary=6_000)], by=None)

    now = BudgetLine.objects.get()
    assert (now.appropriated, now.supplementary, now.money.approved) == (28_000, 6_000, 34_000)


def test_a_line_that_someone_saved_meanwhile_is_refused_with_all_others():
    measure = make_measure()
    line, other = make_line(measure, requested=1), make_line(measure, 2027, requested=1)
    set_lines([edit(measure, line=line, requested=2)], by=None)

    with pytest.raises(LinesOvertaken) as refused:
        set_lines([edit(measure, 2027, line=other, requested=9), edit(measure, line=line, requested=3)], by=None)

    assert {place: row.requested for place, row in refused.value.rows.items()} == {1: 2}
    assert sorted(BudgetLine.objects.values_list("requested", flat=True)) == [1, 2]


def test_an_edit_of_a_line_that_was_removed_meanwhile_makes_no_new_one():
    measure = make_measure()
    line = make_line(measure, requested=1)
    remove_line(line_id=line.pk, expected_version=line.version, by=None)

    with pytest.raises(LinesOvertaken) as refused:
        set_lines([edit(measure, line=line, appropriated=3)], by=None)

    assert (refused.value.rows, BudgetLine.objects.exists()) == ({0: None}, False)


def test_two_lines_of_one_measure_never_have_the_same_account():
    measure = make_measure()
    make_line(measure, requested=1, product="A")
    other = make_line(measure, requested=1, product="B")

    with pytest.raises(LineTaken):
        set_lines([edit(measure, line=other, product="A")], by=None)


def told(measure, **conditions):
    events = Event.objects.about(measure).filter(kind__startswith="budget.", **conditions).order_by("pk")
    return [(event.title, event.before, event.after) for event in events]


def test_the_public_hears_of_ansatz_and_ist_as_sums_and_of_nothing_else():
    measure = make_public_measure()
    make_line(measure, appropriated=100, product="A")
    make_line(measure, appropriated=50, requested=70, carried_over=5, spent=20, product="B")

    assert told(measure, public=True) == [
        ("Ansatz festgesetzt: Aufwand 2026", "", "100,00\xa0€"),
        ("Ansatz geändert: Aufwand 2026", "100,00\xa0€", "150,00\xa0€"),
        ("Ist gemeldet: Aufwand 2026", "", "20,00\xa0€ (Stand 30.09.2026)"),
    ]
    assert told(measure, public=False) == [
        ("Bedarf: Aufwand 2026", "0,00\xa0€", "70,00\xa0€"),
        ("Übertragene Ermächtigung: Aufwand 2026", "0,00\xa0€", "5,00\xa0€"),
    ]


@pytest.mark.parametrize(
    ("make", "values", "raised"),
    [
        (make_public_measure, {"appropriated": 5}, True),
        (make_public_measure, {"requested": 5}, False),
        (make_measure, {"appropriated": 5}, False),
    ],
)
def test_the_public_version_rises_where_the_public_reads_something_else(make, values, raised):
    measure = make()
    before = PublicVersion.current().number
    make_line(measure, **values)
    assert (PublicVersion.current().number > before) == raised


def test_what_was_resolved_stays_whatever_is_changed_later_and_is_resolved_anew_only_by_a_resolution():
    measure = make_measure()
    line = make_line(measure, requested=40_000)
    resolve(measure_ids=[measure.pk], on=date(2026, 6, 26), body="Rat", basis=Basis.PLAN, by=None, now=NOW)
    line.refresh_from_db()
    set_lines([edit(measure, line=line, requested=55_000, appropriated=43_000)], by=None)
    later = make_line(measure, 2027, requested=10)

    line.refresh_from_db()
    assert (line.resolved, line.resolved_on, line.money.gap) == (40_000, date(2026, 6, 26), 3_000)
    assert (later.resolved, later.money.gap) == (None, None)
    resolve(measure_ids=[measure.pk], on=date(2026, 11, 1), body="Rat", basis=Basis.RESOLUTION, by=None, now=NOW)
    line.refresh_from_db()
    assert (line.resolved, line.resolved_on) == (55_000, date(2026, 11, 1))
