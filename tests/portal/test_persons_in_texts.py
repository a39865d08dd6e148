"""Names, addresses and phone numbers are asked about before they are published."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.persons import KEPT, person_in
from council.forms import CancelForm, MeetingForm
from council.models import Committee, Meeting
from masterplan.changing import BulkAction
from masterplan.forms.attachments import AttachmentForm, LinkForm
from masterplan.forms.bulk import BulkForm
from masterplan.forms.cells import CellForm
from masterplan.forms.importing import TakeOverForm
from masterplan.forms.status import MilestoneForm, ReasonForm, StatusForm
from masterplan.models import Attachment, Measure, StatusUpdate
from masterplan.rules import Criteria, Verdict
from reporting.forms import CorrectionForm, ReportForm, ReturnForm
from reporting.models import Report
from strategy.forms import GoalForm, InForceForm
from tests.builders import NOW, TODAY, make_committee, make_meeting, make_officer, make_public_measure, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ""),
        ("Vergabe am 01.03.2027 verschoben, 1.250.000 Euro, Vorlage 2026/0123", ""),
        ("Rückfragen an erika.ott@winsen.example.", "erika.ott@winsen.example."),
        ("Bitte 04171 657-120 anrufen", "04171 657-120"),
        ("Seit Frau Dr. Ott krank ist", "Frau Dr. Ott"),
        ("erika ott ist krank", "Erika Ott"),
        ("Dora Digital ist gefragt", ""),
    ],
)
def test_what_names_a_person_is_found(text, found):
    make_user(name="Erika Ott")
    make_officer(name="Dora Digital")
    assert person_in(text) == found


def test_a_reason_with_a_name_is_saved_only_when_confirmed(client, officer):
    measure = make_public_measure()
    data = {"version": measure.version, "progress": 40, "reason": "Frau Ott ist krank"}
    address = reverse("measure_cell", args=[measure.number, "progress"])
    page = client.post(address, data).content.decode()
    before = StatusUpdate.objects.count()
    client.post(address, {**data, "persons_kept": "on"})
    assert ("Hier steht „Frau Ott“" in page, before) == (True, 0)
    assert Measure.objects.get(pk=measure.pk).progress == 40


def bulk_form(data):
    return BulkForm(data, action=BulkAction.HEALTH, measures=[make_public_measure()])


def correcting(data):
    form = GoalForm(data)
    form.correct()
    return form


def open_report():
    return Report(committee=Committee.objects.first() or make_committee(), year=2026, half=2)


def meeting():
    return Meeting.objects.first() or make_meeting(make_committee(), NOW)


def status_form(data):
    verdict, criteria = Verdict("ON_TRACK"), Criteria()
    return StatusForm(data, measure=make_public_measure(), derived=False, verdict=verdict, criteria=criteria)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda data: CellForm(data, measure=make_public_measure(), name="progress"), "reason"),
        (bulk_form, "reason"),
        (lambda data: TakeOverForm(data, plan=SimpleNamespace(needs_reason=True, new_fields=[]), stamp=""), "reason"),
        (lambda data: MilestoneForm(data, measure=make_public_measure()), "reason"),
        (status_form, "reason"),
        (status_form, "public_sentence"),
        (status_form, "health_reason"),
        (lambda data: ReasonForm(data, needed=True), "reason"),
        (correcting, "reason"),
        (lambda data: InForceForm(data, replaces=True, today=TODAY, initial={}), "reason"),
        (lambda data: LinkForm(data, may_publish=True), "title"),
        (lambda data: AttachmentForm(data, attachment=Attachment(public=True)), "title"),
        (lambda data: AttachmentForm(data, attachment=Attachment(public=True)), "reason"),
        (lambda data: ReportForm(data, report=open_report()), "assessment"),
        (lambda data: CorrectionForm(data, report=open_report()), "reason"),
        (lambda data: CorrectionForm(data, report=open_report()), "assessment"),
        (lambda data: ReturnForm(data, report=open_report()), "comment"),
        (lambda data: MeetingForm(data, instance=meeting()), "reason"),
        (CancelForm, "reason"),
    ],
)
def test_each_form_whose_text_is_published_or_kept_asks_once(make, name):
    data = {name: "Frau Ott ist krank"}
    asked, confirmed = make(data), make({**data, KEPT: "on"})
    assert [one.split(".")[0] for one in asked.errors.get(name, [])] == ["Hier steht „Frau Ott“"]
    assert KEPT in asked.fields
    assert name not in confirmed.errors


def test_a_text_that_stays_inside_is_not_said_to_be_published(db):
    form = ReturnForm({"comment": "Frau Ott ist krank"}, report=open_report())
    assert form.errors["comment"] == [
        "Hier steht „Frau Ott“. Der Text bleibt intern, wird aber für immer aufbewahrt: Nennen Sie Stellen statt "
        "Personen, oder bestätigen Sie unten „Trotzdem so aufbewahren“."
    ]
    assert form.fields[KEPT].label == "Trotzdem so aufbewahren"


def test_what_was_confirmed_before_the_preview_is_not_asked_again(client, officer):
    measure = make_public_measure(state={"planned_end": date(2027, 1, 31)})
    rows = f"{measure.pk}:{measure.version}"
    data = {"action": "bewertung", "value": "CRITICAL", "reason": "Frau Ott ist krank", "rows": rows}
    address = reverse("measures_bulk")
    client.post(address, {**data, "step": "apply"})
    before = Measure.objects.get().health
    shown = client.post(address, {**data, "step": "preview", KEPT: "on"})
    page = " ".join(shown.content.decode().split())
    hidden = f'<input type="hidden" name="{KEPT}" value="True"'
    client.post(address, {**data, "step": "apply", KEPT: "True"})
    assert (before, page.count(hidden), Measure.objects.get().health) == ("NOT_ASSESSED", 1, "CRITICAL")
