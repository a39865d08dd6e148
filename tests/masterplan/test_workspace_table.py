"""The table of all measures: who sees it, what the filter gives, what it costs."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import Role
from masterplan.models import Measure, Phase, Visibility
from masterplan.planning import add_measures, new_measure
from tests.builders import (
    NOW,
    make_field,
    make_measure,
    make_public_measure,
    make_public_measures,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def numbers(response) -> list[str]:
    return [row.number for row, _ in response.context["page"].object_list]


def table(client, **query):
    return client.get(reverse("measures"), query)


def test_the_table_without_any_measure_says_what_to_do_first(client, officer) -> None:
    assert b"Noch keine Ma\xc3\x9fnahme" in table(client).content


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.DIGITAL_OFFICER, ["BS-01", "BS-02", "BS-03"]),
        (Role.IT, ["BS-01", "BS-02"]),
        (Role.ADMINISTRATION, ["BS-01", "BS-02"]),
    ],
)
def test_each_role_sees_its_measures(client, role, seen) -> None:
    make_public_measure()
    make_measure("Intern")
    make_measure("Geheim", visibility=Visibility.CONFIDENTIAL)
    client.force_login(make_user(role))
    assert numbers(table(client)) == seen


def test_each_figure_on_top_leads_to_the_measures_it_counts(client, officer) -> None:
    running = {"phase": Phase.IN_PROGRESS, "planned_end": date(2099, 12, 31)}
    for health in ("CRITICAL", "CRITICAL", "AT_RISK"):
        make_measure(state={**running, "health": health})
    make_measure("Nur vorgeschlagen")
    answer = table(client, page="1").context["answer"]
    assert answer == ("Vier Maßnahmen", [("zwei kritisch", "?status=CRITICAL"), ("eine gefährdet", "?status=AT_RISK")])
    assert [len(numbers(client.get(reverse("measures") + href))) for _, href in answer[1]] == [2, 1]


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.SYSTEM_ADMINISTRATOR])
def test_who_does_not_work_here_is_refused(client, role) -> None:
    client.force_login(make_user(role))
    assert table(client).status_code == 403


def test_readers_get_no_way_to_change_anything(client) -> None:
    make_measure()
    client.force_login(make_user(Role.IT))
    content = table(client).content.decode()
    assert [word for word in ("/feld/", 'name="pick"', "anlegen") if word in content] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "termin"}, ["BS-01"]),
        ({"q": "BS-03"}, ["BS-03"]),
        ({"q": "gibt es nicht"}, []),
        ({"status": ["AT_RISK"]}, ["BS-02"]),
        ({"status": ["AT_RISK", "PROPOSED"]}, ["BS-01", "BS-02", "BS-03", "SK-01"]),
        ({"bedarf": "bald"}, ["BS-02"]),
        ({"bedarf": "verantwortung"}, ["BS-01", "BS-02", "SK-01"]),
        ({"feld": "SK"}, ["SK-01"]),
        ({"sichtbarkeit": "PUBLIC"}, ["BS-01"]),
        ({"einheit": "ohne"}, ["BS-01", "BS-02", "SK-01"]),
        ({"status": "UNSINN", "feld": "XX", "einheit": "99", "sort": "quatsch"}, ["BS-01", "BS-02", "BS-03", "SK-01"]),
    ],
)
def test_the_filter_narrows_the_table(client, officer, query, found) -> None:
    service, school = make_field(position=1), make_field("SK", "Schule", position=2)
    make_public_measure("Termine", field=service)
    soon = {"phase": "IN_PROGRESS", "health": "AT_RISK", "planned_end": timezone.localdate()}
    make_measure("Gefährdet", field=service, state=soon)
    make_measure("Zugeteilt", field=service, lead_unit=make_unit(), responsible=officer)
    make_measure("Schule", field=school)
    assert numbers(table(client, **query)) == found


def test_each_option_counts_what_it_would_give_beside_the_other_groups(client, officer) -> None:
    service, school = make_field(position=1), make_field("SK", "Schule", position=2)
    make_public_measure("Eine", field=service)
    make_measure("Zwei", field=service)
    make_measure("Drei", field=school)
    groups = table(client, sichtbarkeit="INTERNAL").context["filters"]
    counts = {group.label: {one.label: one.count for one in group.options} for group in groups}
    assert (counts["Handlungsfeld"], counts["Sichtbarkeit"]) == (
        {"Bürgerservice": 1, "Schule": 1},
        {"intern": 2, "öffentlich": 1},
    )


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("massnahme", ["BS-01", "BS-02", "BS-03"]),
        ("-massnahme", ["BS-03", "BS-02", "BS-01"]),
        ("ende", ["BS-02", "BS-01", "BS-03"]),
        ("-ende", ["BS-01", "BS-02", "BS-03"]),
        ("-verzug", ["BS-01", "BS-02", "BS-03"]),
        ("fortschritt", ["BS-01", "BS-02", "BS-03"]),
        ("-sichtbarkeit", ["BS-01", "BS-02", "BS-03"]),
    ],
)
def test_the_table_is_sorted_by_each_column_with_missing_values_last(client, officer, sort, found) -> None:
    make_public_measure("Spät", state={"planned_end": date(2027, 6, 30)})
    make_measure("Früh", state={"planned_end": date(2027, 1, 31)})
    make_measure("Offen")
    response = table(client, sort=sort)
    assert numbers(response) == found
    assert response.content.decode().count("aria-sort=") == 1


def test_the_table_costs_the_same_queries_for_3_and_for_1000_rows(
    client, officer, django_assert_max_num_queries
) -> None:
    field, unit = make_field(), make_unit()
    table(client)
    for last in (3, 1000):
        have = Measure.objects.count()
        add_measures(
            [
                new_measure(
                    field=field, serial=serial, values={"title": "M", "lead_unit": unit, "responsible": officer}
                )
                for serial in range(have + 1, last + 1)
            ],
            by=None,
            now=NOW,
        )
        with django_assert_max_num_queries(10) as asked:
            response = table(client, zeilen="alle")
        assert len(numbers(response)) == last
        if last == 3:
            few = len(asked)
    assert len(asked) == few


def test_a_page_shows_100_rows_and_all_of_them_when_asked(client, officer) -> None:
    make_public_measures(101)
    first = table(client, sort="massnahme")
    words, href = first.context["longer"]
    whole = client.get(reverse("measures") + href)
    assert [len(numbers(answer)) for answer in (first, whole)] == [100, 101]
    assert (words, whole.context["longer"]) == (
        "Alle 101 auf einer Seite zeigen",
        ("Wieder 100 auf einer Seite zeigen", "?sort=massnahme"),
    )
