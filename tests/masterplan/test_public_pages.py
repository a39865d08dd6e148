"""List, timeline, field, strategy and measure page as a visitor gets them."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from ground.models import PublicVersion
from ground.public_page import IN_CACHES
from masterplan.models import Measure, Phase, Visibility
from masterplan.publishing import set_visibility
from masterplan.resolving import resolve
from masterplan.updating import NewState, report
from strategy.models import StrategyState
from tests.builders import (
    NOW,
    TODAY,
    make_field,
    make_goal,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_public_measures,
    make_strategy,
    make_town,
    make_unit,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_the_day")]

RUNNING = {"phase": Phase.IN_PROGRESS, "planned_start": date(2026, 1, 1), "planned_end": date(2026, 12, 31)}
PAGES = ["/strategie/", "/massnahmen/", "/massnahmen/zeitplan/", "/massnahmen/trend/"]


@pytest.fixture
def _the_day(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


def shown(client, address):
    response = client.get(address)
    return response.status_code, response.content.decode()


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def late_measure(title="Kita-Platz online anmelden", **values):
    """Resolved for 31.12.2026, twice postponed to 30.04.2027."""
    measure = make_public_measure(title, state=RUNNING, **values)
    resolve(measure_ids=[measure.pk], on=date(2026, 1, 10), body="Rat", basis="PLAN", by=None, now=NOW)
    for end in (date(2027, 2, 28), date(2027, 4, 30)):
        new = {"planned_end": end, "health": "AT_RISK"}
        report(NewState(measure_id=measure.pk, values=new, reason="Vergabe"), by=None, now=NOW)
    return Measure.objects.get(pk=measure.pk)


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_portal_says_why_it_is_empty(client, address):
    status, html = shown(client, address)
    assert (status, 'class="empty"' in html) == (200, True)


@pytest.mark.parametrize(("state", "is_told"), [({}, False), (RUNNING, True)])
def test_the_tick_in_the_bar_is_explained_where_there_is_one(client, state, is_told):
    field = make_field(slug="bs")
    make_public_measure("Kita-Platz", field=field, state=state)
    pages = [
        shown(client, address)[1] for address in (reverse("public_measures"), reverse("public_field", args=["bs"]))
    ]
    assert ["Der Strich im Balken" in page for page in pages] == [is_told, is_told]


@pytest.mark.parametrize("visibility", [Visibility.INTERNAL, Visibility.CONFIDENTIAL])
def test_what_is_not_public_stands_on_no_page_and_in_no_count(client, visibility):
    field, officer = make_field(slug="bs"), make_officer()
    goal = make_goal(make_strategy(), slug="ziel")
    hidden = make_public_measure("Geheime Sache", field=field, state=RUNNING)
    hidden.goals.add(goal)
    make_milestone(hidden, "Geheimer Meilenstein", planned=TODAY + timedelta(days=30))
    addresses = [*PAGES, "/handlungsfelder/bs/", reverse("public_measure", args=[hidden.slug])]
    assert [
        "Geheim" in (html := shown(client, address)[1]) or "1 Maßnahme" in words(html) for address in addresses
    ] == [True] * 6
    set_visibility(measure_ids=[hidden.pk], visibility=visibility, reason="Vergabe", by=officer, now=NOW)
    assert [
        "Geheim" in (html := shown(client, address)[1]) or "1 Maßnahme" in words(html) for address in addresses
    ] == [False] * 6
    assert client.get(addresses[-1]).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/handlungsfelder/bs/", "/massnahmen/?stand=kaputt&page=9", "{measure}"])
def test_everyone_gets_the_same_bytes_without_a_cookie(client, address):
    make_town()
    measure = late_measure(field=make_field(slug="bs"))
    address = address.replace("{measure}", reverse("public_measure", args=[measure.slug]))
    anonymous = client.get(address)
    client.force_login(make_officer())
    signed_in = client.get(address)
    assert signed_in.content == anonymous.content
    assert [(r.get("Vary", ""), bool(r.cookies), r["Cache-Control"]) for r in (anonymous, signed_in)] == [
        ("", False, IN_CACHES)
    ] * 2


@pytest.mark.parametrize("address", [*PAGES, "/handlungsfelder/bs/"])
def test_a_list_costs_the_same_number_of_queries_for_3_rows_and_for_60(client, address, django_assert_max_num_queries):
    field, unit = make_field(slug="bs"), make_unit()
    goal = make_goal(make_strategy())

    def add(count):
        measures = make_public_measures(count, field=field, lead_unit=unit, state=RUNNING)
        goal.measures.add(*measures)
        for measure in measures[:3]:
            make_milestone(measure, planned=TODAY)

    def queries():
        with django_assert_max_num_queries(10) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(3)
    few = queries()
    add(57)
    assert queries() == few


def test_the_list_says_what_was_chosen_and_how_it_stands(client):
    office = make_field("VW", "Verwaltung", slug="verwaltung")
    late_measure(field=office)
    make_public_measure("Akte", field=office, state={**RUNNING, "health": "CRITICAL"})
    make_public_measure("Mängel", field=make_field("BS"), state={**RUNNING, "health": "ON_TRACK"})
    text = words(shown(client, "/massnahmen/?feld=verwaltung")[1])
    assert (
        "2 von 3 Maßnahmen passen zu Ihrer Auswahl: 1 ist kritisch, 1 gefährdet. Eine endet später als zugesagt."
        in text
    )
    assert "30.04.2027 2× verschoben, +120 Tage" in text
    assert "Filter entfernen: Verwaltung" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?stand=kaputt", "Diese Auswahl gibt es hier nicht, sie bleibt unbeachtet: „kaputt“."),
        ("?page=99", "Die Seite „99“ gibt es nicht. Sie sehen Seite 1."),
        ("?page=%00", "Sie sehen Seite 1."),
        ("?wort=%00%F0%9F%92%A9&stand=%FF&sortierung=' OR 1=1", "Keine von 1 Maßnahme passt zu Ihrer Auswahl."),
        ("?wort=gibtesnicht", "Entfernen Sie einen Filter"),
    ],
)
def test_bad_values_are_ignored_with_a_sentence(client, query, sentence):
    late_measure()
    status, html = shown(client, f"/massnahmen/{query}")
    assert (status, sentence in words(html)) == (200, True)


@pytest.mark.parametrize("start", ["quer", "9999-q4", "2026-q9", "\x00"])
def test_a_time_that_the_timeline_does_not_know_is_ignored_with_a_sentence(client, start):
    late_measure()
    response = client.get("/massnahmen/zeitplan/", {"ab": start})
    assert "Diesen Zeitraum gibt es im Zeitplan nicht." in words(response.content.decode())


@pytest.mark.parametrize("start", ["2000-q1", "2099-q4"])
def test_the_timeline_can_be_moved_to_its_last_quarter(client, start):
    late_measure()
    assert client.get("/massnahmen/zeitplan/", {"ab": start}).status_code == 200


@pytest.mark.parametrize("address", ["/massnahmen/", "/massnahmen/zeitplan/"])
def test_what_visitors_think_up_leaves_nothing_in_the_cache(client, address, monkeypatch):
    make_public_measure()
    client.get(address)
    made = []
    monkeypatch.setattr(cache, "set", lambda *given, **options: made.append(given))
    monkeypatch.setattr(cache, "add", lambda *given, **options: made.append(given))

    client.get(address, {"wort": "bürgerkonto"})
    client.get(address, {"phase": ["in-umsetzung", "geplant", "abgeschlossen"]})
    client.get(address, {"phase": ["in-umsetzung", "geplant"], "stand": "im-plan"})
    searched = list(made)
    client.get(address, {"phase": "in-umsetzung"})

    assert (searched, bool(made)) == ([], True)


def test_pages_hold_25_measures_in_a_stable_order(client):
    field = make_field()
    make_public_measures(30, field=field)
    pages = [re.findall(r">(Maßnahme \d\d)<", shown(client, f"/massnahmen/?page={page}")[1]) for page in (1, 2)]
    assert [len(page) for page in pages] == [25, 5]
    assert sorted(pages[0] + pages[1]) == [f"Maßnahme {number:02d}" for number in range(30)]


def test_the_timeline_speaks_each_bar(client):
    measure = late_measure()
    make_milestone(measure, planned=date(2026, 6, 30))
    text = words(shown(client, "/massnahmen/zeitplan/")[1])
    assert (
        "in Umsetzung, gefährdet. 01.01.2026 bis 30.04.2027. beschlossen bis 31.12.2026. "
        "2× verschoben, +120 Tage. Fortschritt 0 Prozent. ein Termin verpasst."
    ) in text


def test_the_timeline_shows_100_measures_a_page(client):
    field = make_field()
    make_public_measures(101, field=field)
    pages = [shown(client, f"/massnahmen/zeitplan/?page={page}")[1].count('class="timeline__row"') for page in (1, 2)]
    assert pages == [100, 1]


def test_a_measure_on_the_public_list_has_changed_etag_after_a_change(client):
    measure = late_measure()
    first = client.get("/massnahmen/")
    assert client.get("/massnahmen/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    state = {"health": "CRITICAL"}
    report(NewState(measure_id=measure.pk, values=state, reason="steht still"), by=None, now=NOW)
    again = client.get("/massnahmen/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, "1 ist kritisch" in words(again.content.decode())) == (200, True)


def test_a_draft_of_the_strategy_stays_inside(client):
    make_strategy(StrategyState.DRAFT, title="Entwurf 2027", vision="Geheimes Leitbild")
    make_strategy(title="Digitalstrategie 2025", vision="Offen")
    make_strategy(StrategyState.SUPERSEDED, title="Digitalstrategie 2019", vision="Damals")
    html = shown(client, "/strategie/")[1]
    titles = ("Digitalstrategie 2025", "Digitalstrategie 2019", "Entwurf 2027", "Geheim")
    assert [title in html for title in titles] == [True, True, False, False]


def test_the_strategy_counts_public_measures_by_goal_and_field(client):
    goal = make_goal(make_strategy(), "Wirtschaftlichkeit", slug="wirtschaft")
    field = make_field(slug="bs")
    make_public_measure("Eins", field=field).goals.add(goal)
    make_measure("Intern", field=field).goals.add(goal)
    html = shown(client, "/strategie/")[1]
    assert ('href="/massnahmen/?ziel=wirtschaft">1 Maßnahme</a>' in html, "2 Maßnahmen" in html) == (True, False)


def test_a_field_without_a_public_measure_is_not_known_outside(client):
    make_strategy()
    make_public_measure("Eins", field=make_field(slug="bs"))
    make_measure("Intern", field=make_field("GH", "Geheimes Feld", slug="gh"))
    html = shown(client, "/strategie/")[1]
    assert ("Bürgerservice" in html, "Geheimes Feld" in html) == (True, False)
    assert [client.get(f"/handlungsfelder/{slug}/").status_code for slug in ("bs", "gh")] == [200, 404]


def test_a_field_that_is_no_longer_used_keeps_its_address(client):
    field = make_field(slug="bs")
    make_public_measure("Eins", field=field)
    field.withdrawn_on = TODAY
    field.save()
    status, html = shown(client, "/handlungsfelder/bs/")
    assert (status, "nicht mehr benutzt" in html, "Eins" in html) == (200, True, True)


def test_a_page_reads_the_version_once(client, django_assert_num_queries):
    late_measure()
    client.get("/massnahmen/")
    with django_assert_num_queries(3) as captured:
        client.get("/massnahmen/")
    tables = [PublicVersion._meta.db_table in query["sql"] for query in captured.captured_queries]
    assert tables == [True, False, False]
