"""One change to many measures: preview of every row, then all or nothing."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.access import Role
from masterplan.changing import BulkChange, MeasureGone, change_many
from masterplan.models import DueDatePromise, Measure, StatusUpdate, Visibility
from masterplan.planning import add_measures, delete_draft, edit_measure, new_measure
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    make_field,
    make_measure,
    make_officer,
    make_public_measure,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


def bulk(client, action: str, **data):
    return client.post(reverse("measures_bulk"), {"action": action, **data})


def rows(*measures: Measure) -> str:
    return ",".join(f"{measure.pk}:{measure.version}" for measure in measures)


def lines(response, kind: str = "changing") -> list[tuple[str, str, str]]:
    return [(line.measure.number, line.before, line.after) for line in response.context[kind]]


def test_126_measures_are_published_in_one_go(client, officer) -> None:
    field = make_field()
    add_measures(
        [new_measure(field=field, serial=one, values={"title": f"M {one}"}) for one in range(1, 127)], by=None, now=NOW
    )
    shown = bulk(client, "veroeffentlichen", all="1", query="")
    assert len(lines(shown)) == 126
    assert Measure.objects.published().count() == 0
    bulk(client, "veroeffentlichen", step="apply", rows=shown.context["changing_rows"])
    assert Measure.objects.published().count() == 126


def test_all_filtered_means_what_the_filter_shows_and_no_more(client, officer) -> None:
    make_measure("Gesucht")
    make_measure("Anderes")
    assert lines(bulk(client, "veroeffentlichen", all="1", query="q=gesucht")) == [("BS-01", "intern", "öffentlich")]


def test_nothing_chosen_is_said_and_changes_nothing(client, officer) -> None:
    make_measure()
    response = client.post(reverse("measures_bulk"), {"action": "veroeffentlichen"}, follow=True)
    assert "Wählen Sie zuerst Maßnahmen aus" in response.content.decode()


def test_the_preview_names_each_row_before_and_after_and_writes_nothing(client, officer) -> None:
    one = make_measure("Eine", state={"planned_end": date(2026, 12, 31)})
    other = make_measure("Andere", state={"planned_start": date(2027, 6, 1)})
    same = make_measure("Gleiche", state={"planned_end": date(2027, 1, 30)})
    response = bulk(client, "termin", step="preview", rows=rows(one, other, same), value="2027-01-30")
    assert lines(response) == [("BS-01", "31.12.2026", "30.01.2027")]
    assert [(line.measure.number, line.refused) for line in response.context["refused"]] == [
        ("BS-02", "Das geplante Ende liegt vor dem geplanten Beginn.")
    ]
    assert lines(response, "unchanged") == [("BS-03", "30.01.2027", "30.01.2027")]
    assert Measure.objects.get(pk=one.pk).planned_end == date(2026, 12, 31)
    assert response.context["changing_rows"] == rows(one)


def test_one_reason_goes_to_all_rows_and_each_becomes_a_status_update(client, officer) -> None:
    measures = [make_public_measure(title, state={"planned_end": date(2026, 12, 31)}) for title in ("Eine", "Andere")]
    without = bulk(client, "termin", step="preview", rows=rows(*measures), value="2027-01-30")
    assert "reason" in without.context["form"].errors
    bulk(client, "termin", step="apply", rows=rows(*measures), value="2027-01-30", reason="Haushalt")
    moved = DueDatePromise.objects.exclude(kind="FIRST").values_list("kind", "days", "reason")
    assert list(moved) == [("POSTPONED", 30, "Haushalt")] * 2
    assert list(StatusUpdate.objects.filter(author=officer).values_list("reason", flat=True)) == ["Haushalt"] * 2


def test_hiding_public_measures_takes_a_reason(client, officer) -> None:
    measure = make_public_measure()
    assert "reason" in bulk(client, "intern", step="preview", rows=rows(measure)).context["form"].errors
    bulk(client, "intern", step="apply", rows=rows(measure), reason="Irrtum")
    assert Measure.objects.get().visibility == Visibility.INTERNAL


@pytest.mark.parametrize("action", ["veroeffentlichen", "intern"])
def test_a_confidential_measure_is_never_opened_by_the_way(client, officer, action) -> None:
    measure, other = make_measure(visibility=Visibility.CONFIDENTIAL), make_measure("Andere")
    response = bulk(client, action, pick=measure.number)
    assert (lines(response), len(response.context["refused"])) == ([], 1)
    refused = bulk(client, action, step="apply", rows=rows(measure, other))
    assert refused.context["form"].non_field_errors() == [
        "Bei nichtöffentlichen Maßnahmen ändern Sie die Sichtbarkeit nur einzeln."
    ]
    assert set(Measure.objects.values_list("number", "visibility")) == {
        ("BS-01", Visibility.CONFIDENTIAL),
        ("BS-02", Visibility.INTERNAL),
    }


def test_unit_and_person_are_set_for_all(client, officer) -> None:
    unit, clerk = make_unit(), make_user()
    one, other = make_measure("Eine"), make_measure("Andere", deputy=clerk)
    bulk(client, "federfuehrung", step="apply", rows=rows(one, other), value=unit.pk)
    assert Measure.objects.filter(lead_unit=unit).count() == 2
    one, other = Measure.objects.all()
    response = bulk(client, "verantwortlich", step="preview", rows=rows(one, other), value=clerk.pk)
    assert (lines(response), lines(response, "refused")) == (
        [("BS-01", "–", str(clerk))],
        [("BS-02", "–", str(clerk))],
    )


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("termin", {"value": "2027-01-30"}),
        ("veroeffentlichen", {}),
        ("federfuehrung", {"value": ""}),
    ],
)
def test_a_row_that_changed_since_the_preview_refuses_all_and_shows_both(client, officer, action, data) -> None:
    one, other = make_measure("Eine", lead_unit=make_unit()), make_measure("Andere")
    seen = rows(one, other)
    colleague = make_officer(name="Frau Ott")
    report(NewState(measure_id=other.pk, values={"planned_end": date(2027, 5, 31)}), by=colleague)
    before = list(Measure.objects.values_list("version", "visibility", "lead_unit", "planned_end"))
    response = bulk(client, action, step="apply", rows=seen, **data)
    overtaken = [
        (one.measure.number, one.who, [(line.label, line.before, line.after) for line in one.lines])
        for one in response.context["overtaken"]
    ]
    assert overtaken == [("BS-02", "Frau Ott", [("Geplantes Ende", "–", "31.05.2027")])]
    assert list(Measure.objects.values_list("version", "visibility", "lead_unit", "planned_end")) == before


def test_after_both_were_shown_the_change_can_be_confirmed_again(client, officer) -> None:
    measure = make_measure()
    seen = rows(measure)
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=None, by=officer)
    shown = bulk(client, "veroeffentlichen", step="apply", rows=seen)
    bulk(client, "veroeffentlichen", step="apply", rows=shown.context["changing_rows"])
    assert Measure.objects.get().visibility == Visibility.PUBLIC


def withdraw(measure: Measure) -> None:
    measure.withdrawn_at = NOW
    measure.save_tracked(by=None)


def delete(measure: Measure) -> None:
    delete_draft(measure_id=measure.pk, by=None)


@pytest.mark.parametrize("vanish", [withdraw, delete])
@pytest.mark.parametrize(
    ("action", "data"),
    [("termin", {"value": "2027-01-30"}), ("veroeffentlichen", {}), ("federfuehrung", {"value": ""})],
)
def test_where_a_row_is_gone_since_the_preview_nothing_is_changed_and_that_is_said(
    client, officer, action, data, vanish
) -> None:
    one, other = make_measure("Eine", lead_unit=make_unit()), make_measure("Andere")
    seen = rows(one, other)
    vanish(other)
    response = bulk(client, action, step="apply", rows=seen, **data)
    assert "Nichts gespeichert: Eine Maßnahme Ihrer Auswahl gibt es nicht mehr" in response.content.decode()
    assert [number for number, _, _ in lines(response)] == ["BS-01"]
    assert Measure.objects.get(pk=one.pk).version == one.version
    bulk(client, action, step="apply", rows=response.context["changing_rows"], **data)
    assert Measure.objects.get(pk=one.pk).version == one.version + 1


def test_where_all_rows_are_gone_since_the_preview_that_is_said(client, officer) -> None:
    measure = make_measure()
    delete(measure)
    response = client.post(
        reverse("measures_bulk"), {"action": "veroeffentlichen", "step": "apply", "rows": rows(measure)}, follow=True
    )
    assert "Nichts gespeichert: Die Maßnahmen Ihrer Auswahl gibt es nicht mehr." in response.content.decode()


@pytest.mark.parametrize(
    "change", [("planned_end", date(2027, 1, 30)), ("visibility", Visibility.PUBLIC), ("lead_unit", None)]
)
def test_many_are_changed_all_or_none_where_one_vanishes_while_it_is_confirmed(change) -> None:
    one, other = make_measure("Eine", lead_unit=make_unit()), make_measure("Andere")
    versions = {one.pk: one.version, other.pk: other.version}
    delete(other)
    with pytest.raises(MeasureGone):
        change_many(versions=versions, change=BulkChange(field=change[0], value=change[1]), by=None)
    assert Measure.objects.get().version == one.version


@pytest.mark.parametrize("role", [Role.IT, Role.ADMINISTRATION, Role.COUNCIL, Role.SYSTEM_ADMINISTRATOR])
def test_only_who_edits_changes_many(client, role) -> None:
    measure = make_measure()
    client.force_login(make_user(role))
    assert bulk(client, "veroeffentlichen", step="apply", rows=rows(measure)).status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {"action": "quatsch"},
        *({"action": "termin", "rows": rows} for rows in ("1:x", "1", "1:2:3", "9" * 40 + ":1", "1:" + "9" * 40)),
    ],
)
def test_a_broken_request_is_no_error_of_the_portal(client, officer, data) -> None:
    assert client.post(reverse("measures_bulk"), data).status_code == 404


def test_what_was_never_previewed_is_previewed_first(client, officer) -> None:
    measure = make_measure()
    response = bulk(client, "veroeffentlichen", step="apply", pick=measure.number)
    assert (lines(response), Measure.objects.published().count()) == ([("BS-01", "intern", "öffentlich")], 0)


def test_an_unreadable_day_is_refused_with_one_sentence(client, officer) -> None:
    measure = make_measure(state={"phase": "IN_PROGRESS"})
    response = bulk(client, "phase", step="preview", rows=rows(measure), value="COMPLETED", actual_end="gestern")
    assert response.context["form"].errors == {"actual_end": ["Bitte geben Sie einen Tag an, zum Beispiel 31.12.2026."]}


def test_the_preview_shows_the_day_that_is_entered_and_whose_day_stays(client, officer) -> None:
    running = make_measure("Läuft", state={"phase": "IN_PROGRESS"})
    finished = make_measure("Fertig", state={"phase": "COMPLETED", "actual_end": date(2026, 10, 1)})
    data = {"rows": rows(running, finished), "value": "COMPLETED", "actual_end": "2026-11-02"}
    page = " ".join(bulk(client, "phase", step="preview", **data).content.decode().split())
    assert "<ins>abgeschlossen, tatsächliches Ende 02.11.2026</ins>" in page
    assert "1 Maßnahme hat diesen Wert schon. BS-02 (01.10.2026) behält das eigene tatsächliche Ende." in page


def test_the_preview_says_where_a_status_contradicts_its_criteria(client, officer) -> None:
    late = make_public_measure("Spät", state={"phase": "IN_PROGRESS", "planned_end": date(2026, 12, 31)})
    report(NewState(measure_id=late.pk, values={"planned_end": date(2099, 12, 31)}, reason="Vergabe"), by=None)
    late.refresh_from_db()
    fine, idea = make_measure("Läuft", state={"phase": "IN_PROGRESS"}), make_measure("Idee")
    response = bulk(client, "bewertung", step="preview", rows=rows(late, fine, idea), value="ON_TRACK", reason="x")
    told = {line.measure.title: [sentence[:54] for sentence in line.warnings] for line in response.context["changing"]}
    assert told == {
        "Spät": ["Gemeldet ist „im Plan“, nach den Kriterien wäre er „kr"],
        "Läuft": [],
        "Idee": ["Gespeichert wird der Status „im Plan“, gezeigt wird „v"],
    }


def test_the_state_of_the_chosen_measures_is_asked_for(client, officer) -> None:
    chosen = [make_measure(title) for title in ("Eine", "Andere")]
    make_measure("Dritte")
    page = bulk(client, "erfragen", pick=[one.number for one in chosen])
    assert [row["number"] for row in page.context["rows"]] == [one.number for one in chosen]
