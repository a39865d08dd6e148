"""The pages under /verwaltung/: who gets in, what is refused, what each change leaves behind."""

import re

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.access import ADMINISTERED, Function, Role
from accounts.models import Appointment, User
from accounts.vacancies import vacant
from council.models import Meeting, Membership
from ground.models import Event, PublicVersion
from portal.models import PageKey, PageText
from tests.builders import NOW, TODAY, make_committee, make_meeting, make_town, make_unit, make_user
from tests.portal.admin_forms import save

pytestmark = pytest.mark.django_db

REGISTERED = sorted(f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry)
KEPT = sorted(label.replace(".", "_") for label in ADMINISTERED)
OWN_PAGES = ["admin:index", "admin:password_change", "admin:jsi18n"]


def everything():
    return [f"admin:{model}_{page}" for model in REGISTERED for page in ("changelist", "add")] + OWN_PAGES


def newest(subject):
    event = Event.objects.about(subject).first()
    return (event.kind, event.title, event.after, event.author, event.public)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_no_other_role_gets_in(client, role):
    client.force_login(make_user(role))

    assert {name: client.get(reverse(name)).status_code for name in everything()} == dict.fromkeys(everything(), 403)


def test_a_visitor_is_sent_to_the_one_login(client):
    answers = {name: client.get(reverse(name)) for name in everything()}

    assert {name: answer["Location"] for name, answer in answers.items()} == {
        name: f"/anmelden/?next={reverse(name)}" for name in everything()
    }
    assert client.get("/verwaltung/login/?next=https://fremd.example/")["Location"] == "/anmelden/?next=/verwaltung/"


def test_the_administrator_keeps_settings_and_nothing_else(client, administrator):
    answers = {name: client.get(reverse(f"admin:{name}_changelist"), follow=True) for name in REGISTERED}

    assert [name for name, answer in answers.items() if answer.status_code == 200] == KEPT


def test_a_new_portal_says_what_to_enter_first(client, administrator):
    steps = [step.title for step in client.get("/verwaltung/").context["steps"]]
    make_town()
    make_unit()

    assert steps[:2] == ["Stadt", "Organisationseinheiten"]
    assert [step.title for step in client.get("/verwaltung/").context["steps"]] == steps[2:]


def test_a_change_is_journalled_with_its_author_and_reaches_the_public(client, administrator):
    unit, version = make_unit("Bürgeramt", email="amt@stadt.example"), PublicVersion.current().number

    errors = save(client, "accounts_unit", unit.pk, name="Bürgerservice", kind="DEPARTMENT", email="amt@stadt.example")

    assert (errors, newest(unit)) == (
        [],
        ("unit.changed", "Organisationseinheit geändert", "Name", administrator, False),
    )
    assert PublicVersion.current().number == version + 1


def test_saving_without_a_change_leaves_no_trace(client, administrator):
    unit, version = make_unit("Bürgeramt"), PublicVersion.current().number

    save(client, "accounts_unit", unit.pk, name="Bürgeramt", kind="DEPARTMENT")

    assert (Event.objects.count(), PublicVersion.current().number) == (0, version)


def test_what_the_public_does_not_see_leaves_its_version(client, administrator):
    version, person = PublicVersion.current().number, make_user()

    save(client, "accounts_absence", user=person.pk, first_day="2026-11-01", last_day="2026-11-05")

    assert (Event.objects.get().kind, PublicVersion.current().number) == ("absence.added", version)


def test_a_pages_text_shows_how_it_will_look_without_anyones_script(client, administrator):
    page = PageText.objects.create(key=PageKey.IMPRINT, title="Impressum", text="**wichtig** <script>x</script>")

    shown = client.get(reverse("admin:portal_pagetext_change", args=[page.pk])).content.decode()

    assert '<div class="preview"><p><strong>wichtig</strong>' in shown
    assert "<script>x" not in shown


def test_the_history_of_a_row_tells_who_changed_what(client, administrator):
    unit = make_unit("Bürgeramt")
    save(client, "accounts_unit", unit.pk, name="Bürgerservice", kind="DEPARTMENT")

    page = client.get(reverse("admin:accounts_unit_history", args=[unit.pk])).content.decode()

    assert re.findall(r'<td data-label="(\w+)">(.*?)</td>', page)[:2] == [
        ("Ereignis", "Organisationseinheit geändert"),
        ("Was", "Name"),
    ]


def test_the_first_account_is_a_system_administrator(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "ein-langes-passwort")

    call_command("createsuperuser", email="erste@stadt.example", name="Erste Person", interactive=False, verbosity=0)

    first = User.objects.get()
    assert (first.email, first.name, first.role) == ("erste@stadt.example", "Erste Person", Role.SYSTEM_ADMINISTRATOR)


def test_the_administrator_neither_moves_nor_cancels_a_meeting(client, administrator):
    meeting = make_meeting(make_committee(), NOW)
    sent = {"start_0": "2026-12-09", "start_1": "18:00", "cancelled": "on", "cancelled_because": "x"}

    errors = save(client, "council_meeting", meeting.pk, **sent, location="Aula")

    now = Meeting.objects.values_list("start", "cancelled", "cancelled_because", "location").get()
    assert (errors, now) == ([], (NOW, False, "", "Aula"))


def test_the_administrator_gives_no_seat_to_another(client, administrator):
    seat = Membership.objects.create(committee=make_committee(), user=make_user(Role.COUNCIL), start_date=TODAY)
    kept = seat.user

    errors = save(
        client, "council_membership", seat.pk, user=make_user(Role.COUNCIL).pk, role="CHAIR", start_date=TODAY
    )

    seat.refresh_from_db()
    assert (errors, seat.user, seat.role) == ([], kept, "CHAIR")


def test_the_administrator_reads_which_function_nobody_holds_or_soon_will(client, administrator):
    today = timezone.localdate()
    for function, until in ((Function.ADMINISTRATION_HEAD, None), (Function.COUNCIL_OFFICE, today)):
        Appointment.objects.create(function=function, user=make_user(last_login=NOW), since=TODAY, until=until)
    assert vacant(today=today) == [
        (
            Function.COUNCIL_OFFICE,
            f"Endet am {today:%d.%m.%Y}. Danach trägt niemand Gremien und Sitzungen ein.",
        ),
        (
            Function.TREASURY,
            "Niemand hat diese Funktion, darum führt niemand die Zahlen des Haushalts.",
        ),
        (
            Function.DEPUTY_DIGITAL_OFFICER,
            "Niemand hat diese Funktion, darum vertritt niemand den Digital Officer.",
        ),
    ]
    assert [one.title for one in client.get("/verwaltung/").context["due"]][:3] == [
        "Ratsbüro",
        "Kämmerei",
        "Stellvertretung Digital Officer",
    ]
