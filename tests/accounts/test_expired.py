"""Whose login ends while a page is open is told so on that page."""

import pytest
from django.urls import reverse

from tests.builders import make_measure, make_user

pytestmark = pytest.mark.django_db


def test_a_part_of_a_page_says_that_the_login_ended_and_leaves_the_page_as_it_is(client) -> None:
    measure = make_measure(responsible=make_user())
    address = reverse("measure_report_step", args=[measure.number, "angaben"])
    answer = client.post(address, {"remarks": "Text"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reswap"]) == (200, "#messages", "innerHTML")
    assert "Ihre Anmeldung ist abgelaufen" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_a_whole_page_still_leads_to_the_login(client) -> None:
    assert client.get(reverse("desk")).url.startswith("/anmelden/?next=")
