"""Start page and the pages whose words the town writes."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache

from ground.halfyears import HalfYear
from masterplan.models import Phase, Visibility
from masterplan.publishing import set_visibility
from masterplan.updating import NewState, report, report_many
from portal.models import PageKey, PageText
from reporting.public import PublicReport
from tests.builders import (
    NOW,
    TODAY,
    make_committee,
    make_field,
    make_measure,
    make_meeting,
    make_milestone,
    make_officer,
    make_public_measure,
    make_public_measures,
    make_town,
)
from tests.masterplan.lists import as_csv, import_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_the_day")]

RUNNING = {"phase": Phase.IN_PROGRESS, "planned_start": date(2026, 1, 1), "planned_end": date(2027, 3, 31)}
TEXT_PAGES = {
    "/digital-officer/": PageKey.OFFICER,
    "/impressum/": PageKey.IMPRINT,
    "/datenschutz/": PageKey.PRIVACY,
    "/barrierefreiheit/": PageKey.ACCESSIBILITY,
}


@pytest.fixture
def _the_day(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


def text_of(client, address="/"):
    html = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def test_an_empty_portal_says_what_will_stand_here(client):
    assert "Noch sind keine Maßnahmen veröffentlicht" in text_of(client)


def test_the_first_sentence_counts_what_the_public_may_see(client):
    field = make_field()
    for number, health in enumerate(["ON_TRACK", "ON_TRACK", "AT_RISK", "CRITICAL"]):
        make_public_measure(f"Maßnahme {number}", field=field, state={**RUNNING, "health": health})
    make_public_measure("Nur vorgeschlagen", field=field)
    make_measure("Intern", field=field, state={**RUNNING, "health": "CRITICAL"})
    text = text_of(client)
    assert "Von 4 geplanten und laufenden Maßnahmen sind zwei im Plan, eine gefährdet, eine kritisch." in text
    assert "Nichtöffentliche Maßnahmen sind nicht enthalten." in text


def test_what_happened_to_one_measure_on_one_day_is_one_piece_of_news(client):
    measure = make_public_measure("Kita-Platz", state={**RUNNING, "progress": 70}, now=NOW - timedelta(days=30))
    report(
        NewState(
            measure_id=measure.pk,
            values={"planned_end": date(2027, 4, 30), "health": "AT_RISK"},
            reason="Frist verlängert",
            public_sentence="Die Angebote werden geprüft.",
            cause="Streit im Amt",
        ),
        by=None,
        now=NOW - timedelta(days=3),
    )
    text = text_of(client)
    assert (
        "vor 3 Tagen 19.11.2026 Kita-Platz Ende verschoben bisher 31.03.2027 → jetzt 30.04.2027 "
        "Status geändert bisher im Plan → jetzt gefährdet Die Angebote werden geprüft."
    ) in text
    assert (text.count("vor 3 Tagen"), "Streit" in text) == (1, False)


def test_many_measures_published_on_one_day_are_one_piece_of_news(client):
    field = make_field()
    make_public_measures(7, field=field)
    text = text_of(client)
    assert "heute 22.11.2026 Veröffentlicht: 7 Maßnahmen" in text
    assert text.count("Veröffentlicht") == 1


def test_measures_that_a_list_changed_together_are_one_piece_of_news(client):
    before = NOW - timedelta(days=9)
    for title in ("Bus", "Kita-Platz", "Wald"):
        make_public_measure(title, state=RUNNING, now=before)
    lines = ("BS;1;Bus;gefährdet;30.06.2027", "BS;2;Kita-Platz;kritisch;31.03.2028")
    import_bytes(as_csv(*lines, head="Handlungsfeld;Nr;Titel;Status;Bis"), reason="Die Vergabe dauert.")
    text = text_of(client)
    assert (
        "heute 22.11.2026 Ende verschoben: 2 Maßnahmen Die Vergabe dauert. Bus Kita-Platz "
        "vor 9 Tagen 13.11.2026 Veröffentlicht: 3 Maßnahmen"
    ) in text


@pytest.mark.parametrize(("count", "is_folded"), [(5, False), (6, True)])
def test_ends_postponed_together_are_one_piece_of_news_that_names_the_measures(client, count, is_folded):
    measures = [make_public_measure(f"Plan {n}", state=RUNNING, now=NOW - timedelta(days=9)) for n in range(count)]
    postponed = [
        NewState(measure_id=measure.pk, values={"planned_end": date(2027, 4, 30)}, reason="Frist verlängert")
        for measure in measures
    ]
    report_many(postponed, by=None, now=NOW)
    fold = "Welche Maßnahmen " if is_folded else ""
    named = " ".join(f"Plan {n}" for n in range(count))
    assert f"22.11.2026 Ende verschoben: {count} Maßnahmen Frist verlängert {fold}{named} vor 9 Tagen" in text_of(
        client
    )


def ends(measures, day, **values):
    return [
        NewState(measure_id=one.pk, values={"planned_end": day, **values}, reason="Frist geändert") for one in measures
    ]


def test_ends_postponed_lead_the_news_with_their_own_count_before_ends_brought_forward(client):
    measures = [make_public_measure(f"Plan {n}", state=RUNNING, now=NOW - timedelta(days=9)) for n in range(5)]
    states = ends(measures[:3], date(2026, 12, 31)) + ends(measures[3:], date(2027, 4, 30), health="AT_RISK")
    report_many(states, by=None, now=NOW)
    assert (
        "22.11.2026 Ende verschoben: 2 Maßnahmen, 3 weitere geändert Frist geändert Plan 3 Plan 4 Plan 0 Plan 1 Plan 2"
    ) in text_of(client)


def test_a_large_change_does_not_push_an_earlier_one_out_of_the_news(client):
    field = make_field()
    few = make_public_measures(3, field=field, state=RUNNING, now=NOW - timedelta(days=9))
    many = make_public_measures(550, field=field, state=RUNNING, now=NOW - timedelta(days=9))
    report_many(ends(few, date(2027, 5, 31)), by=None, now=NOW - timedelta(days=1))
    report_many(ends(many, date(2027, 4, 30), health="AT_RISK"), by=None, now=NOW)
    text = text_of(client)
    assert ("Ende verschoben: 550 Maßnahmen" in text, "Ende verschoben: 3 Maßnahmen" in text) == (True, True)


def test_many_changes_to_one_measure_on_one_day_do_not_push_out_what_was_before(client):
    measures = [make_public_measure(name, state=RUNNING, now=NOW - timedelta(days=9)) for name in ("Bus", "Wald")]
    report_many(ends(measures[1:], date(2027, 4, 30)), by=None, now=NOW - timedelta(days=1))
    for place in range(1, 90):
        changed = NewState(measure_id=measures[0].pk, values={"progress": place}, reason="weiter")
        report(changed, by=None, now=NOW - timedelta(minutes=place))
    assert "gestern 21.11.2026 Wald Ende verschoben" in text_of(client)


def test_news_of_a_measure_vanish_with_it(client):
    measure = make_public_measure("Kita-Platz", state=RUNNING)
    make_milestone(measure, planned=TODAY + timedelta(days=40))
    assert text_of(client).count("Kita-Platz") == 4
    set_visibility(
        measure_ids=[measure.pk], visibility=Visibility.CONFIDENTIAL, reason="Vergabe", by=make_officer(), now=NOW
    )
    assert "Kita-Platz" not in text_of(client)


def test_the_coming_year_names_open_dates_and_how_many_more(client):
    measure = make_public_measure("Kita-Platz", state=RUNNING)
    for number in range(7):
        make_milestone(measure, f"Schritt {number}", planned=TODAY + timedelta(days=number))
    longer = make_public_measure("Kita-Platz", state=RUNNING | {"planned_end": TODAY + timedelta(days=500)})
    make_milestone(longer, "Später", planned=TODAY + timedelta(days=400))
    text = text_of(client)
    assert re.findall(r"(\d\d\.\d\d\.) Kita-Platz: ([^0-9]+(?:\d)?)(?= \d| 2|$)", text)[:2] == [
        ("22.11.", "Schritt 0"),
        ("23.11.", "Schritt 1"),
    ]
    assert ("2 weitere Termine" in text, "Kita-Platz: Später" in text, "31.03. Kita-Platz: Ende" in text) == (
        True,
        False,
        True,
    )


def test_an_end_and_its_milestone_on_one_day_are_told_once(client):
    measure = make_public_measure("Kita-Platz", state=RUNNING)
    make_milestone(measure, "Alles läuft", planned=RUNNING["planned_end"])
    text = text_of(client)
    assert ("31.03. Kita-Platz: Alles läuft" in text, "Kita-Platz: Ende" in text) == (True, False)


@pytest.mark.parametrize(
    ("committee", "meeting", "is_shown"),
    [
        ({}, {}, True),
        ({"meets_in_public": False}, {}, False),
        ({"receives_reports": False}, {}, False),
        ({}, {"cancelled": True}, False),
        ({}, {"start": datetime(2026, 11, 20, 17, tzinfo=UTC)}, False),
    ],
)
def test_only_the_next_public_meeting_about_the_reports_is_announced(client, committee, meeting, is_shown):
    start = {"start": datetime(2026, 12, 8, 17, 30, tzinfo=UTC), "location": "Rathaus", **meeting}
    make_meeting(make_committee(**committee), **start)
    announced = (
        "Nächste Sitzung, in 16 Tagen Dienstag, 08.12.2026, 18:30 Uhr Ausschuss für Digitales. Öffentlich, Rathaus."
    )
    assert (announced in text_of(client)) == is_shown


def test_the_start_costs_the_same_number_of_queries_for_3_measures_and_for_60(client, django_assert_max_num_queries):
    field = make_field()

    def add(count):
        for measure in make_public_measures(count, field=field, state=RUNNING)[:4]:
            make_milestone(measure, planned=TODAY)

    def queries():
        with django_assert_max_num_queries(15) as captured:
            client.get("/")
        return len(captured)

    add(3)
    few = queries()
    add(57)
    assert queries() == few


@pytest.mark.parametrize(("address", "key"), TEXT_PAGES.items())
def test_a_text_that_the_town_has_not_written_yet_is_an_honest_page(client, address, key):
    assert "Dieser Text fehlt noch" in text_of(client, address)
    PageText.objects.create(key=key, title="Wer wir sind", text="Ein **Satz**.")
    html = client.get(address).content.decode()
    assert ("<h1>Wer wir sind</h1>" in html, "<strong>Satz</strong>" in html) == (True, True)


@pytest.mark.parametrize("address", ["/", *TEXT_PAGES])
def test_everyone_gets_the_same_bytes_without_a_cookie(client, address):
    make_town()
    make_public_measure(state=RUNNING)
    anonymous = client.get(address)
    client.force_login(make_officer())
    signed_in = client.get(address)
    assert signed_in.content == anonymous.content
    assert [(r.get("Vary", ""), bool(r.cookies)) for r in (anonymous, signed_in)] == [("", False)] * 2


def test_the_newest_public_report_is_offered_with_kind_and_size(client, monkeypatch):
    report = PublicReport(
        period=HalfYear(2026, 1),
        fassung=1,
        code="X",
        sha256="",
        frozen_on=date(2026, 7, 1),
        released_on=date(2026, 7, 9),
        meeting=None,
        meeting_cancelled=False,
        correction="",
        file_name="bericht.pdf",
        file_size=1_400_000,
        file_sha256="",
    )
    monkeypatch.setattr("portal.public_views.latest_report", lambda: report)
    html = client.get("/").content.decode()
    assert 'href="/berichte/2026-h1/">1. Halbjahr 2026</a>, erschienen am 09.07.2026' in html
    assert "Als Dokument (PDF, 1,4 MB)" in text_of(client)
