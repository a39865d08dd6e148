"""Names, addresses and phone numbers are asked about before they are published."""

import pytest
from django.urls import reverse

from masterplan.forms.persons import person_in
from masterplan.models import Measure, StatusUpdate
from tests.builders import make_officer, make_public_measure, make_user

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
