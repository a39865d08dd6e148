"""Amounts as people and spreadsheets write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground.amounts import LARGEST, NotAnAmount, amount, written
from ground.formats import euro, euro_round, figure

READ = {
    "1.234,56": "1234.56",
    "1234,56": "1234.56",
    "1234.56": "1234.56",
    "1.234": "1234",
    "1.234.567": "1234567",
    "12,5": "12.5",
    "12.5": "12.5",
    "5": "5",
    "  1 234,00 € ": "1234",
    "1.234,-": "1234",
    "-6,50": "-6.5",
    "−6,50": "-6.5",
    "0": "0",
}
REFUSED = ["1,234.56", "1.23.456", "12,345", "1.2345", "=A1", "zwölf", "1e5", "--5", "1234567890123", "٣"]


@pytest.mark.parametrize("text", READ)
def test_an_amount_is_read_as_it_was_meant(text):
    assert amount(text) == Decimal(READ[text])


@pytest.mark.parametrize("text", ["", "   ", "€"])
def test_nothing_written_is_no_amount(text):
    assert amount(text) is None


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused_with_an_example(text):
    with pytest.raises(NotAnAmount, match=r"Erwartet wird ein Betrag in Euro, zum Beispiel 1\.234,56\."):
        amount(text)


@given(st.decimals(-LARGEST, LARGEST, places=2))
def test_whatever_is_written_or_shown_reads_back_to_the_same(value):
    assert (amount(written(value)), amount(euro(value))) == (value, value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("15000", ("15.000,00\xa0€", "15.000\xa0€", "15.000")),
        ("21260.5", ("21.260,50\xa0€", "21.260,50\xa0€", "21.260,5")),
        ("-6.5", ("−6,50\xa0€", "−6,50\xa0€", "−6,5")),
        ("100", ("100,00\xa0€", "100\xa0€", "100")),
        ("0", ("0,00\xa0€", "0\xa0€", "0")),
    ],
)
def test_an_amount_in_words(value, words):
    value = Decimal(value)
    assert (euro(value), euro_round(value), figure(value)) == words
