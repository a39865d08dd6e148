"""The pages under /gremien/ for the Ratsbüro and for those who read there."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.access import Function, Role
from council.models import Committee, LegislativeTerm, Meeting, Membership
from tests.builders import appoint, make_committee, make_meeting, make_term, make_user

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 8, 17, 30, tzinfo=UTC)
MOMENT = {"start_0": "2026-12-08", "start_1": "18:30"}


@pytest.fixture
def office(client):
    user = make_user(Role.ADMINISTRATION, name="Ratsbüro")
    appoint(user, Function.COUNCIL_OFFICE)
    client.force_login(user)
    return user


def send(client, page, /, *args, **data):
    """What a browser sends: of a row that is edited with what its form began from."""
    address = reverse(page, args=args)
    if page.endswith("_edit"):
        data = {"began": client.get(address).context["form"]["began"].value(), **data}
    return client.post(address, data)


def errors(response):
    return {field: list(sentences) for field, sentences in response.context["form"].errors.items()}


def test_the_ratsbuero_enters_a_term_a_committee_a_member_and_a_meeting(client, office):
    person = make_user(Role.COUNCIL)
    send(client, "term_add", name="2026–2031", start_date="2026-11-01", end_date="2031-10-31")
    term = LegislativeTerm.objects.get()
    names = {"name": "Ausschuss für Digitales", "short_name": "Digitales", "kind": "COMMITTEE", "term": term.pk}
    send(client, "committee_add", **names, meets_in_public="on")
    committee = Committee.objects.get()
    send(client, "membership_add", committee.pk, user=person.pk, role="CHAIR", start_date="2026-11-01")
    send(client, "meeting_add", committee=committee.pk, **MOMENT, location="Rathaus", papers_due="2026-11-30")

    assert (Membership.objects.get().user, Meeting.objects.values_list("start", "location").get()) == (
        person,
        (START, "Rathaus"),
    )


def test_what_is_wrong_is_said_in_german_and_nothing_is_saved(client, office):
    committee = make_committee(make_term())
    late = {"start_0": "2026-12-08", "start_1": "18:30", "papers_due": "2026-12-09"}

    answers = [
        errors(send(client, "meeting_add", committee=committee.pk)),
        errors(send(client, "meeting_add", committee=committee.pk, **late)),
        errors(send(client, "term_add", name="2030–2035", start_date="2030-11-01", end_date="2035-10-31")),
        errors(send(client, "membership_add", committee.pk, role="VOTING", start_date="2020-01-01")),
    ]

    assert answers == [
        {"start": ["Bitte füllen Sie dieses Feld aus."]},
        {"papers_due": ["Der Vorlagenschluss liegt nach der Sitzung."]},
        {"__all__": ["Die Tage überschneiden sich mit der Wahlperiode 2026–2031."]},
        {
            "user": ["Bitte füllen Sie dieses Feld aus."],
            "__all__": ["Das Gremium besteht in der Wahlperiode 2026–2031: 01.11.2026 bis 31.10.2031."],
        },
    ]
    assert (Meeting.objects.count(), LegislativeTerm.objects.count(), Membership.objects.count()) == (0, 1, 0)


def test_another_time_needs_a_reason_another_place_does_not(client, office):
    meeting = make_meeting(make_committee(make_term()), START)

    refused = errors(send(client, "meeting_edit", meeting.pk, start_0="2026-12-09", start_1="18:30"))
    moved = send(client, "meeting_edit", meeting.pk, start_0="2026-12-09", start_1="18:30", reason="Saal belegt")
    placed = send(client, "meeting_edit", meeting.pk, start_0="2026-12-09", start_1="18:30", location="Aula")

    assert refused == {"reason": ["Nennen Sie den Grund, aus dem die Sitzung verschoben wird."]}
    assert (moved.status_code, placed.status_code, Meeting.objects.get().location) == (302, 302, "Aula")


def test_a_meeting_that_someone_else_changed_shows_both_versions(client, office):
    meeting = make_meeting(make_committee(make_term()), START, location="Rathaus")
    began = client.get(reverse("meeting_edit", args=[meeting.pk])).context["form"]["began"].value()
    send(client, "meeting_edit", meeting.pk, **MOMENT, began=began, location="Aula")

    both = send(client, "meeting_edit", meeting.pk, **MOMENT, began=began, location="Saal").context["form"].both

    assert (both.who, [(one.label, one.base, one.theirs, one.mine) for one in both.differences]) == (
        "Ratsbüro",
        [("Ort", "Rathaus", "Aula", "Saal")],
    )
    assert Meeting.objects.get().location == "Aula"


@pytest.mark.parametrize("began", ["", "{", "[]"], ids=["nothing", "no JSON", "no row"])
def test_a_form_that_does_not_say_what_it_began_from_overwrites_nothing(client, office, began):
    meeting = make_meeting(make_committee(make_term()), START, location="Rathaus")

    answer = send(client, "meeting_edit", meeting.pk, **MOMENT, began=began, location="Saal")

    differences = answer.context["form"].both.differences
    assert [(one.label, one.base, one.theirs, one.mine) for one in differences] == [
        ("Ort", "Rathaus", "Rathaus", "Saal")
    ]
    assert Meeting.objects.get().location == "Rathaus"


def test_their_moment_can_be_taken_over(client, office):
    meeting = make_meeting(make_committee(make_term()), START)
    began = client.get(reverse("meeting_edit", args=[meeting.pk])).context["form"]["began"].value()
    send(client, "meeting_edit", meeting.pk, start_0="2026-12-09", start_1="18:00", reason="Saal belegt")
    mine = {**MOMENT, "location": "Rathaus"}
    again = send(client, "meeting_edit", meeting.pk, **mine, began=began).context["form"]["began"].value()

    send(client, "meeting_edit", meeting.pk, **mine, began=again, take_start="theirs")

    assert Meeting.objects.values_list("start", "location").get() == (datetime(2026, 12, 9, 17, tzinfo=UTC), "Rathaus")


def test_a_seat_is_for_members_of_the_council_alone(client, office):
    committee = make_committee(make_term())

    refused = send(client, "membership_add", committee.pk, user=office.pk, role="ADVISORY", start_date="2026-11-01")

    assert (list(errors(refused)), Membership.objects.count()) == (["user"], 0)


def test_a_membership_ends_on_a_day(client, office):
    held = Membership.objects.create(
        committee=make_committee(make_term()), user=make_user(Role.COUNCIL), start_date=date(2026, 11, 1)
    )
    send(
        client,
        "membership_edit",
        held.pk,
        user=held.user_id,
        role="VOTING",
        start_date="2026-11-01",
        end_date="2027-01-31",
    )
    assert Membership.objects.get().end_date == date(2027, 1, 31)


def test_a_seat_stays_with_its_person_and_a_committee_in_its_term(client, office):
    earlier = make_term("2021–2026", date(2021, 11, 1), date(2026, 10, 31))
    committee = make_committee(make_term())
    seat = Membership.objects.create(committee=committee, user=make_user(Role.COUNCIL), start_date=date(2026, 11, 1))
    other, kept = make_user(Role.COUNCIL), (seat.user, committee.term)
    names = {"name": "Digitales", "short_name": "Digitales", "kind": "COMMITTEE", "term": earlier.pk}

    send(client, "membership_edit", seat.pk, user=other.pk, role="CHAIR", start_date="2026-11-01")
    send(client, "committee_edit", committee.pk, **names)
    seat.refresh_from_db()

    assert ((seat.user, seat.committee.term), seat.role, seat.committee.name) == (kept, "CHAIR", "Digitales")


def test_a_cancelled_meeting_is_changed_only_once_it_takes_place_again(client, office):
    meeting = make_meeting(make_committee(make_term()), START, cancelled=True)

    answer = send(client, "meeting_edit", meeting.pk, start_0="2026-12-09", start_1="18:30", reason="Saal belegt")

    assert (answer["Location"], Meeting.objects.get().start) == (reverse("meeting", args=[meeting.pk]), START)


def test_a_cancelled_meeting_says_why(client, office):
    meeting = make_meeting(make_committee(make_term()), START)
    send(client, "meeting_cancel", meeting.pk, reason="Vorsitz erkrankt")
    client.force_login(make_user(Role.COUNCIL))

    assert "Vorsitz erkrankt" in client.get(reverse("meeting", args=[meeting.pk])).content.decode()


def test_a_meeting_that_one_may_not_see_does_not_exist(client):
    closed = make_meeting(make_committee(make_term(), meets_in_public=False), START)
    client.force_login(make_user(Role.COUNCIL))

    listed = [*(page := client.get(reverse("meetings")).context)["coming"], *page["past"]]

    assert (listed, client.get(reverse("meeting", args=[closed.pk])).status_code) == ([], 404)


def test_empty_pages_say_what_comes_first(client, office):
    pages = [client.get(reverse(name)).content.decode() for name in ("meetings", "committees")]

    assert ["Keine kommende Sitzung" in pages[0], "Noch keine Wahlperiode" in pages[1]] == [True, True]


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_the_same_number_of_queries(client, office, django_assert_num_queries, count):
    committee = make_committee(make_term())
    for day in range(1, count + 1):
        make_meeting(committee, START.replace(year=2027, month=1 + day // 28, day=1 + day % 28))
    client.get(reverse("meetings"))
    with django_assert_num_queries(7):
        client.get(reverse("meetings"))


def test_a_second_seat_and_a_meeting_outside_its_shortened_term_are_refused_in_german(client, office):
    committee, person = make_committee(make_term()), make_user(Role.COUNCIL)
    meeting = make_meeting(committee, START, cancelled=True)
    Membership.objects.create(committee=committee, user=person, start_date="2026-11-01", end_date="2026-11-30")
    send(client, "term_edit", committee.term.pk, name="2026", start_date="2026-11-01", end_date="2026-12-01")

    again = send(client, "membership_add", committee.pk, user=person.pk, role="CHAIR", start_date="2026-11-30")
    page = client.post(reverse("meeting_reinstate", args=[meeting.pk]), follow=True).content.decode()

    assert errors(again) == {
        "__all__": [
            "Diese Person ist schon eingetragen: vom 01.11.2026 bis 30.11.2026. Die Tage dürfen sich nicht "
            "überschneiden."
        ]
    }
    assert "Der Tag liegt nicht in der Wahlperiode 2026, in der dieses Gremium besteht." in page
