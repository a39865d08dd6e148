"""What the settings under /verwaltung/ accept and refuse."""

from datetime import date
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.access import Function, Role
from accounts.models import Appointment, Unit, User
from council.models import Committee, CommitteeKind
from ground.models import Event, Town
from masterplan.planning import edit_measure
from strategy.models import FieldOfAction
from tests.builders import (
    appoint,
    make_committee,
    make_field,
    make_measure,
    make_public_measure,
    make_term,
    make_town,
    make_unit,
    make_user,
)
from tests.portal.admin_forms import save

pytestmark = pytest.mark.django_db


def test_a_unit_does_not_belong_to_its_own_part(client, administrator):
    above = make_unit("Dezernat")
    below = make_unit("Amt", parent=above)

    errors = save(client, "accounts_unit", above.pk, name="Dezernat", kind="DEPARTMENT", parent=below.pk)

    assert errors == ["Eine Einheit kann nicht zu einer ihrer Untereinheiten gehören."]
    assert Unit.objects.get(pk=above.pk).parent is None


def test_a_unit_with_parts_is_not_dissolved(client, administrator):
    above = make_unit("Dezernat")
    make_unit("Amt", parent=above)

    errors = save(client, "accounts_unit", above.pk, name="Dezernat", kind="DEPARTMENT", dissolved_on="2026-11-01")

    assert errors == ["Zu dieser Einheit gehören noch andere. Ordnen Sie diese zuerst anders zu."]


def test_a_new_person_gets_a_link_and_no_password(client, administrator):
    errors = save(
        client,
        "accounts_user",
        name="Leitung Bauen",
        email="Bauen@stadt.example",
        role=Role.ADMINISTRATION,
        is_active="on",
        invite="on",
    )
    person = User.objects.get(email="bauen@stadt.example")

    assert (errors, person.has_usable_password()) == ([], False)
    assert [message.to for message in mail.outbox] == [["bauen@stadt.example"]]
    link = next(word for word in mail.outbox[0].body.split() if "/anmelden/passwort/" in word)
    assert client.get(link.split("testserver")[1], follow=True).status_code == 200


def test_one_address_is_one_account(client, administrator):
    make_user(email="bauen@stadt.example")

    errors = save(client, "accounts_user", name="Zweites", email="BAUEN@stadt.example", role=Role.IT, is_active="on")

    assert errors == ["Es gibt schon ein Konto mit dieser E-Mail-Adresse."]


@pytest.mark.parametrize("change", [{"role": Role.IT, "is_active": "on"}, {"role": Role.SYSTEM_ADMINISTRATOR}])
def test_the_last_administrator_stays(client, administrator, change):
    errors = save(client, "accounts_user", administrator.pk, name="S", email=administrator.email, **change)

    assert errors == ["Das ist das letzte aktive Konto der Systemverwaltung. Legen Sie zuerst ein zweites an."]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"name": "Neuer Name"}, "user.changed"),
        ({"role": Role.IT}, "user.access_changed"),
        ({"is_active": ""}, "user.access_changed"),
    ],
)
def test_a_change_of_what_an_account_may_do_is_an_event_of_its_own_kind(client, administrator, change, kind):
    person = make_user()
    sent = {"name": person.name, "email": person.email, "role": person.role, "is_active": "on"}

    errors = save(client, "accounts_user", person.pk, **{**sent, **change})

    assert (errors, [event.kind for event in Event.objects.about(person)]) == ([], [kind])


@pytest.mark.parametrize("name", ["accounts_user", "accounts_unit", "accounts_appointment"])
def test_people_units_and_functions_are_never_deleted(client, administrator, name):
    rows = {
        "accounts_user": lambda: make_user(),
        "accounts_unit": lambda: make_unit(),
        "accounts_appointment": lambda: appoint(make_user(), Function.TREASURY),
    }

    assert client.post(reverse(f"admin:{name}_delete", args=[rows[name]().pk]), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.SYSTEM_ADMINISTRATOR])
def test_a_function_is_held_by_the_administration_only(client, administrator, role):
    person = make_user(role)

    errors = save(
        client, "accounts_appointment", function=Function.ADMINISTRATION_HEAD, user=person.pk, since="2026-11-01"
    )

    assert errors == ["Das steht nicht mehr zur Auswahl. Bitte wählen Sie etwas aus der Liste."]
    assert Appointment.objects.count() == 0


def test_two_holders_of_one_function_are_a_warning(client, administrator):
    appoint(make_user(name="Eine"), Function.ADMINISTRATION_HEAD)
    other = make_user(name="Andere")

    save(client, "accounts_appointment", function=Function.ADMINISTRATION_HEAD, user=other.pk, since="2026-11-01")

    assert Appointment.objects.count() == 2
    page = client.get("/verwaltung/").content.decode()
    assert "Eine hat diese Funktion zur selben Zeit und nicht i. V. Prüfen Sie, ob das so gemeint ist." in page


