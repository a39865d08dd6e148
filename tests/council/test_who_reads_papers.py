"""Who sees which paper, its files and its item of the agenda: one table."""

from datetime import date, timedelta

import pytest

from accounts.access import Function, Role
from council.models import AgendaItem, CommitteeKind, File, Membership, Paper
from ground.models import Document
from tests.builders import (
    NOW,
    TODAY,
    appoint,
    make_committee,
    make_meeting,
    make_paper,
    make_station,
    make_term,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

PUBLIC, CLOSED, OTHERS, VA = "public", "closed of the own committee", "closed of another", "closed of the VA"
DRAFT = "not released"
RELEASED = {PUBLIC, CLOSED, OTHERS, VA}
SEATS = {"own": CommitteeKind.COMMITTEE, "council": CommitteeKind.COUNCIL}
DAYS = {
    "lasts": (date(2022, 1, 1), None),
    "last day": (date(2022, 1, 1), TODAY),
    "ended yesterday": (date(2022, 1, 1), TODAY - timedelta(days=1)),
    "begins tomorrow": (TODAY + timedelta(days=1), None),
}
READERS = [
    (Role.COUNCIL, None, None, {PUBLIC}),
    (Role.COUNCIL, "own", "lasts", {PUBLIC, CLOSED}),
    (Role.COUNCIL, "own", "last day", {PUBLIC, CLOSED}),
    (Role.COUNCIL, "own", "ended yesterday", {PUBLIC}),
    (Role.COUNCIL, "own", "begins tomorrow", {PUBLIC}),
    (Role.COUNCIL, "council", "lasts", RELEASED),
    (Role.COUNCIL, "council", "last day", RELEASED),
    (Role.COUNCIL, "council", "ended yesterday", {PUBLIC}),
    (Role.COUNCIL, "council", "begins tomorrow", {PUBLIC}),
    (Role.ADMINISTRATION, None, None, {PUBLIC}),
    (Role.ADMINISTRATION, "unit", None, {PUBLIC, OTHERS}),
    (Role.IT, None, None, {PUBLIC}),
    (Role.DIGITAL_OFFICER, None, None, RELEASED),
    (Function.ADMINISTRATION_HEAD, None, None, RELEASED),
    (Function.TREASURY, None, None, {PUBLIC}),
    (Function.COUNCIL_OFFICE, None, None, RELEASED | {DRAFT}),
    (Role.SYSTEM_ADMINISTRATOR, None, None, set()),
]


@pytest.fixture
def room():
    """Each paper with a file, on the agenda of one meeting; the names are those of the table."""
    term = make_term("2021–2031", date(2021, 11, 1))
    make_committee(term, name="Rat", kind=CommitteeKind.COUNCIL, receives_reports=False)
    own = make_committee(term, name="Eigener")
    others = make_committee(term, name="Anderer", receives_reports=False)
    va = make_committee(
        term, name="VA", kind=CommitteeKind.MAIN_COMMITTEE, meets_in_public=False, receives_reports=False
    )
    unit = make_unit()
    for name, committee, fields in (
        (PUBLIC, own, {}),
        (CLOSED, own, {"public": False}),
        (OTHERS, others, {"public": False, "unit": unit}),
        (VA, va, {"public": False}),
        (DRAFT, own, {"released": False}),
    ):
        paper = make_paper(name, **fields)
        meeting = committee.meetings.first() or make_meeting(committee, NOW)
        station = make_station(paper, meeting)
        AgendaItem.objects.create(
            meeting=meeting, number=name[:12], name=name, public=paper.public, consultation=station
        )
        document = Document.store(name="vorlage.txt", media_type="text/plain", content=b"x")
        File.objects.create(paper=paper, title=name, public=paper.public, document=document)
    return own.term, unit


def reader(who, seat, days, term, unit):
    user = make_user(who if isinstance(who, Role) else Role.ADMINISTRATION, unit=unit if seat == "unit" else None)
    if isinstance(who, Function):
        appoint(user, who)
    if days:
        committee = term.committees.filter(kind=SEATS[seat]).order_by("pk")[0]
        start, end = DAYS[days]
        Membership.objects.create(committee=committee, user=user, start_date=start, end_date=end)
    return user


@pytest.mark.parametrize(("who", "seat", "days", "sees"), READERS)
def test_each_reader_sees_the_papers_files_and_items_that_the_law_opens(room, who, seat, days, sees):
    user = reader(who, seat, days, *room)

    assert {
        "papers": set(Paper.objects.visible_to(user, TODAY).values_list("reference", flat=True)),
        "items": set(AgendaItem.objects.visible_to(user, TODAY).values_list("name", flat=True)),
        "files": set(File.objects.visible_to(user, TODAY).values_list("title", flat=True)),
    } == {"papers": sees, "items": sees, "files": sees}


@pytest.mark.parametrize(
    ("who", "seat", "days", "sees"),
    [
        (Role.COUNCIL, None, None, ["Vorlage"]),
        (Role.COUNCIL, "own", "lasts", ["Anlage", "Vorlage"]),
        (Role.COUNCIL, "own", "ended yesterday", ["Vorlage"]),
        (Role.ADMINISTRATION, None, None, ["Vorlage"]),
        (Role.DIGITAL_OFFICER, None, None, ["Anlage", "Vorlage"]),
    ],
)
def test_an_annex_that_is_not_public_is_kept_from_who_reads_its_public_paper(room, who, seat, days, sees):
    paper = Paper.objects.get(reference=PUBLIC)
    File.objects.update(title="Vorlage")
    document = Document.store(name="anlage.txt", media_type="text/plain", content=b"x")
    File.objects.create(paper=paper, title="Anlage", public=False, document=document)

    seen = File.objects.visible_to(reader(who, seat, days, *room), TODAY).filter(paper=paper)

    assert sorted(one.title for one in seen) == sees
