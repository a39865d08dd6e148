"""What the public reads of a measure's money: Ansatz with Nachtrag, and Ist."""

import re
from datetime import date

import pytest

from masterplan.models import BudgetKind
from masterplan.public.money import PublicMoney, money_of
from masterplan.public_money import money_context
from tests.builders import make_line, make_measure, make_public_measure, make_town

pytestmark = pytest.mark.django_db


def words(money):
    return money_context(money)["words"].replace("\xa0", " ")


def test_ansatz_and_ist_are_summed_by_kind_and_year_and_carry_the_day_up_to_which_all_is_booked():
    measure = make_public_measure()
    make_line(measure, appropriated=100, supplementary=20, product="A", spent=5, as_of=date(2026, 9, 30))
    make_line(measure, appropriated=50, product="B", spent=2, as_of=date(2026, 6, 30), carried_over=7, extra=9)
    make_line(measure, kind="PAYMENT", appropriated=900)
    make_line(measure, 2027, requested=777, commitment=55)

    assert money_of(measure.pk) == (
        PublicMoney(BudgetKind.EXPENSE, 2026, 170, 7, date(2026, 6, 30)),
        PublicMoney(BudgetKind.PAYMENT, 2026, 900, None, None),
    )


def test_nothing_is_read_of_a_measure_that_is_not_public():
    measure = make_measure()
    make_line(measure, appropriated=100)
    assert money_of(measure.pk) == ()


EXPENSE, PAYMENT = BudgetKind.EXPENSE, BudgetKind.PAYMENT
SAID = [
    ([], "Im Haushalt ist für diese Maßnahme kein Betrag eingetragen."),
    ([(EXPENSE, 2026, 43_000, None)], "Im Haushalt stehen 43.000 € Aufwand. Ausgegeben ist noch nichts."),
    (
        [(EXPENSE, 2025, 15_000, 11_840), (EXPENSE, 2026, 28_000, 5), (PAYMENT, 2026, 85_000, 0)],
        "Im Haushalt stehen 43.000 € Aufwand und 85.000 € Auszahlung. Ausgegeben sind bisher 11.845 €, alles Aufwand.",
    ),
    (
        [(EXPENSE, 2026, 10, 5), (PAYMENT, 2026, 20, 6)],
        "Im Haushalt stehen 10 € Aufwand und 20 € Auszahlung. Ausgegeben sind bisher 5 € Aufwand und 6 € Auszahlung.",
    ),
    ([(EXPENSE, 2026, None, 5)], "Im Haushalt ist kein Ansatz eingetragen. Ausgegeben sind bisher 5 € Aufwand."),
]


@pytest.mark.parametrize(("rows", "sentence"), SAID)
def test_the_page_says_it_in_a_sentence(rows, sentence):
    money = tuple(PublicMoney(*row, date(2026, 9, 30) if row[3] is not None else None) for row in rows)
    assert words(money) == sentence


def test_the_page_of_a_measure_shows_ansatz_and_ist_and_no_other_figure(client):
    make_town()
    measure = make_public_measure()
    make_line(
        measure,
        requested=11_111,
        appropriated=22_222,
        carried_over=33_333,
        extra=44_444,
        commitment=55_555,
        spent=66_666,
        sub_budget="THH 7",
    )

    page = client.get(f"/massnahmen/{measure.slug}/").content.decode()
    section = re.sub(r"<[^>]+>", " ", page.split('id="kosten"')[1].split("</section>")[0])

    assert re.findall(r"\d\d\.\d{3}(?!\d)", section) == ["22.222", "66.666", "22.222", "66.666"]
    assert ("Stand 30.09.2026" in section, "THH 7" in page, "11.111" in page) == (True, False, False)