def test_one_committee_of_a_term_receives_the_reports(client, administrator):
    term = make_term()
    make_committee(term)

    errors = save(
        client,
        "council_committee",
        name="Rat",
        short_name="Rat",
        kind=CommitteeKind.COUNCIL,
        term=term.pk,
        receives_reports="on",
    )

    assert errors == [
        "In dieser Wahlperiode erhält schon ein anderes Gremium den Statusbericht. "
        "Nehmen Sie dort zuerst den Haken heraus."
    ]
    assert Committee.objects.count() == 1


def test_terms_do_not_overlap(client, administrator):
    make_term("2026–2031", date(2026, 11, 1), date(2031, 10, 31))

    errors = save(client, "council_legislativeterm", name="2031–2036", start_date="2031-10-31", end_date="2036-10-31")

    assert errors == ["Die Tage überschneiden sich mit der Wahlperiode 2026–2031."]


def test_a_meeting_lies_in_the_term_of_its_committee(client, administrator):
    committee = make_committee(make_term())

    errors = save(client, "council_meeting", committee=committee.pk, start_0="2026-10-31", start_1="18:00")

    assert errors == ["Der Tag liegt nicht in der Wahlperiode 2026–2031, in der dieses Gremium besteht."]


def test_papers_are_due_before_the_meeting(client, administrator):
    committee = make_committee(make_term())

    errors = save(
        client,
        "council_meeting",
        committee=committee.pk,
        start_0="2026-12-01",
        start_1="18:00",
        papers_due="2026-12-02",
    )

    assert errors == ["Der Vorlagenschluss liegt nach der Sitzung."]


def test_a_fields_code_stays_as_it_was_given(client, administrator):
    field = make_field("BS", "Bürgerservice")

    save(client, "strategy_fieldofaction", field.pk, code="XX", title="Service", position="1")

    field.refresh_from_db()
    assert (field.code, field.title, field.slug, field.version) == ("BS", "Service", "buergerservice", 2)
    assert field.history.first().history_user == administrator


def test_a_new_field_gets_its_address_from_its_title(client, administrator):
    save(client, "strategy_fieldofaction", code="WI", title="Wirtschaft & Märkte", position="1")

    assert FieldOfAction.objects.get().slug == "wirtschaft-maerkte"


def test_a_field_that_never_had_a_measure_is_deleted_and_any_other_stays_with_its_code(client, administrator):
    kept, used, left, emptied, unused = (
        make_field(code, title)
        for code, title in (("AA", "Eins"), ("BB", "Zwei"), ("CC", "Drei"), ("DD", "Vier"), ("EE", "Fünf"))
    )
    make_measure(field=used)
    numbered = make_public_measure(field=left)
    edit_measure(measure_id=numbered.pk, values={"field": emptied}, expected_version=None, by=None)
    edit_measure(measure_id=numbered.pk, values={"field": kept}, expected_version=None, by=None)

    answers = [
        client.post(reverse("admin:strategy_fieldofaction_delete", args=[field.pk]), {"post": "yes"}).status_code
        for field in (used, left, emptied, unused)
    ]

    assert (numbered.number, answers) == ("CC-01", [403, 403, 403, 302])
    assert list(FieldOfAction.objects.order_by("code")) == [kept, used, left, emptied]


def upload(kind="PNG"):
    target = BytesIO()
    Image.new("RGB", (20, 24), "#14466e").save(target, kind)
    return SimpleUploadedFile("wappen.svg", target.getvalue(), content_type="text/html")


def test_the_town_gets_its_arms_and_loses_them(client, administrator):
    town = {"name": "Stadt Aue", "portal_name": "Aue Digital"}

    errors = save(client, "ground_town", **town, picture=upload("JPEG"))
    served = client.get("/wappen.png")
    save(client, "ground_town", 1, **town, without_arms="on")

    assert (errors, served["Content-Type"], Town.objects.get().arms) == ([], "image/png", None)


def test_arms_that_are_no_picture_are_refused_and_nothing_is_saved(client, administrator):
    make_town()
    script = SimpleUploadedFile("wappen.png", b"<svg onload=alert(1)>", content_type="image/png")

    errors = save(client, "ground_town", 1, name="Andere", portal_name="Andere", picture=script)

    assert (errors, Town.objects.get().name) == (["Die Datei ist kein lesbares PNG- oder JPEG-Bild."], "Stadt Beispiel")


def test_there_is_one_town(client, administrator):
    make_town()

    assert client.get("/verwaltung/ground/town/add/").status_code == 403
    assert client.get("/verwaltung/ground/town/")["Location"] == "/verwaltung/ground/town/1/change/"
