"""Who changed what, when and why; and the way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from masterplan.chronicle import chronicle
from masterplan.models import Measure, Milestone
from masterplan.planning import edit_measure
from masterplan.updating import NewState, report
from tests.builders import (
    NOW,
    make_goal,
    make_measure,
    make_milestone,
    make_officer,
    make_public_measure,
    make_strategy,
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
