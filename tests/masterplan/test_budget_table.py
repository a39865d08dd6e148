"""The table of all money: edited in place, filtered, summed, and what is kept when two save at once."""

from decimal import Decimal

import pytest
from django.utils import timezone

from masterplan.budgeting.lines import LineEdit, remove_line, set_lines, set_source
from masterplan.models import BudgetLine, Visibility
from tests.builders import (
    TODAY,
    make_benefit,
    make_field,
    make_grant,
    make_line,
    make_measure,
    make_running_cost,
    make_unit,
    make_user,
)
from tests.masterplan.money import form_of, notices, sent, tab, text_of

pytestmark = pytest.mark.django_db

TABLE = "/arbeitsbereich/haushalt/?jahr=2026"


def cell(row, name):
    return f"{'l' if isinstance(row, BudgetLine) else 'm'}{row.pk}-{name}"


def test_the_kaemmerei_edits_many_rows_in_one_form_and_fills_those_without_a_line(client, treasurer):
    first, second, third = (make_measure(title) for title in "ABC")
    line = make_line(first, appropriated=100)
    make_line(third, appropriated=100)

    answer = sent(client, TABLE, **{cell(line, "appropriated"): "150,00", cell(second, "requested"): "70"})

    assert notices(answer) == ["Zwei Zeilen sind gespeichert."]
    assert dict(BudgetLine.objects.values_list("measure", "version")) == {first.pk: 2, second.pk: 1, third.pk: 1}
    assert dict(BudgetLine.objects.values_list("measure", "appropriated")) == {
        first.pk: 150,
        second.pk: None,
        third.pk: 100,
    }


def test_a_stale_row_is_refused_with_what_is_saved_now_and_all_that_was_typed_stays(client, treasurer):
    first, second = make_measure("A"), make_measure("B")
    mine, other = make_line(first, appropriated=100, requested=5), make_line(second, appropriated=100)
    page = form_of(client.get(TABLE))
    edit = LineEdit(
        measure_id=first.pk,
        year=2026,
        kind="EXPENSE",
        line_id=mine.pk,
        values={"appropriated": Decimal(111), "requested": Decimal(6)},
    )
    set_lines([edit], by=None)

    answer = client.post(TABLE, page | {cell(mine, "appropriated"): "150", cell(other, "appropriated"): "170"})

    rows = {one.row.measure.pk: one.theirs for one in answer.context["rows"]}
    again = form_of(answer)
    kept = [
        again[cell(row, name)] for row, name in ((mine, "appropriated"), (mine, "requested"), (other, "appropriated"))
    ]
    assert (answer.status_code, rows) == (409, {first.pk: [("Ansatz", "111,00")], second.pk: []})
    assert kept == [["150"], ["6,00"], ["170"]]
    assert set(BudgetLine.objects.values_list("appropriated", flat=True)) == {111, 100}
    client.post(TABLE, again)
    assert dict(BudgetLine.objects.values_list("pk", "appropriated")) == {mine.pk: 150, other.pk: 170}
    assert BudgetLine.objects.get(pk=mine.pk).requested == 6


def test_a_row_that_only_others_touched_is_left_as_they_saved_it(client, treasurer):
    first, second = make_measure("A"), make_measure("B")
    theirs, mine = make_line(first, appropriated=100), make_line(second, appropriated=100)
    page = form_of(client.get(TABLE))
    edit = LineEdit(measure_id=first.pk, year=2026, kind="EXPENSE", values={"appropriated": Decimal(111)})
    set_lines([edit], by=None)

    client.post(TABLE, page | {cell(mine, "appropriated"): "170"})

    assert dict(BudgetLine.objects.values_list("pk", "appropriated")) == {theirs.pk: 111, mine.pk: 170}


def test_what_was_typed_for_a_line_that_was_removed_meanwhile_is_shown_and_not_saved(client, treasurer):
    measure, other = make_measure("A"), make_measure("B")
    gone, mine = make_line(measure, requested=5), make_line(other, requested=5)
    page = form_of(client.get(TABLE))
    remove_line(line_id=gone.pk, expected_version=gone.version, by=None)

    untouched = client.post(TABLE, page | {cell(mine, "requested"): "70"})
    answer = client.post(TABLE, page | {cell(gone, "appropriated"): "150"})

    assert (untouched.status_code, answer.status_code) == (302, 409)
    assert "BS-01: Diese Zeile hat inzwischen jemand gelöscht. Sie hatten eingetragen: Ansatz 150." in text_of(answer)
    assert list(BudgetLine.objects.values_list("measure", "requested")) == [(other.pk, 70)]


def test_a_line_made_meanwhile_is_shown_before_it_is_overwritten(client, treasurer):
    measure = make_measure()
    page = form_of(client.get(TABLE))
    line = make_line(measure, requested=5)

    answer = client.post(TABLE, page | {cell(measure, "requested"): "70"})

    (row,) = answer.context["rows"]
    assert (answer.status_code, row.theirs, form_of(answer)[cell(line, "requested")]) == (
        409,
        [("Bedarf", "5,00")],
        ["70"],
    )
    client.post(TABLE, form_of(answer))
    assert BudgetLine.objects.get().requested == 70


def test_one_wrong_cell_keeps_the_whole_form_and_names_it(client, treasurer):
    measure = make_measure()
    line = make_line(measure, appropriated=100)
    answer = sent(client, TABLE, **{cell(line, "appropriated"): "-1"})
    assert dict(answer.context["form"].errors) == {
        cell(line, "appropriated"): [
            "Geben Sie null oder einen positiven Betrag ein. Ein Minus gehört nur in den Nachtrag."
        ]
    }


