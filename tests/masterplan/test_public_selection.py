"""Filters and counts of the public list."""

from datetime import date

import pytest
from django.core.cache import cache
from django.http import QueryDict

from ground.models import PublicVersion
from masterplan.models import Measure, Phase, ShownStatus, Visibility
from masterplan.public.cube import PHASES, STATUSES
from masterplan.public.facets import choices_of, facets_of
from masterplan.public.measures import with_behind
from masterplan.public.selection import Selection, select
from tests.builders import (
    NOW,
    TODAY,
    make_field,
    make_goal,
    make_measure,
    make_public_measure,
    make_strategy,
    make_unit,
)

pytestmark = pytest.mark.django_db

RUNNING = {"phase": Phase.IN_PROGRESS, "planned_end": date(2027, 6, 30)}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def plan():
    """Six public measures that differ in all one can choose, and two that nobody may see."""
    service, office = make_field("BS", "Bürgerservice"), make_field("VW", "Verwaltung", position=2)
    it, library = make_unit("IT-Abteilung"), make_unit("Bücherei")
    goal = make_goal(make_strategy(), "Bürgerservice", slug="buergerservice")
    critical = {**RUNNING, "health": "CRITICAL"}
    rows = [
        make_public_measure("Kita-Platz", field=service, lead_unit=it, state=critical, teaser="Schneller zur Zusage"),
        make_public_measure("Mängel", field=service, lead_unit=it, state={**RUNNING, "health": "ON_TRACK"}),
        make_public_measure("Akte", field=office, lead_unit=it, state=critical),
        make_public_measure("Räume", field=office, lead_unit=library, state={**RUNNING, "health": "ON_TRACK"}),
        make_public_measure("Bücher", field=office, lead_unit=library, description="Über alle Orte hinweg"),
        make_public_measure("Fertig", field=office, state={"phase": Phase.COMPLETED}),
    ]
    for row in rows[:3]:
        row.goals.add(goal)
    make_measure("Kita intern", field=service, state=critical)
    make_measure("Kita geheim", field=service, visibility=Visibility.CONFIDENTIAL, state=critical)
    return rows


def chosen(query):
    version = PublicVersion.current()
    selection, measures = select(QueryDict(query), choices_of(version, TODAY), TODAY)
    return selection, [title for (title,) in measures.values_list("title")], facets_of(version, selection, TODAY)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Kita-Platz", "Akte", "Mängel", "Räume", "Bücher", "Fertig"]),
        ("wort=kita", ["Kita-Platz"]),
        ("wort=ZUSAGE", ["Kita-Platz"]),
        ("wort=%C3%BCber+orte", ["Bücher"]),
        ("wort=m%C3%84NGEL", ["Mängel"]),
        ("wort=%25", []),
        ("stand=kritisch", ["Kita-Platz", "Akte"]),
        ("stand=kritisch&stand=abgeschlossen", ["Kita-Platz", "Akte", "Fertig"]),
        ("phase=in-umsetzung&feld=verwaltung", ["Akte", "Räume"]),
        ("ziel=buergerservice", ["Kita-Platz", "Akte", "Mängel"]),
        ("stelle=buecherei", ["Räume", "Bücher"]),
        ("stelle=buecherei&stand=kritisch", []),
        ("sortierung=nummer", ["Kita-Platz", "Mängel", "Akte", "Räume", "Bücher", "Fertig"]),
    ],
)
def test_the_address_chooses_among_published_measures(plan, query, titles):
    _, found, facets = chosen(query)
    assert (found, facets.matching, facets.total) == (titles, len(titles), 6)


def test_the_same_filter_would_find_an_internal_measure_if_it_were_published(plan):
    assert chosen("wort=intern")[1] == []
    Measure._base_manager.filter(title="Kita intern").update(
        visibility="PUBLIC", slug="kita-intern", published_at="2026-01-01T00:00Z"
    )
    assert chosen("wort=intern")[1] == ["Kita intern"]


