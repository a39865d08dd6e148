"""The money in the workspace: a measure's tab, the table of all, proposals, and what is kept when two save at once."""

from datetime import date
from decimal import Decimal

import pytest

from masterplan.budgeting.lines import LineEdit, remove_line, set_lines
from masterplan.budgeting.proposals import propose
from masterplan.models import Benefit, BudgetLine, BudgetProposal, BudgetSource, Grant, RunningCost
from tests.builders import (
    make_benefit,
    make_grant,
    make_line,
    make_measure,
    make_running_cost,
    make_user,
)
from tests.masterplan.money import form_of, notices, sent, tab, text_of

pytestmark = pytest.mark.django_db


def test_the_tab_says_first_what_is_financed_and_keeps_the_two_budgets_apart(client, treasurer):
    measure = make_measure()
    make_line(measure, 2025, appropriated=15_000, spent=11_840)
    make_line(measure, 2026, appropriated=28_000, spent="9420.50")
    make_line(measure, 2026, "PAYMENT", appropriated=85_000)

    page = text_of(client.get(tab(measure)))

    assert "Finanziert sind 43.000 € Aufwand und 85.000 € Auszahlung." in page
    assert ("Summe Aufwand" in page, "Summe Auszahlung" in page, "128.000" in page) == (True, True, False)


def test_a_new_line_is_saved_and_an_overrun_is_a_warning(client, treasurer):
    measure = make_measure()

    answer = sent(
        client, tab(measure, "zeile/"), year="2026", appropriated="1.000", spent="1.250,00", as_of="2026-09-30"
    )

    assert [said.replace("\xa0", " ") for said in notices(answer)] == [
        "Aufwand 2026 gespeichert.",
        "Aufwand 2026: Das Ist liegt 250,00 € (25 %) über dem, was bereitsteht (1.000,00 €).",
    ]
    assert BudgetLine.objects.get().spent == 1250


def test_an_ist_without_ansatz_is_a_hint_on_the_tab_and_in_the_table(client, treasurer):
    measure = make_measure()
    make_line(measure, spent=250)

    pages = [text_of(client.get(where)) for where in (tab(measure), "/arbeitsbereich/haushalt/?jahr=2026")]

    hint = "2026: Ist ohne Ansatz (250,00 €). Was bereitsteht, ist noch nicht eingetragen."
    assert [hint in page for page in pages] == [True, True]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"requested": "-5"}, "requested", "Geben Sie null oder einen positiven Betrag ein."),
        ({"appropriated": "viel"}, "appropriated", "„viel“ ist kein Betrag"),
        ({"spent": "5"}, "as_of", "Nennen Sie den Tag, von dem das Ist stammt."),
        ({}, "requested", "Tragen Sie mindestens einen Betrag ein."),
    ],
)
def test_a_line_that_cannot_be_says_at_its_field_what_to_do(client, treasurer, values, field, sentence):
    measure = make_measure()
    answer = sent(client, tab(measure, "zeile/"), year="2026", **values)
    (said,) = answer.context["form"].errors[field]
    assert (said.startswith(sentence), BudgetLine.objects.exists()) == (True, False)


def test_two_who_change_one_line_both_see_both_versions(client, treasurer):
    measure = make_measure()
    line = make_line(measure, requested=100)
    where = tab(measure, f"zeile/{line.pk}/")
    page = form_of(client.get(where))
    set_lines([LineEdit(measure_id=measure.pk, year=2026, kind="EXPENSE", values={"requested": Decimal(200)})], by=None)

    answer = client.post(where, page | {"requested": "300"})

    (difference,) = answer.context["both"].differences
    assert (difference.theirs, difference.mine, BudgetLine.objects.get().requested) == ("200,00", "300,00", 200)
    client.post(where, form_of(answer))
    assert BudgetLine.objects.get().requested == 300


def test_who_changes_a_line_that_was_removed_meanwhile_loses_nothing_that_was_typed(client, treasurer):
    measure = make_measure()
    line = make_line(measure, 2027, kind="PAYMENT", requested=100)
    where = tab(measure, f"zeile/{line.pk}/")
    page = form_of(client.get(where)) | {"appropriated": "300"}
    remove_line(line_id=line.pk, expected_version=line.version, by=None)

    answer = client.post(where, page)

    assert "Diese Zeile hat inzwischen jemand gelöscht." in text_of(answer)
    assert not BudgetLine.objects.exists()
    client.post(tab(measure, "zeile/"), form_of(answer))
    kept = BudgetLine.objects.get()
    assert (kept.year, kept.kind, kept.requested, kept.appropriated) == (2027, "PAYMENT", 100, 300)
    assert client.get(where).status_code == 404


