"""Risks: proposed by whose measure it is, decided by the Digital Officer, kept, never public."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.access import Role
from ground.history import HistoryBypassed, StaleRow
from ground.models import Event
from masterplan.foreseeing import (
    AlreadyDecided,
    ReasonToDeclineMissing,
    add_risk,
    decline_risk,
    edit_risk,
    take_in_risk,
)
from masterplan.models import Risk, RiskLevel, RiskState, Visibility
from masterplan.planning import AlreadyCommitted, delete_draft
from tests.builders import NOW, TODAY, make_measure, make_officer, make_public_measure, make_risk, make_unit, make_user

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Der Anbieter liefert nicht", "likelihood": 3, "impact": 2}


def told():
    return list(
        Event.objects.filter(kind__startswith="risk.").order_by("pk").values_list("title", "after", "reason", "public")
    )


def test_the_officer_takes_a_risk_in_at_once():
    measure, officer, unit = make_public_measure(), make_officer(), make_unit("IT")
    values = {**TEXTS, "countermeasure": "Zweiter Anbieter", "owner_unit": unit}

    risk = add_risk(measure_id=measure.pk, values=values, by=officer, now=NOW)

    assert (risk.state, risk.reviewed_on, risk.level, risk.owner_unit) == (RiskState.OPEN, TODAY, RiskLevel.HIGH, unit)
    assert told() == [("Risiko aufgenommen", "Der Anbieter liefert nicht", "", False)]


@pytest.mark.parametrize("decision", ["taken in", "declined"])
def test_whose_measure_it_is_proposes_and_the_officer_decides(decision):
    clerk, officer = make_user(), make_officer()
    measure = make_measure(responsible=clerk)
    risk = add_risk(measure_id=measure.pk, values=TEXTS, by=clerk, now=NOW)
    assert (risk.state, risk.reviewed_on) == (RiskState.PROPOSED, None)

    if decision == "taken in":
        take_in_risk(risk_id=risk.pk, expected_version=1, by=officer, now=NOW)
    else:
        decline_risk(risk_id=risk.pk, reason="Schon abgedeckt", expected_version=1, by=officer, now=NOW)

    risk.refresh_from_db()
    expected = {
        "taken in": (RiskState.OPEN, "", ("Risiko aufgenommen", TEXTS["title"], "", False)),
        "declined": (
            RiskState.DECLINED,
            "Schon abgedeckt",
            ("Risiko nicht aufgenommen", TEXTS["title"], "Schon abgedeckt", False),
        ),
    }[decision]
    assert (risk.state, risk.declined_because, told()[-1]) == expected
    with pytest.raises(AlreadyDecided):
        take_in_risk(risk_id=risk.pk, expected_version=None, by=officer)


def test_a_proposal_is_not_declined_without_a_reason():
    risk = make_risk(make_measure(responsible=(clerk := make_user())), by=clerk)
    with pytest.raises(ReasonToDeclineMissing):
        decline_risk(risk_id=risk.pk, reason=" ", expected_version=None, by=make_officer())


def test_a_review_without_a_change_is_a_review_all_the_same():
    risk = make_risk(make_measure())
    Risk._base_manager.filter(pk=risk.pk).update(reviewed_on=None)

    edit_risk(risk_id=risk.pk, values={}, expected_version=1, by=make_officer(), now=NOW)

    assert (Risk.objects.get().reviewed_on, told()[-1][0]) == (TODAY, "Risiko geprüft")


def test_a_risk_that_occurs_or_is_over_stays():
    risk, officer = make_risk(make_measure()), make_officer()
    for state in (RiskState.OCCURRED, RiskState.CLOSED):
        edit_risk(risk_id=risk.pk, values={}, state=state, expected_version=None, by=officer, now=NOW)
    assert [title for title, *_ in told()] == ["Risiko aufgenommen", "Risiko eingetreten", "Risiko erledigt"]
    assert list(Risk.history.order_by("history_id").values_list("state", flat=True)) == ["OPEN", "OCCURRED", "CLOSED"]
    with pytest.raises(HistoryBypassed):
        Risk.objects.all().delete()
    with pytest.raises(AlreadyCommitted):
        delete_draft(measure_id=risk.measure_id, by=officer)


def test_an_overtaken_form_is_refused():
    risk, officer = make_risk(make_measure()), make_officer()
    edit_risk(risk_id=risk.pk, values={"title": "Neu"}, expected_version=1, by=officer)
    with pytest.raises(StaleRow):
        edit_risk(risk_id=risk.pk, values={"title": "Anders"}, expected_version=1, by=officer)
    assert Risk.objects.get().title == "Neu"


def test_one_changes_ones_own_proposal_until_it_is_decided():
    clerk, other = make_user(), make_user()
    risk = make_risk(make_measure(responsible=clerk, deputy=other), by=clerk)
    edit_risk(risk_id=risk.pk, values={"title": "Genauer"}, state=RiskState.OPEN, expected_version=None, by=clerk)
    assert (Risk.objects.get().title, Risk.objects.get().state) == ("Genauer", RiskState.PROPOSED)
    with pytest.raises(PermissionDenied):
        edit_risk(risk_id=risk.pk, values={"title": "Fremd"}, expected_version=None, by=other)
    take_in_risk(risk_id=risk.pk, expected_version=None, by=make_officer())
    with pytest.raises(PermissionDenied):
        edit_risk(risk_id=risk.pk, values={"title": "Danach"}, expected_version=None, by=clerk)
    assert Risk.objects.get().title == "Genauer"


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.IT, Role.COUNCIL])
def test_whose_measure_it_is_not_enters_no_risk_and_decides_none(role):
    user, proposed = make_user(role), make_risk(make_measure(responsible=(clerk := make_user())), by=clerk)
    for attempt in (
        lambda: add_risk(measure_id=proposed.measure_id, values=TEXTS, by=user),
        lambda: edit_risk(risk_id=proposed.pk, values={"title": "x"}, expected_version=None, by=user),
        lambda: take_in_risk(risk_id=proposed.pk, expected_version=None, by=user),
        lambda: decline_risk(risk_id=proposed.pk, reason="x", expected_version=None, by=user),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert Risk.objects.get().state == RiskState.PROPOSED


def test_the_house_reads_the_risks_of_the_measures_it_sees_and_the_council_what_is_taken_in_of_public_ones():
    public = make_public_measure("Offen", responsible=(clerk := make_user()))
    for measure in (public, make_measure("Intern"), make_measure("Verborgen", visibility=Visibility.CONFIDENTIAL)):
        make_risk(measure)
    make_risk(public, by=clerk)
    seen = {
        role: sorted(Risk.objects.visible_to(make_user(role)).values_list("measure__title", flat=True)) for role in Role
    }
    assert seen == {
        Role.COUNCIL: ["Offen"],
        Role.ADMINISTRATION: ["Intern", "Offen", "Offen"],
        Role.IT: ["Intern", "Offen", "Offen"],
        Role.DIGITAL_OFFICER: ["Intern", "Offen", "Offen", "Verborgen"],
        Role.SYSTEM_ADMINISTRATOR: [],
    }


@pytest.mark.parametrize(
    "change", ["likelihood = 4", "impact = 0", "state = 'NEU'", "state = 'DECLINED'", "declined_because = 'x'"]
)
def test_the_database_itself_refuses_what_no_risk_can_be(change):
    make_risk(make_measure())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE masterplan_risk SET {change}")
