"""Measures for which nobody answers, and who is told instead."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts.access import Role
from accounts.access_changes import KIND
from accounts.models import Unit, User
from accounts.models.unit import UnitKind
from accounts.vacancies import left_by
from ground.journal import Entry, record
from masterplan.models import Measure, Phase, Visibility
from masterplan.ownership import Gap, missing, silent_from, stand_in, with_any_gap
from masterplan.planning import edit_measure
from masterplan.radar import concerned, radar_rows, summaries
from masterplan.rules import Answering, recipients_in_order
from masterplan.updating import NewState, report
from masterplan.worklist import Need, condition
from tests.builders import NOW, TODAY, make_measure, make_officer, make_unit, make_user

RUNNING = {"phase": Phase.IN_PROGRESS}


@pytest.mark.parametrize(
    ("named", "told"),
    [
        pytest.param((Answering(1), Answering(2), Answering(3), Answering(4)), [1, 2, 3, 4], id="one after the other"),
        pytest.param(
            (Answering(1, is_absent=True), Answering(2), None, Answering(4)), [2, 4], id="absent: the deputy at once"
        ),
        pytest.param((None, Answering(2), Answering(3), None), [2, 3], id="nobody is responsible"),
        pytest.param((Answering(1), Answering(2), Answering(1), Answering(2)), [1, 2], id="each once"),
        pytest.param((Answering(1, is_absent=True), None, None, Answering(4, is_absent=True)), [1, 4], id="all absent"),
        pytest.param((None, None, None, None), [], id="nobody at all"),
    ],
)
def test_reminders_go_to_those_who_can_answer_in_this_order(named, told):
    assert recipients_in_order(*named) == told


def test_every_gap_is_a_need_of_the_table_with_the_same_words_and_condition():
    assert {gap.value: gap.label for gap in Gap} == {
        need.value: need.label for need in Need if need.value in Gap.values
    }
    assert [condition(gap.value, TODAY) for gap in (Gap.NO_RESPONSIBLE, Gap.UNREACHABLE)] == [
        missing(gap, TODAY) for gap in (Gap.NO_RESPONSIBLE, Gap.UNREACHABLE)
    ]


def test_silent_is_who_let_a_whole_half_year_go_by():
    assert [silent_from(day) for day in (date(2026, 11, 22), date(2026, 3, 1))] == [date(2026, 1, 1), date(2025, 7, 1)]


def found(today=TODAY):
    return {gap.name for gap, numbers in concerned(Measure.objects.current(), today).items() if numbers}


def looked_after(*, now=NOW, **values):
    """Nothing is missing: reported, responsible and deputy in the house, a unit that can be written to."""
    answers = {
        "responsible": make_user(),
        "deputy": make_user(),
        "lead_unit": make_unit(f"Amt {Unit.objects.count()}", email="a@stadt.example"),
    }
    measure = make_measure(state=RUNNING, now=now, **{**answers, **values})
    report(NewState(measure_id=measure.pk, remarks="Läuft."), by=make_officer(), now=now)
    return measure


@pytest.mark.django_db
def test_nothing_is_found_where_everyone_is_there():
    looked_after()
    assert found() == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "gaps"),
    [
        pytest.param({"responsible": None}, {"NO_RESPONSIBLE"}, id="nobody is responsible"),
        pytest.param({"responsible": {"is_active": False}}, {"RESPONSIBLE_LEFT"}, id="left the house"),
        pytest.param({"responsible": {"role": Role.COUNCIL}}, {"RESPONSIBLE_LEFT"}, id="went to the council"),
        pytest.param({"deputy": None}, {"NO_DEPUTY"}, id="no deputy"),
        pytest.param({"deputy": {"is_active": False}}, {"NO_DEPUTY"}, id="the deputy left"),
        pytest.param(
            {"lead_unit": {"kind": UnitKind.EXTERNAL, "email": ""}}, {"UNREACHABLE"}, id="external, no mailbox"
        ),
        pytest.param({"lead_unit": {"kind": UnitKind.EXTERNAL, "email": "x@y.example"}}, set(), id="external, mailbox"),
        pytest.param({"lead_unit": {"email": ""}}, set(), id="a unit of the house needs no mailbox"),
        pytest.param({"lead_unit": {"dissolved_on": TODAY}}, {"UNIT_DISSOLVED"}, id="unit dissolved"),
    ],
)
@pytest.mark.parametrize("phase", [Phase.IN_PROGRESS, Phase.REJECTED])
def test_what_is_missing_is_found_unless_the_measure_is_at_its_end(change, gaps, phase):
    measure = looked_after()
    for name, value in change.items():
        if value is None:
            edit_measure(measure_id=measure.pk, values={name: None}, expected_version=None, by=None)
        else:
            row = getattr(measure, name)
            type(row).objects.filter(pk=row.pk).update(**value)
    Measure._base_manager.filter(pk=measure.pk).update(phase=phase)
    assert found() == (gaps if phase == Phase.IN_PROGRESS else set())
    assert with_any_gap(Measure.objects.current(), TODAY).count() == bool(gaps and phase == Phase.IN_PROGRESS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reported", "silent"),
    [
        (datetime(2026, 1, 1, 0, 30, tzinfo=ZoneInfo("Europe/Berlin")), False),
        (datetime(2025, 12, 31, 12, tzinfo=ZoneInfo("UTC")), True),
    ],
)
def test_a_report_counts_from_the_first_hour_of_the_last_half_year(reported, silent):
    looked_after(now=reported)
    assert ("SILENT" in found()) == silent


@pytest.mark.django_db
def test_the_own_deputy_of_the_responsible_stands_in_where_the_measure_names_none():
    colleague = make_user()
    measure = looked_after(responsible=make_user(deputy=colleague), deputy=None)
    assert (found(), stand_in(measure)) == (set(), colleague)


@pytest.mark.django_db
def test_the_radar_says_what_is_missing_since_when_and_what_to_do_next():
    measure = looked_after(deputy=None)
    edit_measure(
        measure_id=measure.pk, values={"responsible": None}, expected_version=None, by=None, now=NOW + timedelta(days=3)
    )
    (row,) = radar_rows(Measure.objects.current(), TODAY)
    edit = reverse("measure_edit", args=[measure.number])
    assert [(one.what, one.since, one.step, one.url) for one in row.findings] == [
        ("Ohne Verantwortliche", "seit 25.11.2026", "Verantwortliche benennen", f"{edit}#id_responsible"),
        ("Ohne Vertretung", "seit 22.11.2026", "Vertretung benennen", f"{edit}#id_deputy"),
    ]


@pytest.mark.django_db
def test_the_radar_says_since_when_the_account_of_the_responsible_is_another():
    measure = looked_after()
    User.objects.filter(pk=measure.responsible_id).update(is_active=False)
    before = radar_rows(Measure.objects.current(), TODAY)
    for days, kind in enumerate((KIND, "user.changed", "user.standing_in")):
        told = Entry(subject=measure.responsible, kind=kind, title="geändert", after="Aktiv")
        record(told, by=None, at=NOW + timedelta(days=days))
    after = radar_rows(Measure.objects.current(), TODAY)
    what = f"Verantwortliche ausgeschieden: {measure.responsible.name}"
    assert [(one.what, one.since) for (row,) in (before, after) for one in row.findings] == [
        (what, "Tag nicht bekannt"),
        (what, "seit 22.11.2026"),
    ]


@pytest.mark.django_db
def test_a_measure_of_which_nobody_told_anything_since_is_silent_since_the_last_report():
    measure = looked_after(now=NOW - timedelta(days=400))
    report(NewState(measure_id=measure.pk, values={"progress": 20}, reason="Liste"), by=User.objects.last(), now=NOW)
    (row,) = radar_rows(Measure.objects.current(), TODAY)
    assert [(one.what, one.since, one.step) for one in row.findings] == [
        ("Lange nicht gemeldet", "zuletzt 18.10.2025", "Stand eintragen")
    ]


@pytest.mark.django_db
def test_the_figures_of_the_radar_and_their_examples_cost_one_query(django_assert_num_queries):
    for _ in range(6):
        make_measure(responsible=make_user())
    with django_assert_num_queries(1):
        found = summaries(Measure.objects.current(), TODAY)
    assert [(one.what, one.count, one.examples, one.url) for one in found] == [
        ("Ohne Vertretung", 6, "BS-01, BS-02, BS-03, BS-04, BS-05", f"{reverse('measures')}?bedarf=vertretung")
    ]


@pytest.mark.django_db
def test_the_radar_lists_measures_and_each_figure_leads_to_the_measures_it_counts(client, officer):
    looked_after()
    looked_after(title="Allein", deputy=None, visibility=Visibility.CONFIDENTIAL, lead_unit=None)
    page = client.get(reverse("measures_radar"))
    assert [row.title for row in page.context["page"].object_list] == ["Allein"]
    for label, href, _ in page.context["gaps"][1:]:
        found = client.get(reverse("measures_radar") + href).context["page"].paginator.count
        listed = client.get(f"{reverse('measures')}?bedarf={href.partition('=')[2]}").context["page"].paginator.count
        assert f"({found})" in label
        assert found == listed


@pytest.mark.django_db
def test_the_radar_says_that_nothing_is_missing(client, officer):
    assert "Für jede Maßnahme antwortet jemand." in client.get(reverse("measures_radar")).content.decode()


@pytest.mark.django_db
def test_the_radar_costs_the_same_queries_for_3_measures_and_for_25(client, officer, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(14) as captured:
            assert client.get(reverse("measures_radar")).status_code == 200
        return len(captured)

    def add(count):
        leaving = make_user()
        for _ in range(count):
            make_measure(responsible=leaving)
        User.objects.filter(pk=leaving.pk).update(is_active=False)

    add(3)
    queries()
    few = queries()
    add(22)
    assert queries() == few


@pytest.mark.django_db
def test_before_an_account_is_closed_the_handover_is_named_without_any_measure():
    person = make_user()
    free = left_by(person, leaves=True, role=person.role, today=TODAY)
    make_measure("Geheim", responsible=person)
    said = left_by(person, leaves=True, role=person.role, today=TODAY)
    assert (free, [sentence[:46] for sentence in said]) == ([], ["Diese Person antwortet für Maßnahmen. Der Digi"])
    assert left_by(person, leaves=False, role=person.role, today=TODAY) == []