PARTS = {
    "zuwendung": (
        Grant,
        make_grant,
        {"programme": "Glasfaser", "payer": "Bund", "share_percent": "50", "state": "PLANNED"},
        ("programme", "Gigabit"),
    ),
    "folgekosten": (
        RunningCost,
        make_running_cost,
        {"what": "Miete", "yearly": "9.600,00", "from_year": "2028"},
        ("what", "Pacht"),
    ),
    "nutzen": (
        Benefit,
        make_benefit,
        {"who": "Eltern", "what": "Wege", "unit": "HOURS", "claimed": "500"},
        ("what", "Zeit"),
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_grants_running_costs_and_benefits_are_entered_changed_and_removed(client, treasurer, part):
    model, _, values, (name, other) = PARTS[part]
    measure = make_measure()

    sent(client, tab(measure, f"{part}/"), **values)
    row = model.objects.get()
    sent(client, tab(measure, f"{part}/{row.pk}/"), **{name: other})
    assert getattr(model.objects.get(), name) == other
    assert other in text_of(client.get(tab(measure)))
    sent(client, tab(measure, f"{part}/{row.pk}/loeschen/"))
    assert not model.objects.exists()


@pytest.mark.parametrize("part", PARTS)
def test_two_who_change_one_of_them_both_see_both_versions(client, treasurer, part):
    model, make, _, (name, other) = PARTS[part]
    measure = make_measure()
    row = make(measure)
    where = tab(measure, f"{part}/{row.pk}/")
    page = form_of(client.get(where))
    client.post(where, page | {name: "Zuerst"})

    answer = client.post(where, page | {name: other})

    (difference,) = answer.context["both"].differences
    assert (difference.theirs, difference.mine, getattr(model.objects.get(), name)) == ("Zuerst", other, "Zuerst")


@pytest.mark.parametrize(
    ("share", "error"),
    [
        ({}, True),
        ({"share_percent": "50", "share_amount": "5"}, True),
        ({"share_percent": "101"}, True),
        ({"share_amount": "5"}, False),
    ],
)
def test_a_grant_has_a_share_in_percent_or_as_an_amount(client, treasurer, share, error):
    sent(client, tab(make_measure(), "zuwendung/"), programme="P", payer="Land", state="PLANNED", **share)
    assert Grant.objects.exists() != error


def test_kein_eigener_ansatz_is_an_answer(client, treasurer):
    measure = make_measure()
    sent(client, tab(measure, "kein-eigener-ansatz/"), product="11.1.02 Organisation")
    assert BudgetSource.objects.get().product == "11.1.02 Organisation"
    assert "Kein eigener Ansatz (aus Produkt 11.1.02 Organisation)." in text_of(client.get(tab(measure)))


def test_a_clerk_proposes_and_the_kaemmerei_declines_with_a_reason_or_accepts(client, treasurer):
    clerk = make_user()
    measure = make_measure(responsible=clerk)
    client.force_login(clerk)
    sent(client, tab(measure, "vorschlag/"), year="2027", amount="900", why="Schulung")
    sent(client, tab(measure, "vorschlag/"), year="2028", amount="700", why="Wartung")
    first, second = BudgetProposal.objects.order_by("year")

    client.force_login(treasurer)
    refused = client.post(tab(measure, f"vorschlag/{first.pk}/"), {"decline": "1", "answer": ""})
    client.post(tab(measure, f"vorschlag/{first.pk}/"), {"decline": "1", "answer": "Erst 2029."})
    client.post(tab(measure, f"vorschlag/{second.pk}/"), {"accept": "1", "answer": ""})

    assert "answer" in refused.context["form"].errors
    assert list(BudgetProposal.objects.order_by("year").values_list("state", "answer")) == [
        ("DECLINED", "Erst 2029."),
        ("ACCEPTED", ""),
    ]
    assert list(BudgetLine.objects.values_list("year", "requested")) == [(2028, 700)]


def test_a_proposal_waits_on_the_desk_of_the_kaemmerei(client, treasurer):
    clerk = make_user()
    measure = make_measure(responsible=clerk)
    propose(measure_id=measure.pk, year=2027, kind="EXPENSE", amount=Decimal(5), why="x", by=clerk)
    (due,) = client.get("/arbeitsbereich/").context["desk"].money.rows
    assert due.what.replace("\xa0", " ") == "Vorgeschlagener Bedarf: Aufwand 2027, 5,00 €"


def test_a_day_of_the_ist_is_shown_with_it(client, treasurer):
    measure = make_measure()
    make_line(measure, appropriated=5, spent=1, as_of=date(2026, 6, 30))
    assert "Stand 30.06.2026" in text_of(client.get(tab(measure)))
