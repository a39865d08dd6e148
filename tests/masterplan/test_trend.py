"""The trend of promised dates: what the sentence over it says, which dates are drawn, and who sees which."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.access import Role
from masterplan.models import Measure, Phase, Visibility
from masterplan.promised import end_moved, milestone_lines, promises_by_date
from masterplan.public.measures import published_measures, read_measures
from masterplan.public.profile import read_profile
from masterplan.rules import Promised
from masterplan.trend import NOTHING_MOVED, Subject, trend
from masterplan.updating import NewState, report
from masterplan.worklist import rows
from tests.builders import NOW, TODAY, make_field, make_measure, make_milestone, make_public_measure, make_user
from tests.masterplan.test_public_pages import words

START = date(2025, 6, 26)
DUE = date(2026, 12, 31)


def subject(short, *moves, reached=None, is_open=True, resolved_on=START, leads=False):
    """`moves` are days by which the promised date was moved, a month apart; "+k" corrects by k days."""
    promises, due = [Promised("FIRST", START, DUE, 0)], DUE
    for place, move in enumerate(moves, 1):
        days = int(move)
        kind = "CORRECTION" if isinstance(move, str) else "POSTPONED" if days > 0 else "BROUGHT_FORWARD"
        due += timedelta(days=days)
        promises.append(Promised(kind, START + timedelta(days=30 * place), due, days))
    return Subject(short, short, f"Titel {short}", promises, reached, is_open, leads=leads, resolved_on=resolved_on)


@pytest.mark.parametrize(
    ("subjects", "said"),
    [
        (
            [subject("M1", 30, 30), subject("M2", 10, 5)],
            "M1 und M2 sind seit dem Beschluss zweimal nach hinten gerückt",
        ),
        ([subject("M1", 30), subject("M2")], "M1 ist seit dem Beschluss einmal nach hinten gerückt"),
        ([subject("M1", 30), subject("M2", 5, 5)], "M1 und M2 sind seit dem Beschluss nach hinten gerückt"),
        ([subject("M1", 30, resolved_on=None)], "M1 ist seit der ersten Zusage einmal nach hinten gerückt"),
        (
            [subject("M1", 30, resolved_on=START + timedelta(days=40))],
            "M1 ist seit der ersten Zusage einmal nach hinten gerückt",
        ),
        ([subject("M1", -20), subject("M2")], "M1 ist seit dem Beschluss einmal nach vorn gerückt"),
        ([subject("M1", "+20"), subject("M2", 20, -20)], NOTHING_MOVED),
        (
            [subject(f"M{n}", n) for n in range(1, 7)],
            "Sechs von sechs Terminen sind nach hinten gerückt, am weitesten M6 (+6\u00a0Tage)",
        ),
    ],
)
def test_the_sentence_over_the_chart_states_the_finding(subjects, said):
    assert trend(subjects, plural="Terminen", today=TODAY).headline == said


def test_seven_dates_that_moved_farthest_are_drawn_and_the_others_counted():
    found = trend([subject(f"M{n}", n) for n in range(1, 11)], plural="Terminen", today=TODAY)
    assert [label.text.split()[0] for label in found.chart.labels] == ["M10", "M9", "M8", "M7", "M6", "M5", "M4"]
    assert found.further == (
        "Gezeichnet sind die sieben, die sich am weitesten bewegt haben; drei weitere stehen nur in der Tabelle."
    )
    assert len(found.rows) == 10


def test_the_end_is_drawn_also_where_it_stands():
    subjects = [subject("Ende", leads=True), *(subject(f"M{n}", n) for n in range(1, 9))]
    assert "Ende" in {one.text.split()[0] for one in trend(subjects, plural="Terminen", today=TODAY).chart.labels}


def test_dates_that_always_were_the_same_share_a_line():
    found = trend([subject("M5", 30), subject("Ende", 30, leads=True)], plural="Terminen", today=TODAY)
    assert ([label.text for label in found.chart.labels], len(found.rows)) == (["M5, Ende 30.01.27"], 2)


def test_a_correction_is_drawn_without_moving_the_line_and_said():
    found = trend([subject("M1", "-20")], plural="Terminen", today=TODAY)
    (line,) = found.chart.lines
    assert ([mark.corrected for mark in line.marks], line.tone) == ([True, False], "kept")
    assert (found.rows[0].moved, found.correction[:13]) == ("wie zugesagt", "Hohle Punkte:")


@pytest.mark.parametrize(
    ("one", "tone"),
    [
        (subject("M1", 30), "late"),
        (subject("M1", -30), "kept"),
        (subject("M1"), "kept"),
        (subject("M1", 30, reached=date(2026, 5, 5)), "done"),
    ],
)
def test_a_line_says_by_its_tone_whether_its_date_was_moved_back(one, tone):
    assert trend([one], plural="Terminen", today=TODAY).chart.lines[0].tone == tone


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(subject("M1", 30, is_open=False), id="given up"),
        pytest.param(subject("M1", reached=START - timedelta(days=1)), id="reached before it was promised"),
        pytest.param(Subject("M1", "M1", "", [], None, is_open=True), id="never promised"),
        pytest.param(Subject("M1", "M1", "", [Promised("FIRST", TODAY, DUE, 0)], None, is_open=True), id="since today"),
    ],
)
def test_what_has_no_way_behind_it_is_not_drawn(one):
    assert trend([one], plural="Terminen", today=TODAY) is None


def test_many_days_are_read_at_the_ends_of_half_years():
    moves = [subject("M1", *[5] * 8), subject("M2", *[3] * 9)]
    found = trend(moves, plural="Terminen", today=TODAY)
    assert found.columns == ("26.06.2025", "30.06.2025", "31.12.2025", "30.06.2026", "heute")


def test_the_title_tells_everything_that_is_drawn():
    told = trend([subject("M1", 30), subject("M2", reached=date(2026, 5, 5))], plural="Terminen", today=TODAY).title
    assert told.replace("\u00a0", " ") == (
        "Meilensteintrend: M1 ist seit dem Beschluss einmal nach hinten gerückt. "
        "M1 Titel M1: zuerst zugesagt 31.12.2026, heute 30.01.2027, 1× verschoben, +30 Tage. "
        "M2 Titel M2: zuerst zugesagt 31.12.2026, erreicht 05.05.2026."
    )


@pytest.fixture
def _the_day(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)


BEFORE = NOW - timedelta(days=300)
RUNNING = {"phase": Phase.IN_PROGRESS, "planned_end": DUE}


def move(measure, *days, milestone=None, **more):
    """A month apart, each by so many days."""
    due = milestone.planned if milestone else DUE
    for place, moved in enumerate(days, 1):
        due += timedelta(days=moved)
        dates = {"milestones": {milestone.pk: {"planned": due}}} if milestone else {"values": {"planned_end": due}}
        state = NewState(measure_id=measure.pk, reason="Vergabe", **dates, **more)
        report(state, by=None, now=BEFORE + timedelta(days=30 * place))


@pytest.mark.django_db
@pytest.mark.usefixtures("_the_day")
@pytest.mark.parametrize(
    ("days", "more", "shown"),
    [
        ((30, 60), {}, "2× verschoben, +90 Tage"),
        ((30, -10), {}, "1× verschoben, 1× vorgezogen, +20 Tage"),
        ((-10,), {}, "1× vorgezogen, −10 Tage"),
        ((30,), {"correction": True}, ""),
    ],
)
def test_list_page_table_and_workspace_tell_the_same_of_how_often_and_far_an_end_was_moved(client, days, more, shown):
    measure = make_public_measure(state=RUNNING, now=BEFORE)
    step = make_milestone(measure, planned=DUE - timedelta(days=200), now=BEFORE)
    move(measure, *days, **more)
    move(measure, *days, milestone=step, **more)
    slug = Measure.objects.get().slug
    (line,) = milestone_lines([step], promises_by_date(measure))
    (row,) = rows(Measure.objects.all(), TODAY)
    (public,) = read_measures(published_measures())
    pages = [client.get(address).content.decode() for address in ("/massnahmen/", f"/massnahmen/{slug}/")]
    assert [plain(row.moved), plain(end_moved(measure)), plain(line.moved)] == [shown] * 3
    assert [shown in words(page) for page in pages] == [True, True]
    assert read_profile(slug).measure.slip == public.slip


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.django_db
@pytest.mark.usefixtures("_the_day")
@pytest.mark.parametrize("address", ["/massnahmen/trend/", "/handlungsfelder/bs/"])
def test_the_public_trend_knows_public_measures_alone(client, address):
    field = make_field(slug="bs")
    for title, visibility in (("Öffentlich", "PUBLIC"), ("Geheim", "CONFIDENTIAL"), ("Intern", "INTERNAL")):
        measure = make_measure(title, visibility=Visibility.PUBLIC, state=RUNNING, now=BEFORE, field=field)
        move(measure, 30)
        if visibility != "PUBLIC":
            Measure._base_manager.filter(pk=measure.pk).update(visibility=visibility)
    found = client.get(address).context["trend"]
    assert [row.title for row in found.rows] == ["Öffentlich"]
    assert "Nichtöffentliche Maßnahmen sind nicht enthalten." in client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_the_day")
@pytest.mark.parametrize(
    ("role", "seen"),
    [(Role.DIGITAL_OFFICER, ["Öffentlich", "Geheim", "Intern"]), (Role.IT, ["Öffentlich", "Intern"])],
)
def test_the_trend_of_the_workspace_shows_what_one_may_see(client, role, seen):
    for title, visibility in (("Öffentlich", "PUBLIC"), ("Geheim", "CONFIDENTIAL"), ("Intern", "INTERNAL")):
        measure = make_measure(title, visibility=Visibility.PUBLIC, state=RUNNING, now=BEFORE)
        move(measure, 30)
        Measure._base_manager.filter(pk=measure.pk).update(visibility=visibility)
    client.force_login(make_user(role))
    assert [row.title for row in client.get(reverse("measures_trend")).context["trend"].rows] == seen


@pytest.mark.django_db
def test_the_trend_of_the_workspace_says_what_to_do_first_where_nothing_is_promised(client, officer):
    assert "Noch kein Termin zugesagt" in client.get(reverse("measures_trend")).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_the_day")
def test_the_page_of_milestones_has_resolved_promised_and_reached_days_and_the_trend(client, officer):
    measure = make_public_measure(state=RUNNING, now=BEFORE)
    step = make_milestone(measure, "Vertrag", planned=date(2026, 11, 30), now=BEFORE)
    move(measure, 20, milestone=step)
    html = words(client.get(reverse("measure_milestones", args=[measure.number])).content.decode())
    assert "Beschlossen Zugesagt Erreicht" in html
    assert "M1 Vertrag 1 – 20.12.2026 1× verschoben, +20 Tage – Ändern" in html
    assert "M1 ist seit der ersten Zusage einmal nach hinten gerückt" in html


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["Trend", "Zeitplan"])
def test_no_measure_takes_the_address_of_a_page_beside_the_measures(title):
    assert make_public_measure(title).slug == f"{title.lower()}-bs-01"
