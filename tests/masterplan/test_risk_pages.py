"""Risks and dependencies in the workspace: who reads, who proposes, who decides, and what a form says."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Role
from masterplan.linking import edges_between_measures
from masterplan.models import Dependency, Risk, RiskState, Visibility
from tests.builders import (
    make_dependency,
    make_field,
    make_measure,
    make_milestone,
    make_officer,
    make_risk,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db
RISK = {"title": "Der Anbieter liefert nicht", "likelihood": "3", "impact": "2", "countermeasure": "Zweiter Anbieter"}


def url(name, *args):
    return reverse(name, args=args)


def page(client, name, *args, **asked):
    return client.get(url(name, *args), asked).content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_officer_enters_a_risk_and_finds_it_in_matrix_and_list(client, officer):
    make_measure()
    answer = client.post(url("risk_add", "BS-01"), RISK, follow=True)
    risk = Risk.objects.get()
    html = answer.content.decode()
    assert (risk.state, f'href="/arbeitsbereich/massnahmen/BS-01/risiken/#risiko-{risk.pk}"' in html) == (
        RiskState.OPEN,
        True,
    )
    assert "BS-01: Risiko aufgenommen." in words(html)
    assert "Ein Risiko, es ist hoch." in words(html)


def test_whose_measure_it_is_proposes_changes_the_proposal_and_does_not_decide_it(client):
    clerk = make_user()
    make_measure(responsible=clerk)
    client.force_login(clerk)
    client.post(url("risk_add", "BS-01"), RISK)
    risk = Risk.objects.get()
    client.post(url("risk_edit", "BS-01", risk.pk), {**RISK, "title": "Genauer", "version": 1, "state": "OPEN"})
    risk.refresh_from_db()
    assert (risk.title, risk.state) == ("Genauer", RiskState.PROPOSED)
    decisions = [client.post(url(name, "BS-01", risk.pk), {"version": 2, "reason": "x"}) for name in DECISIONS]
    assert [one.status_code for one in decisions] == [403, 403]


DECISIONS = ("risk_take_in", "risk_decline")


@pytest.mark.parametrize(
    ("name", "sent", "state"),
    [
        ("risk_take_in", {}, RiskState.OPEN),
        ("risk_decline", {"reason": "Schon abgedeckt"}, RiskState.DECLINED),
        ("risk_decline", {"reason": ""}, RiskState.PROPOSED),
    ],
)
def test_the_officer_decides_on_a_proposal(client, officer, name, sent, state):
    risk = make_risk(make_measure(responsible=(clerk := make_user())), by=clerk)
    client.post(url(name, "BS-01", risk.pk), {"version": 1, **sent})
    assert Risk.objects.get().state == state


@pytest.mark.parametrize("name", DECISIONS)
def test_a_proposal_that_changed_meanwhile_is_not_decided_unseen(client, officer, name):
    risk = make_risk(make_measure(responsible=(clerk := make_user())), by=clerk)
    html = client.post(url(name, "BS-01", risk.pk), {"version": 7, "reason": "x"}, follow=True).content.decode()
    assert (Risk.objects.get().state, "Prüfen Sie ihn noch einmal." in html) == (RiskState.PROPOSED, True)


def test_an_overtaken_form_shows_both_versions_and_keeps_what_was_typed(client, officer):
    risk = make_risk(make_measure())
    client.post(url("risk_edit", "BS-01", risk.pk), {**RISK, "title": "Erste", "version": 1, "state": "OPEN"})
    answer = client.post(url("risk_edit", "BS-01", risk.pk), {**RISK, "title": "Zweite", "version": 1, "state": "OPEN"})
    both, form = answer.context["both"], answer.context["form"]
    assert [(one.name, one.theirs, one.mine) for one in both.differences] == [("title", "Erste", "Zweite")]
    assert (form["title"].value(), form["version"].value(), Risk.objects.get().title) == ("Zweite", "2", "Erste")


@pytest.mark.parametrize("missing", ["title", "likelihood", "impact"])
def test_what_is_missing_is_named_and_nothing_is_saved(client, officer, missing):
    make_measure()
    form = client.post(url("risk_add", "BS-01"), {**RISK, missing: ""}).context["form"]
    assert (form.errors, Risk.objects.count()) == ({missing: ["Bitte füllen Sie dieses Feld aus."]}, 0)


def test_a_person_is_not_named_without_a_question(client, officer):
    make_measure()
    form = client.post(url("risk_add", "BS-01"), {**RISK, "title": "Herr Beispiel geht"}).context["form"]
    assert (list(form.errors), Risk.objects.count()) == (["title"], 0)


@pytest.mark.parametrize("role", [Role.IT, Role.ADMINISTRATION])
def test_readers_read_risks_and_dependencies_and_are_offered_nothing_to_change(client, role):
    first, second = make_measure("Leitungen"), make_measure("Geräte")
    make_risk(second, "Verzug")
    make_dependency(first, second, note="Anschluss")
    client.force_login(make_user(role))
    html = page(client, "measure_risks", "BS-02")
    assert [word in html for word in ("Verzug", "Anschluss", "eintragen", "Aufheben", "Ändern")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert url("measure_risks", "BS-02") in page(client, "measure_edit", "BS-02")


def test_a_measure_that_the_reader_does_not_see_is_another_measure_and_no_box(client, officer):
    hidden, shown, last = (
        make_measure("Verborgen", visibility=Visibility.CONFIDENTIAL),
        make_measure("Offen"),
        make_measure("Danach"),
    )
    make_dependency(hidden, shown, note="geheimer Grund")
    make_dependency(shown, last)
    make_dependency(make_measure("Auch verborgen", visibility=Visibility.CONFIDENTIAL), hidden)
    for name, args in (("measure_risks", ["BS-02"]), ("dependencies", [])):
        client.force_login(officer)
        seen = page(client, name, *args)
        client.force_login(make_user(Role.IT))
        html = page(client, name, *args)
        told = [word in html for word in ("Verborgen", "BS-01", "geheimer Grund", "Auch verborgen", "BS-03")]
        assert ("Verborgen" in seen, told) == (True, [False, False, False, False, True])
        assert html.count("Eine andere Maßnahme") == 1
    assert client.get(url("measure_risks", "BS-01")).status_code == 404


def test_the_picture_says_in_words_what_it_shows(client, officer):
    first, second = make_measure("Leitungen"), make_measure("Geräte")
    make_dependency(first, second)
    html = page(client, "dependencies")
    assert ">BS-02 wartet auf BS-01.</desc>" in html
    assert 'aria-label="BS-02, ohne Termin, Geräte, vorgeschlagen. Wartet auf BS-01."' in html
    assert html.count('class="graph__line"') == 1


def test_the_risks_of_all_are_filtered_by_field_and_by_who_watches(client, officer):
    unit, other = make_unit("IT"), make_field("WI", "Wirtschaft", slug="wirtschaft")
    make_risk(make_measure("Netz", field=make_field()), "Kabel fehlt", owner_unit=unit)
    make_risk(make_measure("Karte", field=other), "Daten fehlen")
    found = {
        asked: [word in page(client, "risks", **dict([asked])) for word in ("Kabel fehlt", "Daten fehlen")]
        for asked in (("feld", "BS"), ("feld", "WI"), ("einheit", str(unit.pk)), ("feld", "XX"), ("einheit", "x"))
    }
    assert list(found.values()) == [[True, False], [False, True], [True, False], [True, True], [True, True]]


@pytest.mark.parametrize(
    ("taken_in", "proposed", "answer"),
    [
        (0, 0, "Kein Risiko ist eingetragen."),
        (0, 1, "Kein Risiko ist aufgenommen, eines ist vorgeschlagen."),
        (1, 0, "Ein Risiko, es ist mittel."),
        (2, 2, "Zwei Risiken, keines davon hoch. Zwei sind vorgeschlagen."),
    ],
)
def test_the_answer_tells_what_is_taken_in_and_what_only_proposed(client, officer, taken_in, proposed, answer):
    reporter = make_user()
    measure = make_measure(responsible=reporter)
    for _ in range(taken_in):
        make_risk(measure)
    for _ in range(proposed):
        make_risk(measure, by=reporter)
    assert answer in page(client, "measure_risks", "BS-01")


def test_nothing_there_is_said_with_what_to_do_first(client, officer):
    assert "Noch kein Risiko" in page(client, "risks")
    assert "Noch keine Abhängigkeit" in page(client, "dependencies")


def test_a_dependency_is_entered_and_ended(client, officer):
    first, second = make_measure("Leitungen"), make_measure("Geräte")
    milestone = make_milestone(first, "Vergabe")
    sent = {"waiting": "", "before": f"{first.pk}:{milestone.pk}", "lag": "14", "note": "Anschluss"}
    client.post(url("dependency_add", "BS-02"), sent)
    row = Dependency.objects.get()
    assert (row.predecessor_milestone, row.successor, row.lag) == (milestone, second, 14)
    assert "BS-02 Geräte wartet dann nicht mehr auf BS-01 Leitungen, Meilenstein „Vergabe“." in words(
        page(client, "dependency_end", "BS-01", row.pk)
    )
    client.post(url("dependency_end", "BS-02", row.pk))
    assert (edges_between_measures(), Dependency.objects.count()) == (set(), 1)


def test_a_circle_is_refused_in_the_form_with_the_way_around_and_nothing_typed_is_lost(client, officer):
    first, second = make_measure("Leitungen"), make_measure("Geräte")
    make_dependency(first, second)
    answer = client.post(url("dependency_add", "BS-01"), {"before": str(second.pk), "lag": "3", "note": "Grund"})
    form = answer.context["form"]
    assert form.errors["before"][0].startswith("BS-01 kann nicht auf BS-02 warten, denn schon jetzt wartet BS-02 auf")
    assert [form[name].value() for name in ("before", "lag", "note")] == [str(second.pk), "3", "Grund"]
    assert Dependency.objects.count() == 1


def test_what_cannot_be_waited_for_is_not_offered(client, officer):
    make_measure("Selbst")
    make_measure("Offen")
    choices = client.get(url("dependency_add", "BS-01")).context["form"].fields["before"].choices
    assert choices == [("", "Bitte wählen"), ("BS-02 Offen", [(choices[1][1][0][0], "BS-02 als Ganzes")])]


@pytest.mark.parametrize(
    ("name", "args"), [("risks", []), ("dependencies", []), ("measure_risks", ["BS-01"]), ("dependency_add", ["BS-01"])]
)
def test_the_number_of_queries_does_not_grow_with_what_is_shown(client, officer, name, args):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url(name, *args)).status_code == 200
        return len(found)

    def add(title):
        measure = make_measure(title)
        make_risk(measure, owner_unit=make_unit(title))
        make_dependency(make_milestone(first), make_milestone(measure))

    first = make_measure("Erste")
    make_risk(first, owner_unit=make_unit("Erste"))
    add("Zweite")
    client.get(url(name, *args))
    before = queries()
    for number in range(4):
        add(f"Weitere {number}")
    assert queries() == before


def test_the_council_reads_no_risk(client):
    make_risk(make_measure())
    client.force_login(make_user(Role.COUNCIL))
    for name, args in (("risks", []), ("dependencies", []), ("measure_risks", ["BS-01"])):
        assert client.get(url(name, *args)).status_code == 403


def test_the_history_of_a_measure_tells_of_its_risks_and_dependencies(client, officer):
    first, second = make_measure("Leitungen"), make_measure("Geräte")
    make_risk(second, "Verzug")
    make_dependency(first, second)
    html = words(page(client, "measure_history", "BS-02"))
    assert "Risiko aufgenommen Verzug" in html
    assert "Abhängigkeit eingetragen Maßnahme wartet auf eine andere Maßnahme" in html


def test_officers_alone_enter_dependencies(client):
    clerk = make_user()
    make_measure(responsible=clerk)
    client.force_login(clerk)
    assert client.get(url("dependency_add", "BS-01")).status_code == 403
    assert client.get(url("risk_add", "BS-01")).status_code == 200
    client.force_login(make_officer())
    assert client.get(url("dependency_add", "BS-01")).status_code == 200
