"""Two at the same report: what was sent is shown beside what is stored, and nothing is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from reporting.freezing import freeze
from reporting.models import Report
from tests.reporting.conftest import FROZEN_AT
from tests.reporting.stand_ins import make_files


def test_an_overtaken_form_shows_both_texts(world, officer):
    where = reverse("report_edit", args=[world.report.pk])
    officer.post(where, {"assessment": "Text der anderen", "version": 1})
    page = officer.post(where, {"assessment": "Mein Text", "version": 1})
    text = page.content.decode()
    assert (page.status_code, "Text der anderen" in text, ">\nMein Text</textarea>" in text) == (422, True, True)
    assert Report.objects.get().assessment == "Text der anderen"
    officer.post(where, {"assessment": "Mein Text", "version": 2})
    assert Report.objects.get().assessment == "Mein Text"


@pytest.mark.parametrize("version", ["abc", "", "9" * 40, "1.5", None])
@pytest.mark.parametrize("page", ["report_freeze", "report_release"])
def test_a_step_without_a_valid_version_counts_as_overtaken(world, officer, page, version):
    head = Client()
    head.force_login(world.head, backend="accounts.backends.RoleBackend")
    if page == "report_release":
        make_files(freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT))
    before = Report.objects.values_list("state", "version").get()
    sender = {"report_freeze": officer, "report_release": head}[page]
    sent = {} if version is None else {"version": version}
    answer = sender.post(reverse(page, args=[world.report.pk]), sent, follow=True)
    assert "Der Bericht hat sich geändert" in answer.content.decode()
    assert Report.objects.values_list("state", "version").get() == before


@pytest.mark.parametrize("version", ["abc", "", "9" * 40, None])
def test_a_text_sent_without_a_valid_version_is_shown_beside_the_stored_one(world, officer, version):
    where = reverse("report_edit", args=[world.report.pk])
    officer.post(where, {"assessment": "Gespeichert", "version": 1})
    page = officer.post(where, {"assessment": "Mein Text"} | ({} if version is None else {"version": version}))
    text = page.content.decode()
    assert (page.status_code, "Jetzt gespeichert" in text, "Mein Text" in text) == (422, True, True)
    assert Report.objects.get().assessment == "Gespeichert"


def test_the_stored_text_can_be_kept_instead_of_ones_own(world, officer):
    where = reverse("report_edit", args=[world.report.pk])
    officer.post(where, {"assessment": "Text der anderen", "version": 1})
    officer.post(where, {"assessment": "Mein Text", "version": 2, "take_assessment": "theirs"})
    assert Report.objects.get().assessment == "Text der anderen"


def test_an_overtaken_correction_shows_both_texts(world, officer, snapshot):
    where = reverse("report_correct", args=[world.report.pk])
    assert '<input type="hidden" name="version" value="2"' in " ".join(officer.get(where).content.decode().split())
    officer.post(where, {"reason": "Zahl", "assessment": "Text der anderen", "version": 2})
    page = officer.post(where, {"reason": "Zahl", "assessment": "Mein Text", "version": 2})
    text = page.content.decode()
    assert (page.status_code, "Text der anderen" in text, ">\nMein Text</textarea>" in text) == (422, True, True)
    assert Report.objects.get().assessment == "Text der anderen"
    officer.post(where, {"reason": "Zahl", "assessment": "Mein Text", "version": 3})
    assert Report.objects.get().assessment == "Mein Text"
