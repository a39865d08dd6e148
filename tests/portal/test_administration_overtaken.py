"""Two administrators with one form, and steps that ask back, under /verwaltung/."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import Function, Role
from accounts.models import Appointment, Unit, User
from tests.builders import appoint, make_unit, make_user

pytestmark = pytest.mark.django_db


def address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row):
    """What a browser sends of the untouched form."""
    form, sent = client.get(address(row)).context["adminform"].form, {}
    for bound in form:
        widget = bound.field.widget.get_context(bound.html_name, bound.value(), {})["widget"]
        for part in widget.get("subwidgets", [widget]):
            value = bound.value() if part is widget else part["value"]
            if value not in (None, "", False):
                sent[part["name"]] = "on" if value is True else value
    return sent


def form_after(response):
    return response.context["adminform"].form


def two_versions(both):
    return (both.who, [(one.label, one.base, one.theirs, one.mine) for one in both.differences])


def test_the_second_of_two_administrators_sees_both_versions_and_loses_nothing(client, administrator):
    unit = make_unit("Bürgeramt", email="amt@stadt.example")
    mine, theirs = opened(client, unit), opened(client, unit)
    client.post(address(unit), theirs | {"name": "Bürgerservice"})

    form = form_after(client.post(address(unit), mine | {"name": "Bürgerbüro", "email": "buero@stadt.example"}))

    assert two_versions(form.both) == (
        administrator.name,
        [
            ("Name", "Bürgeramt", "Bürgerservice", "Bürgerbüro"),
            ("Postfach", "amt@stadt.example", "amt@stadt.example", "buero@stadt.example"),
        ],
    )
    assert (form["email"].value(), Unit.objects.get().name) == ("buero@stadt.example", "Bürgerservice")


def test_the_form_that_is_sent_again_saves_what_was_chosen(client, administrator):
    unit = make_unit("Bürgeramt")
    mine = opened(client, unit)
    client.post(address(unit), mine | {"name": "Bürgerservice"})
    again = mine | {"name": "Bürgerbüro", "short_name": "BB"}
    again["began"] = form_after(client.post(address(unit), again))["began"].value()

    client.post(address(unit), again | {"take_name": "theirs", "take_short_name": "mine"})

    assert Unit.objects.values_list("name", "short_name").get() == ("Bürgerservice", "BB")


def test_a_form_that_is_alone_saves_at_once(client, administrator):
    unit = make_unit("Bürgeramt")

    assert client.post(address(unit), opened(client, unit) | {"name": "Bürgerservice"}).status_code == 302


def test_the_last_system_administrator_is_not_locked_out(client, administrator):
    sent = opened(client, administrator)
    del sent["is_active"]

    form = form_after(client.post(address(administrator), sent | {"confirmed": "on"}))

    assert form.non_field_errors() == [
        "Das ist das letzte aktive Konto der Systemverwaltung. Legen Sie zuerst ein zweites an."
    ]
    assert User.objects.get().is_active


def test_the_last_digital_officer_leaves_only_after_a_question(client, administrator):
    officer = make_user(Role.DIGITAL_OFFICER)
    for function in (Function.COUNCIL_OFFICE, Function.TREASURY, Function.DATA_PROTECTION):
        appoint(officer, function)
    sent = opened(client, officer)
    del sent["is_active"]

    form = form_after(client.post(address(officer), sent))
    still = User.objects.get(pk=officer.pk).is_active
    client.post(address(officer), sent | {"confirmed": "on"})

    assert form.doubts_raised == [
        "Danach gibt es keinen Digital Officer mehr. Niemand pflegt dann Strategie und Maßnahmen.",
        "Danach hat niemand mehr die Funktion Ratsbüro. Niemand trägt dann Gremien und Sitzungen ein.",
        "Danach hat niemand mehr die Funktion Kämmerei. Niemand führt dann die Zahlen des Haushalts.",
    ]
    assert (still, User.objects.get(pk=officer.pk).is_active) == (True, False)


def test_one_of_two_officers_leaves_without_a_question(client, administrator):
    officer = make_user(Role.DIGITAL_OFFICER)
    make_user(Role.DIGITAL_OFFICER)
    sent = opened(client, officer)
    del sent["is_active"]

    assert client.post(address(officer), sent).status_code == 302


NOBODY = ["Danach hat niemand mehr die Funktion Verwaltungsleitung. Niemand gibt dann Berichte frei."]


def test_an_end_that_is_past_asks_who_holds_the_function_today(client, administrator):
    today = timezone.localdate()
    held = appoint(make_user(), Function.ADMINISTRATION_HEAD)
    appoint(make_user(), Function.ADMINISTRATION_HEAD, until=today - timedelta(3))

    sent = opened(client, held) | {"until": (today - timedelta(7)).isoformat()}

    assert form_after(client.post(address(held), sent)).doubts_raised == NOBODY


def test_a_function_that_grants_nothing_ends_without_a_question(client, administrator):
    held = appoint(make_user(), Function.DATA_PROTECTION)
    until = timezone.localdate() + timedelta(7)

    client.post(address(held), opened(client, held) | {"until": until.isoformat()})

    assert Appointment.objects.get().until == until


@pytest.mark.parametrize(
    ("next_from", "asked"), [(None, NOBODY), (8, []), (9, NOBODY)], ids=["nobody", "next day", "a gap"]
)
def test_ending_an_appointment_asks_back_where_nobody_follows(client, administrator, next_from, asked):
    today = timezone.localdate()
    held = appoint(make_user(), Function.ADMINISTRATION_HEAD)
    if next_from:
        appoint(make_user(), Function.ADMINISTRATION_HEAD, since=today + timedelta(next_from))
    last_day = today + timedelta(7)

    response = client.post(address(held), opened(client, held) | {"until": last_day.isoformat()})

    assert (form_after(response).doubts_raised if response.context else []) == asked
    assert Appointment.objects.get(pk=held.pk).until == (None if asked else last_day)
