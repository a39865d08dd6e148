"""A clerk says how the own measure stands, and the Digital Officer decides on it, page by page."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.access import Role
from masterplan.drafting import save_draft, submit
from masterplan.models import Measure, StatusUpdate
from masterplan.new_state import NewState
from masterplan.updating import report
from tests.builders import NOW, make_measure, make_milestone, make_officer, make_public_measure, make_user

pytestmark = pytest.mark.django_db

END, LATER = date(2027, 3, 31), date(2027, 6, 30)
NONE = 0


@pytest.fixture
def clerk(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def measure(clerk):
    return make_public_measure(state={"phase": "IN_PROGRESS", "planned_end": END}, responsible=clerk)


def at(step: str = "") -> str:
    if not step:
        return reverse("measure_report", args=["BS-01"])
    return reverse("measure_report_step", args=["BS-01", step])


def sent(form, **changed) -> dict:
    """What a browser would send of the form, changed."""
    values = {field.name: field.value() for field in form if field.value() not in (None, "")}
    return {**values, **changed}


def write(client, **changed):
    form = client.get(at("angaben")).context["form"]
    return client.post(at("angaben"), sent(form, **{"then": "check", **changed}))


def moved(measure: Measure, **said) -> NewState:
    return NewState(measure_id=measure.pk, values={"planned_end": LATER}, **{"reason": "Vergabe", **said})


def test_unchanged_is_one_click_from_the_first_page(client, measure, clerk) -> None:
    page = client.get(at())
    assert page.content.decode().count("Unverändert melden") == 1
    assert client.post(at("unveraendert")).url == at()
    update = StatusUpdate.objects.submitted().get()
    assert (update.values, update.author, update.via_link) == ({}, clerk, False)


def test_opening_any_page_writes_nothing(client, measure) -> None:
    for step in ("", "angaben", "pruefen", "unveraendert", "verwerfen"):
        client.get(at(step))
    assert not StatusUpdate.objects.open().exists()


def test_a_change_goes_from_the_questions_over_the_overview_to_the_review(client, measure) -> None:
    answer = write(client, planned_end=LATER.isoformat(), reason="Vergabe", public_sentence="Dauert länger.")
    assert answer.url == at("pruefen")
    overview = client.get(at("pruefen"))
    assert [(line.label, line.before, line.after) for line in overview.context["lines"] if line.changed] == [
        ("Geplantes Ende", "31.03.2027", "30.06.2027"),
        ("Status", "im Plan", "kritisch"),
        ("Öffentlicher Satz", "–", "Dauert länger."),
        ("Grund", "–", "Vergabe"),
    ]
    client.post(at("pruefen"), {"seen": overview.context["update"].version})
    assert StatusUpdate.objects.submitted().get().public_sentence == "Dauert länger."
    assert Measure.objects.get().planned_end == END


@pytest.mark.parametrize(
    ("changed", "values"),
    [
        ({"course": "CRITICAL", "reason": "Insolvenz"}, {"health": "CRITICAL", "health_reason": "Insolvenz"}),
        (
            {"course": "DONE", "finished_on": "2026-11-20", "reason": "Fertig"},
            {"phase": "COMPLETED", "actual_end": "2026-11-20"},
        ),
        ({"phase": "PLANNED", "reason": "Zurück"}, {"phase": "PLANNED"}),
        ({"progress": "40", "reason": "Weiter"}, {"progress": 40}),
    ],
)
def test_an_answer_becomes_the_values_of_the_measure(client, measure, changed: dict, values: dict) -> None:
    write(client, then="keep", **changed)
    assert StatusUpdate.objects.open().get().values == values


def test_a_milestone_is_reached_and_another_moved(client, clerk) -> None:
    measure = make_measure(responsible=clerk, state={"planned_end": END})
    one, other = make_milestone(measure, "Eins", planned=END), make_milestone(measure, "Zwei")
    write(client, **{f"reached_{one.pk}": "2026-11-20", f"moved_{other.pk}": "2027-02-01"})
    assert StatusUpdate.objects.open().get().values == {
        "milestones": {str(one.pk): {"reached_on": "2026-11-20"}, str(other.pk): {"planned": "2027-02-01"}}
    }


def test_a_decision_is_asked_for_with_its_ways(client, measure) -> None:
    write(client, decision="Mehr Geld?", way_1="Ja", way_1_amount="1.200,50", way_1_days="-5", recommended="1")
    assert StatusUpdate.objects.open().get().options == [
        {"text": "Ja", "days": -5, "amount": "1200.50", "recommended": True}
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"planned_end": "2020-01-01", "reason": "x"}, "planned_end"),
        ({"planned_end": LATER.isoformat()}, "reason"),
        ({"planned_end": "31.02.2027"}, "planned_end"),
        ({"course": "CRITICAL"}, "reason"),
        ({"course": "DONE"}, "finished_on"),
        ({"reason": "Frau Ott ist krank"}, "reason"),
        ({"way_1": "Ja"}, "decision"),
        ({"way_2_days": "5", "decision": "Was?"}, "way_2"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_the_rest_is_kept(
    client, measure, changed: dict, field: str
) -> None:
    answer = write(client, remarks="Bleibt stehen", **changed)
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["remarks"].value() == "Bleibt stehen"
    assert StatusUpdate.objects.open().get().remarks == "Bleibt stehen"
    again = sent(answer.context["form"], then="keep", remarks="Geht weiter")
    client.post(at("angaben"), again)
    assert StatusUpdate.objects.open().get().remarks == "Geht weiter"


def test_who_was_overtaken_sees_both_and_loses_nothing(client, measure, clerk) -> None:
    mine = sent(client.get(at("angaben")).context["form"], then="check", reason="Meiner", remarks="Mein Text")
    save_draft(state=moved(measure, reason="Ihrer"), seen=None, by=clerk, now=NOW)
    answer = client.post(at("angaben"), mine)
    assert {(one.label, one.theirs, one.mine) for one in answer.context["both"].differences} == {
        ("Woran liegt es?", "Ihrer", "Meiner"),
        ("Nur für den Digital Officer", "–", "Mein Text"),
        ("Neues Ende", "30.06.2027", "31.03.2027"),
    }
    again = sent(answer.context["form"], then="keep", take_planned_end="theirs", take_reason="mine")
    client.post(at("angaben"), again)
    update = StatusUpdate.objects.open().get()
    assert (update.reason, update.remarks, update.values["planned_end"]) == ("Meiner", "Mein Text", "2027-06-30")


def test_the_page_keeps_a_draft_by_itself(client, measure) -> None:
    form = client.get(at("angaben")).context["form"]
    answer = client.post(at("angaben"), sent(form, then="keep", remarks="halb fert"), headers={"HX-Request": "true"})
    assert "Entwurf gesichert um" in answer.content.decode()
    assert 'name="seen" value="1"' in answer.content.decode()
    assert StatusUpdate.objects.open().get().remarks == "halb fert"


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_draft_that_holds_only_the_beginning_of_a_text_says_so_and_the_page_keeps_the_rest(
    client, measure, by_itself
) -> None:
    form = client.get(at("angaben")).context["form"]
    headers = {"HX-Request": "true"} if by_itself else {}
    data = sent(form, then="keep", public_sentence="x" * 900 + "Ende")
    answer = client.post(at("angaben"), data, headers=headers)
    page = answer.content.decode()
    assert ("hält nur den Anfang" in page, "Sie können die Seite schließen" in page) == (True, False)
    assert by_itself or "xEnde" in page


def test_what_was_given_back_is_written_on(client, measure, clerk) -> None:
    update = submit(state=moved(measure, remarks="Text"), seen=None, by=clerk, now=NOW)
    client.force_login(make_officer())
    client.post(reverse("update_return", args=[update.pk]), {"seen": update.version, "comment": "Welche Vergabe?"})
    client.force_login(clerk)
    assert "Welche Vergabe?" in client.get(at()).content.decode()
    form = client.get(at("angaben")).context["form"]
    assert (form["remarks"].value(), form["planned_end"].value(), form["seen"].value()) == ("Text", LATER, NONE)


def test_a_draft_is_thrown_away_only_as_it_was_seen(client, measure, clerk) -> None:
    draft = save_draft(state=moved(measure), seen=None, by=clerk, now=NOW)
    client.post(at("verwerfen"), {"seen": draft.version + 1})
    assert StatusUpdate.objects.open().exists()
    client.post(at("verwerfen"), {"seen": draft.version})
    assert not StatusUpdate.objects.open().exists()


def test_a_measure_that_became_part_of_another_says_so(client, measure) -> None:
    merged = {"phase": "MERGED", "merged_into": make_measure("Ziel")}
    report(NewState(measure_id=measure.pk, values=merged, reason="Doppelt"), by=None, now=NOW)
    assert "ist in einer anderen aufgegangen" in client.get(at()).content.decode()
    client.post(at("unveraendert"))
    assert not StatusUpdate.objects.open().exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATION, Role.IT])
def test_a_measure_of_others_is_not_reported_on(client, measure, role) -> None:
    client.force_login(make_user(role))
    assert [client.get(at(step)).status_code for step in ("", "angaben", "pruefen")] == [404] * 3


def test_what_was_sent_is_not_taken_back_by_looking_at_it_and_its_page_says_so(client, measure, clerk) -> None:
    submit(state=moved(measure), seen=None, by=clerk, now=NOW)
    page = client.get(at("angaben")).content.decode()
    assert ("schon abgeschickt" in page, "data-hx-post" in page) == (True, False)
    assert StatusUpdate.objects.submitted().exists()


def test_the_same_words_kept_twice_are_no_conflict(client, measure) -> None:
    """As where the page keeps a draft in the moment in which one goes on."""
    form = sent(client.get(at("angaben")).context["form"], remarks="Text")
    client.post(at("angaben"), {**form, "then": "keep"})
    assert client.post(at("angaben"), {**form, "then": "check"}).url == at("pruefen")
