"""What may be deleted under /verwaltung/, and what the journal keeps of it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import Role
from accounts.models import Absence
from council.models import LegislativeTerm, Membership
from ground.journal import Entry, record
from ground.models import Event
from tests.builders import make_committee, make_user

pytestmark = pytest.mark.django_db


def membership(day):
    return Membership.objects.create(committee=make_committee(), user=make_user(Role.COUNCIL), start_date=day)


def term_from(day):
    return LegislativeTerm.objects.create(name="Eine", start_date=day, end_date=day + timedelta(days=1000))


IN_FORCE = {
    "accounts_absence": lambda day: Absence.objects.create(user=make_user(), first_day=day, last_day=day),
    "council_membership": membership,
    "council_committee": lambda day: make_committee(term_from(day)),
    "council_legislativeterm": term_from,
}


@pytest.mark.parametrize("model", IN_FORCE)
def test_what_has_been_in_force_is_not_deleted_and_what_lies_ahead_is(client, administrator, model):
    today = timezone.localdate()
    answers = []
    for offset in (-30, 0, 30):
        with transaction.atomic():
            row = IN_FORCE[model](today + timedelta(days=offset))
            url = reverse(f"admin:{model}_delete", args=[row.pk])
            answers.append(client.post(url, {"post": "yes"}).status_code)
            transaction.set_rollback(True)

    assert answers == [403, 403, 302]


@pytest.mark.parametrize("entered_days_ago", [0, 1])
def test_a_mistake_is_deleted_on_the_day_of_its_entry(client, administrator, entered_days_ago):
    row = membership(timezone.localdate() - timedelta(days=30))
    entry = Entry(subject=row, kind="membership.added", title="Mitgliedschaft eingetragen")
    record(entry, by=None, at=timezone.now() - timedelta(days=entered_days_ago))

    answer = client.post(reverse("admin:council_membership_delete", args=[row.pk]), {"post": "yes"})

    assert answer.status_code == (302 if entered_days_ago == 0 else 403)


@pytest.mark.parametrize("model", ["accounts_absence", "council_membership"])
def test_the_journal_keeps_no_name_of_a_person(client, administrator, model):
    row = IN_FORCE[model](timezone.localdate() + timedelta(days=5))
    person = row.user

    client.post(reverse(f"admin:{model}_delete", args=[row.pk]), {"post": "yes"})

    told = Event.objects.get(kind__endswith=".deleted").after
    assert (f"Konto {person.pk}" in told, person.name in told) == (True, False)
    assert not LogEntry.objects.exists()
