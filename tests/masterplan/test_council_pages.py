"""Budget and risks for the council: of public measures alone, and nothing that is only proposed."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Role
from masterplan.budgeting.proposals import propose
from masterplan.foreseeing import decline_risk, edit_risk
from masterplan.models import BudgetKind, RiskState, Visibility
from tests.builders import make_line, make_measure, make_public_measure, make_risk, make_user
from tests.masterplan.money import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    client.force_login(user := make_user(Role.COUNCIL))
    return user


def shown(client, *args):
    return text_of(client.get(reverse("council_measure" if args else "council_measures", args=args)))


def test_the_list_keeps_the_two_budgets_apart_and_names_the_gravest_risk(client, member):
    measure = make_public_measure()
    make_line(measure, 2025, appropriated=15_000, spent=11_840)
    make_line(measure, 2026, "PAYMENT", appropriated=85_000)
    make_risk(measure, likelihood=1, impact=1)
    make_risk(measure, likelihood=2, impact=2)
    over = make_risk(measure, likelihood=3, impact=3)
    edit_risk(risk_id=over.pk, values={}, state=RiskState.CLOSED, expected_version=1, by=None)
    page = shown(client)
    assert "Finanziert sind 15.000 € Aufwand und 85.000 € Auszahlung. Ausgegeben sind bisher 11.840 € Aufwand." in page
    assert "Termine online buchen vorgeschlagen 15.000,00 € 11.840,00 € 85.000,00 € – mittel" in page


def test_a_member_reads_all_amounts_and_the_risks_that_were_taken_in(client, member):
    measure = make_public_measure(responsible=(clerk := make_user()))
    make_line(measure, 2026, requested=30_000, appropriated=28_000, carried_over=4_000)
    propose(measure_id=measure.pk, year=2027, kind=BudgetKind.EXPENSE, amount=Decimal(777), why="Lizenzen", by=clerk)
    make_risk(measure, title="Der Anbieter liefert nicht", countermeasure="Zweiter Anbieter")
    make_risk(measure, title="Niemand kommt", by=clerk)
    declined = make_risk(measure, title="Der Himmel fällt", by=clerk)
    decline_risk(risk_id=declined.pk, reason="Zu fern", expected_version=1, by=None)
    page = shown(client, measure.number)
    told = ("30.000,00", "4.000,00", "Der Anbieter liefert nicht", "Zweiter Anbieter")
    proposed = ("777", "Lizenzen", "Niemand kommt", "Der Himmel fällt", "Zu fern")
    assert [word for word in (*told, *proposed) if word in page] == list(told)


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.CONFIDENTIAL])
def test_what_is_not_public_is_neither_listed_nor_summed_nor_opened(client, member, visibility):
    hidden = make_measure(visibility=visibility)
    make_line(hidden, 2026, appropriated=85_000)
    make_risk(hidden)
    assert "Noch keine Maßnahme" in shown(client)
    assert client.get(reverse("council_measure", args=[hidden.number])).status_code == 404


def test_the_list_asks_the_same_for_one_measure_and_for_twenty(client, member):
    counted = []
    for measures in (1, 19):
        for _ in range(measures):
            make_line(measure := make_public_measure(), 2026, appropriated=1)
            make_risk(measure)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shown(client)
        counted.append(len(queries))
    assert counted[0] == counted[1]
