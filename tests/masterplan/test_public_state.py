"""What a measure's page says first."""

from datetime import date, timedelta

import pytest

from masterplan.models import Phase
from masterplan.public.profile import read_profile
from masterplan.public_profile import profile_context
from masterplan.public_state import status_words
from masterplan.updating import NewState, report
from tests.builders import NOW, TODAY, make_line, make_public_measure
from tests.masterplan.test_public_pages import RUNNING

pytestmark = pytest.mark.django_db

AS_TOLD = (
    "In Umsetzung, im Plan: Die Angebote werden geprüft (Stand vom 23.10.2026). Ende jetzt 31.12.2026, wie zugesagt."
)
ON_TRACK = (
    "Im Plan, weil kein Termin länger überschritten ist, als die Kriterien erlauben, und der Fortschritt mit der Zeit "
    "mithält."
)
SAID = "Die Angebote werden geprüft."
TOLD = NOW - timedelta(days=30)
LATER = NOW - timedelta(days=2)


def measure_with(*changes):
    """Its state was told on 23.10.2026; each change follows on 20.11.2026, without a public sentence."""
    measure = make_public_measure("Kita-Platz", state={**RUNNING, "health": "ON_TRACK"}, now=TOLD - timedelta(days=9))
    report(NewState(measure_id=measure.pk, public_sentence=SAID), by=None, now=TOLD)
    for values in changes:
        report(NewState(measure_id=measure.pk, values=values, reason="Frist verlängert"), by=None, now=LATER)
    return profile_context(read_profile(measure.slug), TODAY)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        (
            (),
            AS_TOLD,
        ),
        (
            ({"planned_end": date(2027, 3, 31), "health": "AT_RISK"},),
            "In Umsetzung, gefährdet. Ende verschoben und Status geändert am 20.11.2026: Frist verlängert. "
            "Ende jetzt 31.03.2027, zugesagt war 31.12.2026. Stand vom 23.10.2026: Die Angebote werden geprüft.",
        ),
        (
            ({"phase": Phase.DEFERRED},),
            "Zurückgestellt. Phase geändert am 20.11.2026: Frist verlängert. "
            "Stand vom 23.10.2026: Die Angebote werden geprüft.",
        ),
        (
            ({"progress": 20},),
            AS_TOLD,
        ),
    ],
)
def test_a_change_leads_before_a_sentence_that_is_older(changes, state):
    assert measure_with(*changes)["state"] == state


def test_the_changes_since_the_sentence_stand_above_it():
    since = measure_with({"planned_end": date(2027, 3, 31)})["since_told"]
    assert [(row.day, [change.title for change in row.changes], row.reasons) for row in since] == [
        ("20.11.2026", ["Ende verschoben"], ("Frist verlängert",))
    ]


def test_a_sentence_written_with_the_change_is_the_newest():
    measure = make_public_measure("Kita-Platz", state=RUNNING, now=TOLD)
    values = {"planned_end": date(2027, 3, 31)}
    report(NewState(measure_id=measure.pk, values=values, reason="Frist", public_sentence=SAID), by=None, now=LATER)
    shown = profile_context(read_profile(measure.slug), TODAY)
    assert (SAID.rstrip(".") in shown["state"].split(" (Stand vom 20.11.2026)")[0], shown["since_told"]) == (True, [])


OVERSPENT = "Gefährdet, weil mehr ausgegeben ist, als bereitsteht."


@pytest.mark.parametrize(
    ("lines", "status", "why"),
    [
        ([{"appropriated": 1000, "spent": 1100}], "AT_RISK", OVERSPENT),
        ([{"appropriated": 1000, "spent": 1300, "carried_over": 100}], "AT_RISK", OVERSPENT),
        (
            [{"appropriated": 1000, "spent": 900}, {"spent": 200, "product": "B"}],
            "AT_RISK",
            OVERSPENT,
        ),
        ([{"carried_over": 1000, "spent": 1100}], "AT_RISK", OVERSPENT),
        ([{"appropriated": 1000, "spent": 1300, "carried_over": 300}], "ON_TRACK", ON_TRACK),
    ],
)
def test_in_public_money_explains_a_status_without_a_figure_that_only_the_house_knows(lines, status, why):
    measure = make_public_measure(state={"phase": "IN_PROGRESS", "planned_end": date(2026, 12, 31)}, now=NOW)
    for line in lines:
        make_line(measure, **line)

    shown = read_profile(measure.slug)

    assert (shown.measure.status, status_words(shown, TODAY)) == (status, why)
