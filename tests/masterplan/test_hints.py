"""What a form says before it saves, and what the status update keeps of it."""

from datetime import date

import pytest
from django.urls import reverse

from masterplan.chronicle import chronicle
from masterplan.hints import hints
from masterplan.models import Measure, StatusUpdate
from masterplan.updating import NewState, report
from tests.builders import NOW, TODAY, make_measure, make_officer, make_public_measure

pytestmark = pytest.mark.django_db

RUNNING = {"phase": "IN_PROGRESS", "health": "AT_RISK", "planned_end": date(2027, 3, 31)}
LATER = date(2027, 6, 30)
CRITICAL = (
    "Gemeldet ist „im Plan“, nach den Kriterien wäre er „kritisch“, weil das Ende 91\u00a0Tage nach dem zuerst "
    "zugesagten liegt."
)
STALE = "Der öffentliche Satz vom 22.11.2026 bleibt stehen. Schreiben Sie einen neuen, wenn er nicht mehr stimmt."


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


def late_measure() -> Measure:
    """91 days behind, told as critical, with a public sentence."""
    measure = make_public_measure(state=RUNNING)
    late = {"planned_end": LATER, "health": "CRITICAL"}
    report(NewState(measure_id=measure.pk, values=late, reason="x", public_sentence="So steht es."), by=None, now=NOW)
    return Measure.objects.get(pk=measure.pk)


@pytest.mark.parametrize(
    ("values", "sentence", "said"),
    [
        ({"health": "ON_TRACK"}, "", [CRITICAL, STALE]),
        ({"health": "ON_TRACK"}, "Neu.", [CRITICAL]),
        ({"planned_end": date(2027, 3, 31)}, "", [STALE]),
        ({"phase": "DEFERRED", "health": "ON_TRACK"}, "Ruht.", []),
        ({"actual_start": TODAY}, "", []),
        ({}, "", []),
    ],
)
def test_a_hint_names_what_contradicts_the_criteria_or_grows_stale(values: dict, sentence: str, said: list) -> None:
    assert hints(late_measure(), values, sentence=sentence, today=TODAY) == said


def test_a_cell_shows_its_hints_before_it_saves(client, officer) -> None:
    measure = late_measure()
    url = reverse("measure_cell", args=[measure.number, "health"])
    data = {"version": measure.version, "health": "ON_TRACK", "reason": "Zuversicht"}
    assert client.post(url, data).context["hints"] == [CRITICAL, STALE]
    assert Measure.objects.get().health == "CRITICAL"
    client.post(url, data | {"seen": [CRITICAL, STALE]})
    assert Measure.objects.get().health == "ON_TRACK"


def test_a_status_update_keeps_what_contradicted_the_criteria(officer) -> None:
    measure = late_measure()
    state = NewState(measure_id=measure.pk, values={"health": "ON_TRACK"}, reason="Zuversicht")
    report(state, by=officer, now=NOW)
    kept = StatusUpdate.objects.order_by("pk").values_list("contradiction", flat=True)
    assert list(kept) == ["", "", CRITICAL]
    shown = [
        [line.after for moment in chronicle(measure, reader=officer, notes=notes) for line in moment.lines]
        for notes in (True, False)
    ]
    assert [CRITICAL in lines for lines in shown] == [True, False]


def test_what_is_not_measured_contradicts_nothing() -> None:
    assert hints(make_measure(state=RUNNING), {"health": "ON_TRACK"}, sentence="", today=TODAY) == []
