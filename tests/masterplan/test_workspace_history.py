"""Who changed what, when and why; and the way back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.access import Role
from accounts.models import Unit, User
from masterplan.chronicle import chronicle
from masterplan.models import Measure, Milestone, Phase
from masterplan.planning import delete_draft, edit_measure
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    make_field,
    make_goal,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_strategy,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_officer(name="Frau Amt")
    client.force_login(user)
    return user


type Told = list[tuple[str, list[tuple[str, str, str]], list[str]]]


def told(measure: Measure, officer: User, *, notes: bool = True) -> Told:
    return [
        (one.who, [(line.label, line.before, line.after) for line in one.lines], one.reasons)
        for one in chronicle(measure, reader=officer, notes=notes)
    ]


def test_each_moment_says_who_what_and_why(officer) -> None:
    measure = make_public_measure(state={"planned_end": date(2026, 12, 31)})
    goal = make_goal(make_strategy())
    edit_measure(
        measure_id=measure.pk,
        values={"title": "Neu"},
        sets={"goals": [goal]},
        expected_version=None,
        by=officer,
        now=NOW + timedelta(days=1),
    )
    report(
        NewState(
            measure_id=measure.pk,
            values={"planned_end": date(2027, 1, 30)},
            reason="Vergabe",
            public_sentence="Später.",
            cause="Streit",
        ),
        by=officer,
        now=NOW + timedelta(days=2),
    )
    assert told(measure, officer)[:2] == [
        (
            "Frau Amt",
            [
                ("Geplantes Ende", "31.12.2026", "30.01.2027"),
                ("Öffentlicher Satz", "", "Später."),
                ("Ursache (intern)", "", "Streit"),
            ],
            ["Vergabe"],
        ),
        ("Frau Amt", [("Titel", "Termine online buchen", "Neu"), ("Ziele", "–", "Bürgerservice")], []),
    ]


def test_internal_notes_and_causes_are_left_out_for_who_may_not_read_them(officer) -> None:
    measure = make_measure()
    edit_measure(measure_id=measure.pk, values={"internal_notes": "geheim"}, expected_version=None, by=officer, now=NOW)
    report(NewState(measure_id=measure.pk, cause="geheim", remarks="geheim"), by=officer, now=NOW)
    assert ("geheim" in str(told(measure, officer)), "geheim" in str(told(measure, officer, notes=False))) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.DIGITAL_OFFICER, 200), (Role.IT, 200), (Role.ADMINISTRATION, 200), (Role.COUNCIL, 403)],
)
def test_who_may_read_the_history(client, role, status) -> None:
    make_public_measure()
    client.force_login(make_user(role))
    response = client.get(reverse("measure_history", args=["BS-01"]))
    assert response.status_code == status
    assert "wiederherstellen" not in response.content.decode()


def test_a_value_is_taken_back_from_the_page_that_shows_it(client, officer) -> None:
    measure = make_measure("Alt")
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=None, by=officer)
    page = client.get(reverse("measure_history", args=["BS-01"]))
    (url,) = [line.restore_url for _, one in page.context["entries"] for line in one.lines if line.restore_url]
    form = client.get(url)
    assert (form.context["now"], form.context["then"]) == ("Neu", "Alt")
    assert Measure.objects.get().title == "Neu"
    client.post(url, {"version": form.context["form"]["version"].value()})
    assert Measure.objects.get().title == "Alt"


def test_a_promised_date_is_taken_back_with_a_reason_only(client, officer) -> None:
    measure = make_public_measure(state={"planned_end": date(2026, 12, 31)})
    report(NewState(measure_id=measure.pk, values={"planned_end": date(2027, 1, 30)}, reason="x"), by=officer)
    url = chronicle(measure, reader=officer, notes=True)[0].lines[0].restore_url
    version = Measure.objects.get().version
    assert list(client.post(url, {"version": version}).context["form"].errors) == ["reason"]
    client.post(url, {"version": version, "reason": "doch"})
    assert Measure.objects.get().planned_end == date(2026, 12, 31)


def test_a_milestones_earlier_date_is_taken_back(client, officer) -> None:
    measure = make_measure()
    milestone = make_milestone(measure, planned=date(2026, 12, 1))
    report(NewState(measure_id=measure.pk, milestones={milestone.pk: {"planned": date(2027, 2, 1)}}), by=officer)
    lines = [line for one in chronicle(measure, reader=officer, notes=True) for line in one.lines if line.restore_url]
    assert (lines[0].label, lines[0].before) == (
        "Meilenstein „Vertrag geschlossen“, geplant",
        "01.12.2026",
    )
    client.post(lines[0].restore_url, {"version": Milestone.objects.get().version})
    assert Milestone.objects.get().planned == date(2026, 12, 1)


def test_an_overtaken_restore_is_refused(client, officer) -> None:
    measure = make_measure("Alt")
    edit_measure(measure_id=measure.pk, values={"title": "Neu"}, expected_version=None, by=officer)
    (url,) = [
        line.restore_url
        for one in chronicle(measure, reader=officer, notes=True)
        for line in one.lines
        if line.restore_url
    ]
    response = client.post(url, {"version": 1})
    assert (response.status_code, Measure.objects.get().title) == (200, "Neu")
    assert "hat jemand anderes gespeichert" in response.content.decode()


def test_readers_restore_nothing(client) -> None:
    measure = make_measure("Alt")
    history_id = Measure.history.get(id=measure.pk).history_id
    client.force_login(make_user(Role.IT))
    url = reverse("measure_restore", args=["BS-01", history_id, "title"])
    assert (client.get(url).status_code, client.post(url, {"version": 1}).status_code) == (403, 403)


def links(measure: Measure, officer: User) -> list[str]:
    moments = chronicle(measure, reader=officer, notes=True)
    return [line.restore_url for one in moments for line in one.lines if line.restore_url]


def merger_into_what_is_gone(officer: User) -> tuple[Measure, str]:
    draft, measure = make_measure("Entwurf"), make_measure("Eine")
    report(NewState(measure_id=measure.pk, values={"phase": Phase.MERGED, "merged_into": draft}), by=officer)
    report(NewState(measure_id=measure.pk, values={"phase": Phase.PROPOSED}), by=officer)
    delete_draft(measure_id=draft.pk, by=officer)
    return measure, "phase"


def field_that_is_gone(officer: User) -> tuple[Measure, str]:
    gone, other = make_field(), make_field("SK", "Schule")
    measure = make_measure(field=gone)
    edit_measure(measure_id=measure.pk, values={"field": other}, expected_version=None, by=officer)
    gone.delete()
    return measure, "field"


def moved_on(officer: User, name: str, earlier: Any) -> Measure:
    measure = make_measure(**{name: earlier})
    value = make_field("SK", "Schule") if name == "field" else None
    edit_measure(measure_id=measure.pk, values={name: value}, expected_version=None, by=officer)
    return measure


def inactive_person(officer: User) -> tuple[Measure, str]:
    clerk = make_user()
    measure = moved_on(officer, "responsible", clerk)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    return measure, "responsible"


def dissolved_unit(officer: User) -> tuple[Measure, str]:
    unit = make_unit()
    measure = moved_on(officer, "lead_unit", unit)
    Unit.objects.filter(pk=unit.pk).update(dissolved_on=NOW.date())
    return measure, "lead_unit"


def withdrawn_field(officer: User) -> tuple[Measure, str]:
    field = make_field()
    measure = moved_on(officer, "field", field)
    field.withdrawn_on = NOW.date()
    field.save()
    return measure, "field"


@pytest.mark.parametrize(
    ("past", "sentence"),
    [
        (merger_into_what_is_gone, "Was damals eingetragen war, gibt es nicht mehr."),
        (field_that_is_gone, "Was damals eingetragen war, gibt es nicht mehr."),
        (inactive_person, "kann nicht für Maßnahmen eintreten."),
        (dissolved_unit, "„Bürgerservice“ ist aufgelöst."),
        (withdrawn_field, "„Bürgerservice“ wird nicht mehr benutzt."),
    ],
)
def test_what_is_gone_since_is_not_offered_and_refused_with_a_sentence(client, officer, past, sentence) -> None:
    measure, name = past(officer)
    history_ids = Measure.history.filter(id=measure.pk).order_by("history_id").values_list("history_id", flat=True)
    url = reverse("measure_restore", args=[measure.number, history_ids[len(history_ids) - 2], name])
    before = Measure.objects.get(pk=measure.pk)
    assert url not in links(measure, officer)
    for answer in (client.get(url, follow=True), client.post(url, {"version": before.version}, follow=True)):
        assert sentence in answer.content.decode()
    assert Measure.objects.get(pk=measure.pk).version == before.version
