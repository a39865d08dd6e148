"""The first page after logging in: what waits, for each role."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import Function, Role
from ground.halfyears import HalfYear
from masterplan.models import Measure, Visibility
from masterplan.planning import edit_measure
from masterplan.radar import summaries
from masterplan.updating import NewState, report_many
from portal.desk import desk_of, next_meeting, overdue
from portal.latest import latest
from reporting.freezing import freeze
from reporting.opening import open_report
from tests.builders import (
    NOW,
    TODAY,
    appoint,
    make_committee,
    make_measure,
    make_meeting,
    make_milestone,
    make_officer,
    make_public_measure,
    make_public_measures,
    make_town,
    make_user,
)
from tests.masterplan.lists import as_csv, import_bytes
from tests.reporting.stand_ins import make_files

pytestmark = pytest.mark.django_db

THEN = NOW - timedelta(days=90)
LATE = {"phase": "IN_PROGRESS", "planned_end": date(2026, 10, 31)}


def test_overdue_ends_and_milestones_stand_oldest_first() -> None:
    make_measure("Endet", state=LATE, now=THEN)
    make_milestone(make_measure("Läuft", state={"phase": "IN_PROGRESS"}), planned=date(2026, 9, 30))
    make_milestone(make_measure("Ruht", state={"phase": "DEFERRED"}), planned=date(2026, 1, 1))
    found = overdue(Measure.objects.all(), TODAY, edits=True)
    assert [(one.day, one.measure, one.what) for one in found] == [
        ("30.09.2026", "BS-02 Läuft", "Meilenstein „Vertrag geschlossen“ ist überfällig"),
        ("31.10.2026", "BS-01 Endet", "Das geplante Ende ist vorbei"),
    ]


def test_the_radar_counts_what_the_filter_behind_it_shows(client) -> None:
    officer = make_officer()
    make_measure("Allein", state={"phase": "PLANNED"})
    make_measure("Versorgt", responsible=officer, deputy=make_user())
    client.force_login(officer)
    found = summaries(Measure.objects.all(), TODAY)
    assert [(one.what, one.count, one.examples, one.step) for one in found] == [
        ("Ohne Verantwortliche", 1, "BS-01", "Verantwortliche benennen"),
        ("Lange nicht gemeldet", 1, "BS-01", "Stand eintragen"),
        ("Ohne Vertretung", 1, "BS-01", "Vertretung benennen"),
        ("Ohne Termin", 1, "BS-01", "Ende planen"),
    ]
    for one in found:
        assert len(client.get(one.url).context["page"].object_list) == one.count


def test_the_next_meeting_counts_the_working_days_to_its_papers() -> None:
    committee = make_committee()
    make_meeting(committee, start=datetime(2026, 12, 8, 17, 30, tzinfo=UTC), papers_due=date(2026, 11, 27))
    meeting = next_meeting(NOW)
    assert meeting
    assert (meeting.start, meeting.papers_due, meeting.workdays) == (
        "Dienstag, 08.12.2026, 18:30\xa0Uhr",
        "Freitag, 27.\xa0November\xa02026",
        5,
    )


def test_only_what_others_did_to_visible_measures_is_news() -> None:
    reader, other = make_user(Role.IT), make_officer(name="Frau Ott")
    seen, hidden = make_measure("Offen"), make_measure("Geheim", visibility=Visibility.CONFIDENTIAL)
    for measure in (seen, hidden):
        edit_measure(
            measure_id=measure.pk,
            values={"teaser": "neu"},
            expected_version=None,
            by=other,
            now=NOW + timedelta(hours=1),
        )
    found = latest(Measure.objects.visible_to(reader), reader, TODAY)
    assert [(one.number, one.what, one.after, one.who) for one in found] == [
        ("BS-01", "Bearbeitet", "In einem Satz", "Frau Ott"),
        ("BS-01", "Angelegt", "Offen", "System"),
    ]


def test_what_one_person_did_alike_to_many_measures_is_told_once() -> None:
    for place in range(5):
        make_measure(f"M {place}", now=NOW + timedelta(minutes=place))
    reader = make_officer()
    found = latest(Measure.objects.visible_to(reader), reader, TODAY)
    assert [(one.number, one.title, one.what, one.details) for one in found] == [("", "5 Maßnahmen", "Angelegt", ())]


def test_a_list_that_was_read_in_is_one_piece_that_opens() -> None:
    reader, other = make_user(Role.IT), make_officer(name="Frau Ott")
    make_measure("Alt", now=THEN)
    make_measure("Geheim", visibility=Visibility.CONFIDENTIAL, now=THEN + timedelta(days=1))
    lines = ("BS;1;Neu;geplant;kritisch", "BS;2;Immer noch geheim;geplant;", "BS;3;Drei;geplant;im Plan", "BS;4;Vier;;")
    import_bytes(as_csv(*lines, head="Handlungsfeld;Nr;Titel;Phase;Status"), reason="x", by=other)
    first, *older = latest(Measure.objects.visible_to(reader), reader, TODAY)
    assert (first.title, first.what, first.who, first.more) == (
        "2 Maßnahmen neu, 1 geändert",
        "Liste eingelesen",
        "Frau Ott",
        0,
    )
    assert {(one.measure, one.what) for one in first.details} == {
        ("BS-01 Neu", "Bearbeitet, Phase geändert, Status geändert"),
        ("BS-03 Drei", "Angelegt, Phase geändert, Status geändert"),
        ("BS-04 Vier", "Angelegt"),
    }
    assert [(one.number, one.what) for one in older] == [("BS-01", "Angelegt")]


def test_a_change_to_many_is_one_piece_however_many_they_are() -> None:
    measures = make_public_measures(30, now=THEN)
    states = [NewState(measure_id=one.pk, values={"health": "AT_RISK", "progress": 5}, reason="x") for one in measures]
    report_many(states, by=None, now=NOW)
    reader = make_officer()
    first = latest(Measure.objects.visible_to(reader), reader, TODAY)[0]
    assert (first.title, first.what, len(first.details), first.more) == ("30 Maßnahmen", "Gemeinsam geändert", 20, 10)


def test_a_large_change_leaves_author_and_measures_to_an_earlier_one() -> None:
    few, many = make_public_measures(3, now=THEN), make_public_measures(550, now=THEN)
    author, reader = make_officer(name="Frau Ott"), make_officer()
    for measures, now in ((few, NOW), (many, NOW + timedelta(hours=1))):
        values = {"health": "AT_RISK", "progress": 5}
        states = [NewState(measure_id=one.pk, values=values, reason="x") for one in measures]
        report_many(states, by=author, now=now)
    found = latest(Measure.objects.visible_to(reader), reader, TODAY)[:2]
    assert [(one.title, one.who, len(one.details), one.more) for one in found] == [
        ("550 Maßnahmen", "Frau Ott", 20, 530),
        ("3 Maßnahmen", "Frau Ott", 3, 0),
    ]


def test_several_changes_to_one_measure_in_one_step_are_one_piece() -> None:
    make_measure("Alt", now=THEN)
    content = as_csv("BS;1;Alt;geplant;kritisch", head="Handlungsfeld;Nr;Titel;Phase;Status")
    import_bytes(content, reason="Abgleich", by=make_officer())
    reader = make_officer()
    found = latest(Measure.objects.visible_to(reader), reader, TODAY)
    assert [(one.number, one.what, one.before, one.after) for one in found] == [
        ("BS-01", "Phase geändert, Status geändert", "", ""),
        ("BS-01", "Angelegt", "", "Alt"),
    ]


def test_a_clerk_sees_the_own_measures_and_what_is_late_in_them() -> None:
    clerk = make_user()
    make_measure("Meine", responsible=clerk, state=LATE, now=THEN)
    make_measure("Andere", state=LATE, now=THEN)
    desk = desk_of(clerk, now=NOW)
    assert ([row.number for row in desk.own], [one.measure for one in desk.waiting], desk.radar) == (
        ["BS-01"],
        ["BS-01 Meine"],
        [],
    )


@pytest.mark.parametrize("role", [Role.DIGITAL_OFFICER, Role.ADMINISTRATION, Role.IT])
@pytest.mark.parametrize("function", [None, Function.ADMINISTRATION_HEAD, Function.COUNCIL_OFFICE, Function.TREASURY])
def test_the_desk_is_never_a_dead_end(client, role, function) -> None:
    user = make_user(role)
    if function:
        appoint(user, function)
    client.force_login(user)
    response = client.get(reverse("desk"))
    assert response.status_code == 200
    assert reverse("measures") in response.content.decode()


def test_the_desk_of_the_head_says_first_that_a_report_waits(client) -> None:
    make_town()
    make_committee()
    officer, head = make_officer(), make_user()
    appoint(head, Function.ADMINISTRATION_HEAD)
    report = open_report(period=HalfYear.of(timezone.localdate()), by=officer)
    make_files(freeze(report_id=report.pk, by=officer))
    said = []
    for user in (head, officer, make_user(Role.IT)):
        client.force_login(user)
        text = client.get(reverse("desk")).content.decode()
        where = reverse("report_release", args=[report.pk])
        said.append(("wartet auf Ihre Freigabe" in text, where in text, "Wartet auf die Freigabe" in text))
    assert said == [(True, True, False), (False, False, True), (False, False, False)]


def test_the_system_administrator_is_led_to_the_settings(client) -> None:
    client.force_login(make_user(Role.SYSTEM_ADMINISTRATOR))
    assert client.get(reverse("desk")).url == reverse("admin:index")


def test_a_council_member_is_led_to_pages_made_for_the_council(client) -> None:
    client.force_login(make_user(Role.COUNCIL))
    response = client.get(reverse("desk"), follow=True)
    assert (response.status_code, response.redirect_chain[0][0]) in [(200, "/gremien/"), (200, "/")]


def test_a_desk_costs_the_same_queries_for_3_and_for_100_late_measures(client, django_assert_max_num_queries) -> None:
    client.force_login(make_officer())
    asked = []
    for number in (3, 60):
        for one in range(number):
            make_public_measure(f"M {number} {one}", state=LATE, now=THEN)
        client.get(reverse("desk"))
        with django_assert_max_num_queries(26) as queries:
            client.get(reverse("desk"))
        asked.append(len(queries.captured_queries))
    assert asked[0] == asked[1]


def test_who_answers_for_nothing_reads_whom_to_ask(client):
    make_officer(name="Frau Digital", email="digital@stadt.example")
    client.force_login(make_user(Role.ADMINISTRATION))

    assert (
        "Fragen Sie den Digital Officer: Frau Digital, digital@stadt.example."
        in client.get("/arbeitsbereich/").content.decode()
    )


def sections(client, user):
    client.force_login(user)
    page = client.get(reverse("desk")).content.decode()
    main = page.split("<aside")[0]
    return re.findall(r"<h2[^>]*>(.*?)</h2>", main)


@pytest.mark.parametrize(
    ("function", "first"),
    [
        (Function.COUNCIL_OFFICE, ["Sitzungen"]),
        (Function.ADMINISTRATION_HEAD, ["Zur Freigabe", "Kritisch, oder zu entscheiden"]),
        (Function.TREASURY, ["Meine Maßnahmen"]),
    ],
)
def test_each_function_sees_first_what_it_does_here(client, function, first):
    user = make_user()
    appoint(user, function)
    assert sections(client, user) == [*first, "Was andere geändert haben"]


def test_the_ratsbuero_sees_which_meeting_lacks_its_day_for_papers_and_which_committee_a_meeting():
    office, committee = make_user(), make_committee()
    appoint(office, Function.COUNCIL_OFFICE)
    make_committee(name="Rat", short_name="Rat", kind="COUNCIL", receives_reports=False)
    make_meeting(committee, start=datetime(2026, 12, 8, 17, tzinfo=UTC))
    make_meeting(committee, start=datetime(2027, 1, 8, 17, tzinfo=UTC), papers_due=date(2026, 12, 30))
    desk = desk_of(office, now=NOW)
    assert desk.sittings
    assert ([one.papers_due for one in desk.sittings.rows], desk.sittings.silent, desk.answer) == (
        ["", "30.12.2026"],
        ["Rat"],
        "Zwei Sitzungen stehen bevor, bei einer fehlt der Vorlagenschluss.",
    )


def test_whose_measure_it_is_is_led_to_reporting_and_told_where_nobody_would_read_it(client):
    clerk, reader = make_user(), make_user()
    measure = make_measure(responsible=clerk)

    def read(user):
        client.force_login(user)
        page = client.get(reverse("measure_edit", args=[measure.number])).content.decode()
        return reverse("measure_report", args=[measure.number]) in page, "Zurzeit prüft niemand" in page

    before = [read(user) for user in (clerk, reader)]
    make_officer()
    assert (before, read(clerk)) == ([(True, True), (False, False)], (True, False))