def test_the_table_shows_only_what_one_sees_and_of_the_chosen_field_and_unit(client, treasurer):
    unit, field = make_unit("Bauamt"), make_field("BS")
    chosen = make_measure("Gewählt", field=field, lead_unit=unit)
    make_measure("Andere Einheit", field=field)
    make_measure("Anderes Feld", field=make_field("VW", "Verwaltung"), lead_unit=unit)
    hidden = make_measure("Vertraulich", field=field, lead_unit=unit, visibility=Visibility.CONFIDENTIAL)
    make_line(chosen, appropriated=100)
    make_line(hidden, appropriated=1000)

    answer = client.get(f"{TABLE}&feld=BS&einheit={unit.pk}")

    shown = [one.row.measure.title for one in answer.context["rows"]]
    sums = [group["rows"] for group in answer.context["sums"]]
    amounts = ["100,00\xa0€", "100,00\xa0€", "–"]
    assert (shown, sums) == (
        ["Gewählt"],
        [[("Bürgerservice", amounts)], [("Bauamt", amounts)], [("2026", amounts)]],
    )


def test_folgekosten_and_benefits_are_summed_by_field_and_unit_of_what_one_sees(client, treasurer):
    unit, other_unit = make_unit("Bauamt"), make_unit("Schulamt")
    first = make_measure("A", field=make_field("BS"), lead_unit=unit)
    second = make_measure("B", field=make_field("VW", "Verwaltung"), lead_unit=other_unit)
    third = make_measure("C", field=second.field, lead_unit=unit)
    hidden = make_measure("D", field=second.field, lead_unit=unit, visibility=Visibility.CONFIDENTIAL)
    for measure, yearly, year in (
        (first, "900.10", 2028),
        (second, 100, 2028),
        (third, "50.20", 2028),
        (third, 7, 2029),
        (hidden, 1000, 2028),
    ):
        make_running_cost(measure, yearly=Decimal(yearly), from_year=year)
    for measure, kind, claimed, achieved in (
        (first, "EURO", 1000, 400),
        (second, "HOURS", 500, None),
        (third, "HOURS", 20, 30),
        (third, "EURO", 5, None),
        (hidden, "EURO", 9999, None),
    ):
        day = TODAY if achieved else None
        make_benefit(measure, unit=kind, claimed=Decimal(claimed), achieved=achieved, as_of=day)

    by_field, by_unit, benefits = (
        [(name, *(value.replace("\xa0", " ") for _, value in figures)) for name, figures in table.rows]
        for table in client.get(TABLE).context["afterwards"]
    )

    assert by_field == [
        ("Bürgerservice", "2028", "900,10 €"),
        ("Verwaltung", "2028", "150,20 €"),
        ("Verwaltung", "2029", "7 €"),
    ]
    assert by_unit == [
        ("Bauamt", "2028", "950,30 €"),
        ("Bauamt", "2029", "7 €"),
        ("Schulamt", "2028", "100 €"),
    ]
    assert benefits == [
        ("Bürgerservice", "Euro im Jahr", "1.000 €", "400 €"),
        ("Verwaltung", "Euro im Jahr", "5 €", "–"),
        ("Verwaltung", "Stunden im Jahr", "520 Stunden", "30 Stunden"),
    ]


def test_who_may_only_read_gets_words_and_no_form(client, treasurer):
    line = make_line(make_measure(), appropriated=100)
    has_fields = []
    for user in (treasurer, make_user()):
        client.force_login(user)
        page = client.get(TABLE).content.decode()
        has_fields.append((cell(line, "appropriated") in page, "100,00" in page))

    assert (has_fields, client.post(TABLE, {}).status_code) == ([(True, True), (False, True)], 403)


@pytest.mark.parametrize("where", [TABLE, "tab"])
def test_the_pages_cost_the_same_queries_for_3_and_for_20(client, treasurer, where, django_assert_max_num_queries):
    asked = []
    for count in (3, 17):
        measures = [make_measure(f"M {count} {place}") for place in range(count)]
        for place, measure in enumerate(measures):
            make_line(measure, appropriated=100)
            make_line(measures[0], 2030 + place, appropriated=5)
            make_grant(measures[0])
            make_benefit(measures[0])
            make_running_cost(measures[0])
        page = where if where == TABLE else tab(measures[0])
        client.get(page)
        with django_assert_max_num_queries(20) as captured:
            client.get(page)
        asked.append(len(captured.captured_queries))
    assert asked[0] == asked[1]


def test_saving_costs_the_same_queries_for_3_rows_and_for_20(client, treasurer, django_assert_max_num_queries):
    asked = []
    for count, year in ((3, 2026), (17, 2027)):
        lines = [make_line(make_measure(f"M {count} {place}"), year, appropriated=100) for place in range(count)]
        where = f"/arbeitsbereich/haushalt/?jahr={year}"
        page = form_of(client.get(where)) | {cell(line, "appropriated"): "150" for line in lines}
        with django_assert_max_num_queries(30) as captured:
            client.post(where, page)
        asked.append(len(captured.captured_queries))
        assert BudgetLine.objects.filter(appropriated=150).count() == len(lines) + (3 if count > 3 else 0)
    assert asked[0] == asked[1]


def test_a_measure_that_is_paid_from_elsewhere_has_no_fields(client, treasurer):
    measure = make_measure()
    set_source(measure_id=measure.pk, product="11.1.02", expected_version=0, by=None)
    page = client.get(f"/arbeitsbereich/haushalt/?jahr={timezone.localdate().year}")
    assert "Kein eigener Ansatz (aus Produkt 11.1.02)" in text_of(page)
    assert cell(measure, "requested") not in page.content.decode()
