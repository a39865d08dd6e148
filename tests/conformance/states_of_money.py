"""States of the pages with money that no single request reaches."""

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from masterplan.budgeting.lines import LineEdit, set_lines
from masterplan.models import BudgetLine, BudgetSource, Measure
from tests.conformance.pressing import press

MONEY = "Nummer;Jahr;Haushalt;Bedarf;Ansatz;Ist;Stand\nBS-01;2031;Aufwand;1.000;900,50;950;30.06.2026\n"
BAD_MONEY = "Nummer;Jahr;Haushalt;Bedarf\nBS-01;31;Aufwand;-5\nBS-01;2031;Kasse;viel\n"


def budget_figures_read_in(client, town):
    def sent(text):
        file = SimpleUploadedFile("haushalt.csv", text.encode())
        return client.post("/arbeitsbereich/haushalt/einlesen/", {"file": file}, follow=True)

    yield sent(BAD_MONEY)
    yield (preview := sent(MONEY))
    yield press(client, preview, "/uebernehmen/")
    yield press(client, preview, "/uebernehmen/")
    yield sent(MONEY)


def a_table_of_money_overtaken(client, town):
    """Someone else saves a row in which one has typed; another cell cannot be."""
    line = BudgetLine.objects.filter(measure=Measure.objects.get(number="BS-01")).latest("year")
    page = client.get(f"/arbeitsbereich/haushalt/?jahr={line.year}")
    yield press(client, page, "/haushalt/", **{f"l{line.pk}-appropriated": "-7"})
    place = {"measure_id": line.measure_id, "year": line.year, "kind": line.kind, "line_id": line.pk}
    set_lines([LineEdit(values={"appropriated": Decimal(4711)}, **place)], by=None)
    yield press(client, page, "/haushalt/", **{f"l{line.pk}-appropriated": "7"})


def a_measure_without_money_and_one_paid_from_elsewhere(client, town):
    for number in (BudgetSource.objects.exclude(product="")[0].measure.number, "VW-03"):
        yield client.get(f"/arbeitsbereich/massnahmen/{number}/haushalt/")


def a_proposed_bedarf_decided(client, town):
    where = f"/arbeitsbereich/massnahmen/{town.shown.number}/haushalt/vorschlag/{town.money.proposal.pk}/"
    yield press(client, client.get(where), where)
    yield client.get(where)
    yield client.get(f"/arbeitsbereich/massnahmen/{town.shown.number}/haushalt/")


MONEY_STATES = {
    budget_figures_read_in: ["TREASURY"],
    a_table_of_money_overtaken: ["TREASURY"],
    a_measure_without_money_and_one_paid_from_elsewhere: ["TREASURY", "ADMINISTRATION"],
    a_proposed_bedarf_decided: ["TREASURY"],
}
