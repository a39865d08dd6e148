"""Papers, stations, agendas and minutes: what is refused, what is kept, and what their pages do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.access import Function, Role
from council.models import AgendaItem, Consultation, Faction, File, Membership, Minutes, Paper
from tests.builders import (
    appoint,
    make_committee,
    make_council_file,
    make_item,
    make_meeting,
    make_paper,
    make_station,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db

AHEAD = datetime(2030, 12, 8, 17, 30, tzinfo=UTC)
BEHIND = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)


@pytest.fixture
def office(client):
    user = make_user(Role.ADMINISTRATION, name="Ratsbüro")
    appoint(user, Function.COUNCIL_OFFICE)
    client.force_login(user)
    return user


@pytest.fixture
def meeting():
    return make_meeting(make_committee(make_term()), AHEAD)


def send(client, page, /, *args, **data):
    address = reverse(page, args=args)
    if page.endswith("_edit"):
        data = {"began": client.get(address).context["form"]["began"].value(), **data}
    return client.post(address, data)


def errors(response):
    return {field: list(sentences) for field, sentences in response.context["form"].errors.items()}


GAP = "Die Beratungsfolge hätte eine Lücke. Zählen Sie von 1 an, ohne einen Platz auszulassen."
STATION = {"role": "PREPARATION"}
PAPER = {"reference": "2026/8", "kind": "MOTION", "name": "Freies WLAN", "date": "2026-11-20", "public": "on"}


def test_the_ratsbuero_leads_a_paper_from_its_entry_to_the_agenda(client, office, meeting):
    send(client, "faction_add", term=meeting.committee.term_id, kind="GROUP", name="Gruppe Fluss", short_name="Fluss")
    send(client, "paper_add", **PAPER, faction=Faction.objects.get().pk)
    paper = Paper.objects.get()
    send(
        client, "consultation_add", paper.pk, position=1, committee=meeting.committee_id, meeting=meeting.pk, **STATION
    )
    station = Consultation.objects.get()
    send(client, "agenda_item_add", meeting.pk, number="Ö 4", name="WLAN", public="on", consultation=station.pk)
    upload = SimpleUploadedFile("vorlage.txt", b"Text")
    send(client, "paper_file_add", paper.pk, title="Vorlage", upload=upload, public="on", main="on")
    send(client, "paper_release", paper.pk)
    client.force_login(make_user(Role.COUNCIL))

    seen = (("paper", paper.pk), ("meeting", meeting.pk), ("council_file", paper.files.get().pk))
    pages = [client.get(reverse(name, args=[pk])).content.decode() for name, pk in seen]

    assert ["Freies WLAN" in pages[0], "Ö 4" in pages[1], "2026/8" in pages[1], pages[2]] == [True, True, True, "Text"]


def test_before_the_release_the_council_sees_neither_paper_nor_item_nor_file(client, office, meeting):
    paper = make_paper(released=False)
    make_item(meeting, "Ö 4", paper)
    kept = make_council_file(paper)
    addresses = [reverse("paper", args=[paper.pk]), reverse("council_file", args=[kept.pk])]
    before = [client.get(address).status_code for address in addresses]
    client.force_login(make_user(Role.COUNCIL))

    after = [client.get(address).status_code for address in addresses]

    assert (before, after) == ([200, 200], [404, 404])
    assert "Ö 4" not in client.get(reverse("meeting", args=[meeting.pk])).content.decode()


def test_a_station_of_a_committee_that_is_not_public_tells_outsiders_its_day_alone(client, meeting):
    closed = make_committee(
        meeting.committee.term, name="Geheimausschuss", meets_in_public=False, receives_reports=False
    )
    paper = make_paper()
    make_station(paper, make_meeting(closed, AHEAD))
    member, outsider = make_user(Role.COUNCIL), make_user(Role.COUNCIL)
    Membership.objects.create(committee=closed, user=member, start_date=date(2026, 11, 1))
    shown = []
    for user in (member, outsider):
        client.force_login(user)
        page = client.get(reverse("paper", args=[paper.pk])).content.decode()
        shown.append(("Geheimausschuss" in page, "nichtöffentlich" in page, "08.12.2030" in page))

    assert shown == [(True, False, True), (False, True, True)]


def test_what_does_not_fit_together_is_refused_in_german(client, office, meeting):
    paper = make_paper("2026/7")
    other = make_meeting(make_committee(meeting.committee.term, name="Bau", receives_reports=False), AHEAD)
    past = make_meeting(meeting.committee, datetime(2026, 11, 10, 17, tzinfo=UTC))
    make_item(meeting, "Ö 1")
    elsewhere = make_station(paper, other)
    closed = make_station(make_paper("2026/9", public=False), meeting)
    mine = {"position": 2, "committee": meeting.committee_id, **STATION}
    item = {"number": "Ö 2", "name": "WLAN", "public": "on"}

    refused = [
        errors(send(client, "paper_add", **PAPER | {"reference": "2026/7"})),
        errors(send(client, "consultation_add", paper.pk, **mine | {"position": 4})),
        errors(send(client, "consultation_add", paper.pk, **mine, meeting=other.pk)),
        list(errors(send(client, "consultation_add", paper.pk, **mine, meeting=past.pk))),
        errors(send(client, "consultation_add", paper.pk, **mine, meeting=meeting.pk, in_writing="on")),
        errors(send(client, "agenda_item_add", meeting.pk, **item | {"number": "Ö 1"})),
        list(errors(send(client, "agenda_item_add", meeting.pk, **item, consultation=elsewhere.pk))),
        errors(send(client, "agenda_item_add", meeting.pk, **item, consultation=closed.pk)),
        errors(send(client, "minutes_add", meeting.pk)),
    ]

    assert refused == [
        {"reference": ["Diese Vorlagennummer gibt es schon."]},
        {"position": [GAP]},
        {"meeting": ["Das ist keine Sitzung dieses Gremiums."]},
        ["meeting"],
        {"__all__": ["Im Umlaufverfahren gibt es keine Sitzung."]},
        {"__all__": ["Diese Nummer steht schon auf der Tagesordnung."]},
        ["consultation"],
        {"public": ["Die Vorlage ist nichtöffentlich; der Punkt gehört in diesen Teil."]},
        {"__all__": ["Die Sitzung war noch nicht."]},
    ]
    assert (Paper.objects.count(), Consultation.objects.count(), AgendaItem.objects.count()) == (2, 2, 1)


def test_a_paper_on_a_public_agenda_stays_public_until_its_item_moves(client, office, meeting):
    paper = make_paper("2026/8")
    make_item(meeting, paper=paper)
    sent = {name: value for name, value in PAPER.items() if name != "public"}

    assert list(errors(send(client, "paper_edit", paper.pk, **sent))) == ["public"]


def test_a_paper_that_someone_else_changed_shows_both_versions(client, office):
    paper = make_paper("2026/8", kind="MOTION", name="WLAN")
    began = client.get(reverse("paper_edit", args=[paper.pk])).context["form"]["began"].value()
    send(client, "paper_edit", paper.pk, **PAPER | {"name": "Ihres"}, began=began)

    both = send(client, "paper_edit", paper.pk, **PAPER | {"name": "Meins"}, began=began).context["form"].both

    assert [(one.label, one.theirs, one.mine) for one in both.differences] == [("Betreff", "Ihres", "Meins")]


@pytest.mark.parametrize(
    ("name", "content"), [("vorlage.pdf", b"kein PDF"), ("gross.txt", b"x" * 10_000_001), ("leer.txt", b"")]
)
def test_a_file_of_the_wrong_kind_or_size_is_refused(client, office, name, content):
    paper = make_paper()

    answer = send(client, "paper_file_add", paper.pk, title="Vorlage", upload=SimpleUploadedFile(name, content))

    assert (answer.status_code, list(errors(answer)), File.objects.count()) == (422, ["upload"], 0)


def test_minutes_are_provisional_until_they_are_approved_and_their_closed_part_stays_inside(client, office, meeting):
    held = make_meeting(meeting.committee, BEHIND)
    send(client, "minutes_add", held.pk)
    minutes = Minutes.objects.get()
    for title, public in (("Öffentlicher Teil", True), ("Alles", False)):
        make_council_file(minutes, title=title, public=public)
    pages = [client.get(reverse("meeting", args=[held.pk])).content.decode()]
    send(client, "minutes_edit", minutes.pk, approved_on="2026-12-08", approved_in=meeting.pk)
    client.force_login(make_user(Role.COUNCIL))
    pages.append(client.get(reverse("meeting", args=[held.pk])).content.decode())

    words = ("vorläufig", "Genehmigt am 08.12.2026", "Öffentlicher Teil", "Alles")
    assert [[word in page for word in words] for page in pages] == [
        [True, False, True, True],
        [False, True, True, False],
    ]


def test_papers_are_found_by_number_word_and_kind(client, office):
    make_paper("2026/7", name="Parkausweise")
    make_paper("2026/8", name="Bücherei", kind="MOTION")

    found = [
        [row["reference"] for row in client.get(reverse("papers"), asked).context["rows"]]
        for asked in ({"wort": "2026/7"}, {"wort": "bücher"}, {"art": "MOTION"}, {"wort": "nichts"})
    ]

    assert found == [["2026/7"], ["2026/8"], ["2026/8"], []]


@pytest.mark.parametrize("count", [3, 20])
def test_lists_of_papers_and_items_take_the_same_number_of_queries(
    client, office, meeting, django_assert_num_queries, count
):
    for number in range(count):
        paper = make_paper(f"2026/{number}")
        make_item(meeting, f"Ö {number}", paper)
        make_council_file(paper)
    for name, args, queries in (("papers", [], 6), ("meeting", [meeting.pk], 12)):
        client.get(reverse(name, args=args))
        with django_assert_num_queries(queries):
            client.get(reverse(name, args=args))


def test_the_calendar_shows_one_committee_and_months_in_order(client, office, meeting):
    other = make_committee(meeting.committee.term, name="Bau", receives_reports=False)
    make_meeting(other, AHEAD + timedelta(days=40))

    everything = client.get(reverse("meetings")).context["months"]
    one = client.get(reverse("meetings"), {"gremium": other.pk}).context["months"]

    assert [month for month, _ in everything] == ["Dezember\u00a02030", "Januar\u00a02031"]
    assert [[row["committee"] for row in rows] for _, rows in one] == [["Bau"]]
