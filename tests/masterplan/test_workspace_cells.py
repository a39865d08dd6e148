"""Change of single fields in the table, in place and without script."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.access import Role
from masterplan.forms.cells import FROM_MILESTONES
from masterplan.models import DueDatePromise, Measure, PromiseKind, StatusUpdate, Visibility
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    make_committee,
    make_measure,
    make_meeting,
    make_milestone,
    make_officer,
    make_public_measure,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
END = {"planned_end": date(2026, 12, 31)}


def cell(measure: Measure, name: str) -> str:
    return reverse("measure_cell", args=[measure.number, name])


def send(client, measure: Measure, name: str, headers=HTMX, **data):
    return client.post(cell(measure, name), {"version": measure.version, **data}, **headers)


def test_a_cell_opens_under_its_row_and_without_script_on_its_own_page(client, officer) -> None:
    measure = make_measure()
    in_place, page = client.get(cell(measure, "phase"), **HTMX), client.get(cell(measure, "phase"))
    assert in_place.content.decode().startswith('<tbody id="m-BS-01" class="measure measure--open" data-key-row>')
    assert "<h1>Phase ändern</h1>" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("phase", "IN_PROGRESS", "IN_PROGRESS"),
        ("health", "CRITICAL", "CRITICAL"),
        ("progress", "40", 40),
        ("planned_end", "2027-03-31", date(2027, 3, 31)),
        ("visibility", "PUBLIC", Visibility.PUBLIC),
    ],
)
def test_each_value_is_written_by_its_own_activity(client, officer, name, value, stored) -> None:
    measure = make_measure()
    response = send(client, measure, name, **{name: value})
    assert f'href="{cell(measure, name)}"' in response.content.decode()
    assert getattr(Measure.objects.get(pk=measure.pk), name) == stored
    assert StatusUpdate.objects.filter(author=officer).count() == (name != "visibility")


def test_unit_and_person_are_set_and_taken_away(client, officer) -> None:
    unit, measure = make_unit(), make_measure()
    send(client, measure, "lead_unit", lead_unit=unit.pk)
    send(client, Measure.objects.get(), "responsible", responsible=officer.pk)
    measure = Measure.objects.get()
    assert (measure.lead_unit, measure.responsible) == (unit, officer)
    send(client, measure, "responsible", responsible="")
    assert Measure.objects.get().responsible is None


def test_without_script_one_comes_back_to_the_row(client, officer) -> None:
    response = send(client, make_measure(), "health", headers={}, health="AT_RISK")
    assert (response.status_code, response.url) == (302, f"{reverse('measures')}#m-BS-01")


def test_the_focus_returns_to_the_cell(client, officer) -> None:
    measure = make_measure()
    given_up = client.get(reverse("measure_row", args=["BS-01"]), {"zelle": "phase"}, **HTMX)
    saved = send(client, measure, "phase", phase="PLANNED")
    for response in (given_up, saved):
        page = " ".join(response.content.decode().split())
        link = f'<a class="cell" href="{cell(measure, "phase")}" data-hx-get="{cell(measure, "phase")}" autofocus>'
        assert page.count("autofocus") == page.count(link) == 1


def test_a_public_measure_asks_for_a_reason_and_keeps_what_was_typed(client, officer) -> None:
    measure = make_public_measure(state=END)
    response = send(client, measure, "planned_end", planned_end="2027-01-30", reason="")
    assert 'value="2027-01-30"' in response.content.decode()
    assert "Grund: Bitte füllen Sie dieses Feld aus." in response.content.decode()
    assert Measure.objects.get().planned_end == date(2026, 12, 31)


@pytest.mark.parametrize(("correction", "kind"), [("", PromiseKind.POSTPONED), ("1", PromiseKind.CORRECTION)])
def test_a_new_end_is_postponed_or_corrected_as_chosen(client, officer, correction, kind) -> None:
    measure = make_public_measure(state=END)
    send(client, measure, "planned_end", planned_end="2027-01-30", reason="Vergabe", correction=correction)
    assert list(DueDatePromise.objects.values_list("kind", "days")) == [("FIRST", 0), (kind, 30)]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"planned_end": "2027-01-30"}, "+30\xa0Tage, erste Verschiebung. Die alte Zusage bleibt sichtbar."),
        ({"planned_end": "2027-01-30", "correction": "1"}, "+30\xa0Tage als Korrektur: Sie zählt nicht"),
        ({"planned_end": "2026-12-21"}, "−10\xa0Tage, vorgezogen."),
        ({"planned_end": "2026-12-21"}, "Ein Meilenstein liegt dann nach dem Ende: Verlegen Sie das zuerst."),
        ({"planned_end": "2026-12-21"}, "Der Ausschuss erfährt es in der Sitzung am 08.12.2126."),
        ({"planned_end": ""}, "Eine Zusage wird nicht gelöscht."),
    ],
)
def test_what_follows_from_a_new_end_is_said_before_it_is_saved(client, officer, asked, sentence) -> None:
    measure = make_public_measure(state=END)
    make_milestone(measure, planned=date(2026, 12, 24))
    make_meeting(make_committee(), start=NOW.replace(year=2126, month=12, day=7, hour=23))
    response = client.get(reverse("measure_cell_consequences", args=[measure.number, "planned_end"]), asked)
    assert sentence in response.content.decode()


def test_an_overtaken_cell_shows_both_values_and_writes_nothing(client, officer) -> None:
    measure = make_measure(state=END)
    other = make_officer(name="Frau Ott")
    report(NewState(measure_id=measure.pk, values={"planned_end": date(2027, 5, 31)}), by=other)
    response = send(client, measure, "planned_end", planned_end="2027-01-30")
    both = response.context["both"]
    assert (both.who, [(one.base, one.theirs, one.mine) for one in both.differences]) == (
        "Frau Ott",
        [("31.12.2026", "31.05.2027", "30.01.2027")],
    )
    assert Measure.objects.get().planned_end == date(2027, 5, 31)
    again = {"planned_end": "2027-01-30", "version": response.context["form"]["version"].value()}
    send(client, measure, "planned_end", **again)
    assert Measure.objects.get().planned_end == date(2027, 1, 30)


@pytest.mark.parametrize(("role", "status"), [(Role.IT, 403), (Role.ADMINISTRATION, 403), (Role.COUNCIL, 403)])
def test_who_may_only_read_changes_nothing(client, role, status) -> None:
    measure = make_measure()
    client.force_login(make_user(role))
    assert send(client, measure, "health", health="CRITICAL").status_code == status
    assert Measure.objects.get().health == "NOT_ASSESSED"


@pytest.mark.parametrize("name", ["phase", "visibility", "internal_notes"])
def test_what_one_may_not_see_does_not_exist(client, name) -> None:
    measure = make_measure(visibility=Visibility.CONFIDENTIAL)
    client.force_login(make_user(Role.IT))
    assert client.get(cell(measure, name)).status_code == 404


@pytest.mark.parametrize("version", [{"version": 99}, {"version": "9" * 40}, {}])
def test_a_cell_of_a_version_that_never_was_is_shown_beside_the_stored_one(client, officer, version) -> None:
    measure = make_measure(state=END)
    response = client.post(cell(measure, "health"), version | {"health": "CRITICAL"}, **HTMX)
    assert [(one.theirs, one.mine) for one in response.context["both"].differences] == [("nicht bewertet", "kritisch")]
    assert Measure.objects.get().health == "NOT_ASSESSED"


def test_who_finishes_a_measure_in_the_table_says_when(client, officer) -> None:
    measure = make_measure(state={"phase": "IN_PROGRESS"})
    response = send(client, measure, "phase", phase="COMPLETED")
    assert list(response.context["form"].errors) == ["actual_end"]
    send(client, measure, "phase", phase="COMPLETED", actual_end="2026-11-02")
    measure.refresh_from_db()
    assert (measure.phase, measure.actual_end) == ("COMPLETED", date(2026, 11, 2))


def test_an_unreadable_day_is_refused_with_one_sentence(client, officer) -> None:
    measure = make_measure(state={"phase": "IN_PROGRESS"})
    response = send(client, measure, "phase", phase="COMPLETED", actual_end="gestern")
    assert response.context["form"].errors == {"actual_end": ["Bitte geben Sie einen Tag an, zum Beispiel 31.12.2026."]}


def test_a_progress_that_follows_from_milestones_cannot_be_typed(client, officer) -> None:
    measure = make_measure()
    make_milestone(measure)
    form = client.get(cell(measure, "progress"), **HTMX).context["form"]
    assert (form.fields["progress"].disabled, form.fields["progress"].help_text) == (True, FROM_MILESTONES)
