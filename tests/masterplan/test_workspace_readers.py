"""Who reads the pages of one measure, and what stays closed to them."""

import pytest
from django.urls import reverse

from accounts.access import Role
from masterplan.models import Measure, Visibility
from masterplan.updating import NewState, report
from tests.builders import (
    make_measure,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db


PAGES = [
    ("measure_edit", ()),
    ("measure_status", ()),
    ("measure_milestones", ()),
    ("measure_visibility", ()),
    ("measure_delete", ()),
    ("measure_history", ()),
]


def save(client, name: str, *args, **data):
    return client.post(reverse(name, args=args), data)


@pytest.mark.parametrize("role", [Role.IT, Role.ADMINISTRATION])
def test_readers_read_the_measure_and_change_nothing(client, role) -> None:
    make_measure(internal_notes="nur für Eingeweihte")
    client.force_login(make_user(role))
    page = client.get(reverse("measure_edit", args=["BS-01"])).content.decode()
    assert ("Termine online buchen" in page, "<textarea" in page, "Eingeweihte" in page) == (
        True,
        False,
        role == Role.IT,
    )
    assert [save(client, name, "BS-01").status_code for name, _ in PAGES if name != "measure_history"] == [403] * 5


def test_whose_measure_it_is_reads_its_notes(client) -> None:
    clerk = make_user()
    make_measure(internal_notes="nur für Eingeweihte", responsible=clerk)
    client.force_login(clerk)
    assert "Eingeweihte" in client.get(reverse("measure_edit", args=["BS-01"])).content.decode()


@pytest.mark.parametrize("name", [name for name, _ in PAGES])
def test_a_confidential_measure_does_not_exist_for_readers(client, name) -> None:
    make_measure(visibility=Visibility.CONFIDENTIAL)
    client.force_login(make_user(Role.IT))
    assert (client.get(reverse(name, args=["BS-01"])).status_code, save(client, name, "BS-01").status_code) == (
        404,
        404,
    )


@pytest.mark.parametrize(
    ("visibility", "named"), [(Visibility.INTERNAL, [True, False, True]), (Visibility.CONFIDENTIAL, [False] * 3)]
)
def test_what_a_measure_was_merged_into_is_named_only_to_who_may_see_it(client, visibility, named) -> None:
    measure, target = make_measure("Alt"), make_measure("Verborgenes Ziel", visibility=visibility)
    report(NewState(measure_id=measure.pk, values={"phase": "MERGED", "merged_into": target}), by=make_officer())
    client.force_login(make_user(Role.IT))
    addresses = [reverse("measure_edit", args=["BS-01"]), reverse("measure_history", args=["BS-01"]), reverse("desk")]
    pages = [client.get(address).content.decode() for address in addresses]
    assert (["Verborgenes Ziel" in page for page in pages], "BS-02" in pages[1]) == (named, named[0])


def test_opening_a_confidential_measure_takes_a_reason(client, officer) -> None:
    measure = make_measure(visibility=Visibility.CONFIDENTIAL)
    data = {"version": measure.version, "visibility": "INTERNAL"}
    assert list(save(client, "measure_visibility", "BS-01", **data).context["form"].errors) == ["reason"]
    save(client, "measure_visibility", "BS-01", **data, reason="Grundstück gekauft")
    assert Measure.objects.get().visibility == Visibility.INTERNAL
