"""The page of one measure as a visitor gets it."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from masterplan.models import Phase, Visibility
from masterplan.publishing import set_visibility
from masterplan.resolving import resolve
from masterplan.updating import NewState, report
from tests.builders import NOW, TODAY, make_measure, make_milestone, make_public_measure, make_unit
from tests.masterplan.test_public_pages import RUNNING, late_measure, shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_the_day")]


@pytest.fixture
def _the_day(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


def test_a_measure_costs_the_same_number_of_queries_for_3_milestones_and_for_20(client, django_assert_max_num_queries):
    measure = late_measure(lead_unit=make_unit())
    address = reverse("public_measure", args=[measure.slug])

    def queries():
        with django_assert_max_num_queries(11) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for number in range(3):
        make_milestone(measure, f"Schritt {number}", planned=TODAY)
    few = queries()
    for number in range(17):
        make_milestone(measure, f"Schritt {number}", planned=TODAY)
    assert queries() == few


def test_a_measure_says_in_one_sentence_how_it_stands(client):
    measure = late_measure()
    sentence = "Die Vergabe verzögert sich."
    said = NewState(measure_id=measure.pk, public_sentence=sentence, cause="Streit im Amt", remarks="nur intern")
    report(said, by=None, now=NOW)
    html = shown(client, reverse("public_measure", args=[measure.slug]))[1]
    text = words(html)
    state = "In Umsetzung, gefährdet: Die Vergabe verzögert sich (Stand vom 22.11.2026)."
    assert f"{state} Ende jetzt 30.04.2027, beschlossen war 31.12.2026." in text
    assert ("Streit" in html, "nur intern" in html) == (False, False)


def test_a_measure_shows_every_promise_ever_made_of_its_end(client):
    text = words(shown(client, reverse("public_measure", args=[late_measure().slug]))[1])
    promises = text[text.index("Keine Zusage wird überschrieben.") : text.rindex("Verlauf")]
    assert re.findall(r"(\d\d\.\d\d\.\d{4}) jetzt|jetzt (\d\d\.\d\d\.\d{4})", promises) == [
        ("", "30.04.2027"),
        ("", "28.02.2027"),
        ("", "31.12.2026"),
    ]


def test_the_reason_of_a_promise_is_shown_only_if_it_was_written_for_the_public(client):
    measure = make_measure(state=RUNNING)
    resolve(measure_ids=[measure.pk], on=date(2026, 1, 10), body="Rat", basis="PLAN", by=None, now=NOW)
    for reason, end in (("interner Streit", date(2027, 1, 31)), ("Lieferfrist", date(2027, 2, 28))):
        report(NewState(measure_id=measure.pk, values={"planned_end": end}, reason=reason), by=None, now=NOW)
        set_visibility(measure_ids=[measure.pk], visibility=Visibility.PUBLIC, by=None, now=NOW)
    measure.refresh_from_db()
    html = shown(client, reverse("public_measure", args=[measure.slug]))[1]
    assert ("Lieferfrist" in html, "31.01.2027" in html, "interner Streit" in html) == (True, True, False)


def merge(measure, into):
    state = {"phase": Phase.MERGED, "merged_into": into}
    report(NewState(measure_id=measure.pk, values=state, reason="gehört zusammen"), by=None, now=NOW)


def test_a_merged_measure_leads_to_the_one_it_became_part_of(client):
    old, new = make_public_measure("Alt"), make_public_measure("Neu")
    merge(old, new)
    response = client.get(reverse("public_measure", args=[old.slug]))
    assert (response.status_code, response["Location"]) == (302, reverse("public_measure", args=[new.slug]))


def test_a_measure_merged_into_one_that_is_not_public_does_not_name_it(client):
    old, hidden = make_public_measure("Alt"), make_measure("Verborgenes Ziel")
    merge(old, hidden)
    status, html = shown(client, reverse("public_measure", args=[old.slug]))
    assert (status, "Verborgen" in html) == (200, False)


def test_texts_are_rendered_without_foreign_markup(client):
    measure = make_public_measure(description="**fett** <script>alert(1)</script>", title="<b>Titel</b>")
    html = shown(client, reverse("public_measure", args=[measure.slug]))[1]
    assert ("<strong>fett</strong>" in html, "<script>" in html, "<b>Titel" in html) == (True, False, False)


def test_an_unknown_measure_is_not_found_and_not_cached(client):
    response = client.get("/massnahmen/gibt-es-nicht/")
    assert (response.status_code, "ETag" in response) == (404, False)