@pytest.mark.parametrize(
    "query", ["", "stand=kritisch", "ziel=buergerservice", "feld=verwaltung&stelle=it-abteilung", "wort=e"]
)
def test_each_count_beside_a_choice_is_what_one_sees_after_choosing_it(plan, query):
    selection, _, facets = chosen(query)
    known = choices_of(PublicVersion.current(), TODAY)
    choices = {"stand": STATUSES, "phase": PHASES, "feld": known.fields, "stelle": known.units, "ziel": known.goals}
    promised = {
        (name, choice.value): facets.choices[name].get(choice.value, 0) for name in choices for choice in choices[name]
    }
    seen = {}
    for name, value in promised:
        others = QueryDict(selection.query().removeprefix("?"), mutable=True)
        others.setlist(name, [value])
        seen[name, value] = len(chosen(others.urlencode())[1])
    assert promised == seen


def test_counts_by_status_add_up_to_the_list(plan):
    _, _, facets = chosen("")
    assert facets.by_status == {
        ShownStatus.CRITICAL: 2,
        ShownStatus.ON_TRACK: 2,
        ShownStatus.PROPOSED: 1,
        ShownStatus.COMPLETED: 1,
    }


def test_behind_the_promise_means_the_same_in_filter_and_count(plan):
    late = make_public_measure("Spät", state={**RUNNING, "health": "AT_RISK"})
    Measure._base_manager.filter(pk=late.pk).update(planned_end=date(2027, 12, 31))
    marked = set(with_behind(Measure.objects.published(), TODAY).filter(behind=True).values_list("pk", flat=True))
    assert marked == set(Measure.objects.published().behind_promise(TODAY).values_list("pk", flat=True)) == {late.pk}
    cache.clear()
    _, titles, facets = chosen("verspaetet=ja")
    assert (titles, facets.behind, facets.choices["verspaetet"]["ja"]) == (["Spät"], 1, 1)


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("stand=kaputt", ("kaputt",)),
        ("stand=kritisch&stand=kaputt", ("kaputt",)),
        ("feld=999&stelle=%00&sortierung=quer", ("999", "\x00", "quer")),
        ("verspaetet=nein", ("nein",)),
        ("ziel=buergerservice&ziel=anderes", ("anderes",)),
        ("unbekannt=1&wort=%00%ff", ()),
        ("stand=&feld=&stelle=", ()),
    ],
)
def test_what_the_address_cannot_mean_is_left_out_and_named(plan, query, ignored):
    assert chosen(query)[0].ignored == ignored


def test_a_selection_makes_one_address_whatever_the_order_it_came_in(plan):
    one, _, _ = chosen("feld=verwaltung&stand=kritisch&stand=im-plan&x=1")
    other, _, _ = chosen("stand=im-plan&stand=kritisch&feld=verwaltung&feld=verwaltung")
    assert one.query() == other.query() == "?stand=kritisch&stand=im-plan&feld=verwaltung"


def test_one_choice_can_be_taken_out_of_the_address(plan):
    selection, _, _ = chosen("feld=verwaltung&stand=kritisch&sortierung=ende")
    assert selection.query(without=("stand", "kritisch")) == "?feld=verwaltung&sortierung=ende"


def test_counts_are_kept_until_the_public_version_rises(plan, django_assert_num_queries):
    version = PublicVersion.current()
    facets_of(version, Selection(), TODAY)
    with django_assert_num_queries(0):
        facets_of(version, Selection(), TODAY)
    make_public_measure("Neu")
    assert facets_of(PublicVersion.current(), Selection(), TODAY).total == 7


def test_counting_takes_two_queries_however_many_measures(plan, django_assert_num_queries):
    newer = PublicVersion(number=PublicVersion.current().number + 1, raised_at=NOW)
    with django_assert_num_queries(2):
        facets_of(newer, Selection(), TODAY)
