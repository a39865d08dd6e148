"""Whose measure it is by name, beside responsible and deputy: given, shown and taken back by the Digital Officer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import Role
from accounts.models import User
from ground.models import Event
from masterplan.chronicle import chronicle
from masterplan.granting import CannotAnswer, allow_reporting, end_reporting
from masterplan.models import Measure, Visibility
from masterplan.profile import notes_shown
from portal.desk import latest
from tests.builders import NOW, TODAY, make_measure, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def journal(measure):
    rows = Event.objects.about(measure).filter(kind__startswith="measure.report_").order_by("pk")
    return [(event.title, event.before, event.after, event.author) for event in rows]


def sees(clerk, measure):
    """The measure, and its notes."""
    return Measure.objects.visible_to(clerk).filter(pk=measure.pk).exists(), notes_shown(measure, clerk)


def test_a_person_outside_the_unit_sees_the_measure_and_its_notes_from_the_grant_to_its_end() -> None:
    officer, clerk = make_officer(), make_user(unit=make_unit("Stadtbücherei"), name="Erika Muster")
    measure = make_measure(visibility=Visibility.CONFIDENTIAL)
    seen = [sees(clerk, measure)]

    allow_reporting(measure_id=measure.pk, user=clerk, by=officer, now=NOW)
    seen.append(sees(clerk, measure))
    end_reporting(measure_id=measure.pk, user=clerk, by=officer)
    seen.append(sees(clerk, measure))

    assert seen == [(False, False), (True, True), (False, False)]
    assert journal(measure) == [
        ("Meldeberechtigung gegeben", "", str(clerk.pk), officer),
        ("Meldeberechtigung entzogen", str(clerk.pk), "", officer),
    ]


def test_who_reads_of_a_grant_reads_the_name_that_the_person_has_now() -> None:
    officer, clerk, measure = make_officer(), make_user(name="Erika Muster"), make_measure()
    allow_reporting(measure_id=measure.pk, user=clerk, by=officer, now=NOW + timedelta(hours=1))
    User.objects.filter(pk=clerk.pk).update(name="Ehemalige Beschäftigte")

    (line,) = [line for moment in chronicle(measure, reader=officer, notes=False) for line in moment.lines][:1]
    news = latest(Measure.objects.all(), clerk, TODAY)

    assert [(line.label, line.after), (news[0].what, news[0].after)] == [
        ("Meldeberechtigung gegeben", "Ehemalige Beschäftigte")
    ] * 2


def test_giving_and_taking_twice_leave_one_trace_each() -> None:
    officer, clerk, measure = make_officer(), make_user(), make_measure()
    given = [allow_reporting(measure_id=measure.pk, user=clerk, by=officer) for _ in range(2)]
    taken = [end_reporting(measure_id=measure.pk, user=clerk, by=officer) for _ in range(2)]
    assert (given, taken, len(journal(measure))) == ([True, False], [True, False], 2)


def test_the_responsible_needs_no_grant() -> None:
    clerk = make_user()
    measure = make_measure(responsible=clerk)
    assert allow_reporting(measure_id=measure.pk, user=clerk, by=None) is False


@pytest.mark.parametrize(
    "person", [{"role": Role.COUNCIL}, {"role": Role.SYSTEM_ADMINISTRATOR}, {"is_active": False}], ids=str
)
def test_who_has_no_part_in_the_administration_gets_no_grant(person) -> None:
    with pytest.raises(CannotAnswer):
        allow_reporting(measure_id=make_measure().pk, user=make_user(**person), by=None)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.DIGITAL_OFFICER])
@pytest.mark.parametrize("act", [allow_reporting, end_reporting])
def test_only_the_digital_officer_gives_and_takes(role, act) -> None:
    with pytest.raises(PermissionDenied):
        act(measure_id=make_measure().pk, user=make_user(), by=make_user(role))


def test_the_page_adds_shows_and_removes(client) -> None:
    client.force_login(make_officer(name="Frau Digital"))
    clerk, measure = make_user(name="Erika Muster"), make_measure()
    page = reverse("measure_reporters", args=[measure.number])

    said = client.post(page, {"user": clerk.pk}, follow=True).content.decode()
    (shown,) = client.get(page).context["grants"]
    client.post(reverse("measure_reporter_remove", args=[measure.number, clerk.pk]))

    assert "Erika Muster sieht BS-01 jetzt mit den internen Notizen und kann den Stand melden." in said
    assert (shown["name"], shown["giver"], client.get(page).context["grants"]) == ("Erika Muster", "Frau Digital", [])


def test_who_may_report_already_is_not_offered(client) -> None:
    officer = make_officer()
    client.force_login(officer)
    clerk, other, granted = make_user(name="A"), make_user(name="B"), make_user(name="C")
    measure = make_measure(responsible=clerk)
    allow_reporting(measure_id=measure.pk, user=granted, by=officer)

    form = client.get(reverse("measure_reporters", args=[measure.number])).context["form"]

    assert set(form.fields["user"].queryset) == {officer, other}
