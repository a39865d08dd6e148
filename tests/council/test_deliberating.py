"""Papers, agendas and files as the activities keep them: what is moved, kept and refused."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.access import Role
from council import deliberating
from council.deliberating import IsReleased, StillNeeded, TookPlace
from council.models import AgendaItem, Consultation, File, Meeting, Paper
from council.sitting import Contradicts, amend, enter
from ground.models import Document, Event
from tests.builders import (
    NOW,
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
def meeting():
    return make_meeting(make_committee(make_term()), AHEAD)


def test_items_change_places_within_their_part(meeting):
    first, closed, second = (
        make_item(meeting, "Ö 1"),
        make_item(meeting, "N 1", public=False),
        make_item(meeting, "Ö 2"),
    )

    deliberating.move_item(item_id=second.pk, up=True, by=None)
    deliberating.move_item(item_id=closed.pk, up=True, by=None)

    assert list(AgendaItem.objects.filter(meeting=meeting)) == [second, first, closed]


def test_what_was_dealt_with_or_released_is_not_removed(meeting):
    held = make_meeting(meeting.committee, BEHIND)
    old, shown, filed = make_paper("1", released=False), make_paper("2"), make_paper("3", released=False)
    item = make_item(held, paper=old)
    make_council_file(filed)
    refusals = [
        (old, TookPlace),
        (item, TookPlace),
        (item.consultation, TookPlace),
        (shown, IsReleased),
        (make_council_file(shown), IsReleased),
        (filed, StillNeeded),
        (make_item(meeting, "Ö 9", make_paper("4", released=False)).consultation, StillNeeded),
    ]
    for row, refusal in refusals:
        with pytest.raises(refusal):
            deliberating.remove(row=row, by=None, now=NOW)
    with pytest.raises(ProtectedError), transaction.atomic():
        old.delete()
    assert (Paper.objects.count(), AgendaItem.objects.count(), File.objects.count()) == (4, 2, 2)


def test_a_draft_is_removed_with_its_stations_and_its_file_with_its_bytes(meeting):
    paper = make_paper(released=False)
    make_station(paper, meeting)
    deliberating.remove(row=make_council_file(paper), by=None)
    deliberating.remove(row=paper, by=None)

    assert (Paper.objects.count(), Consultation.objects.count(), Document.objects.count()) == (0, 0, 0)
    assert Event.objects.latest("pk").title == "Vorlage entfernt"


def test_a_release_keeps_the_files_for_ever_and_happens_once():
    paper = make_paper(released=False)
    make_council_file(paper)
    deliberating.release_paper(paper_id=paper.pk, by=None)

    with pytest.raises(IsReleased):
        deliberating.release_paper(paper_id=paper.pk, by=None)
    assert Document.objects.get().kept


def test_a_paper_has_one_main_document():
    paper = make_paper()
    make_council_file(paper, main=True)
    with pytest.raises(StillNeeded):
        make_council_file(paper, main=True)
    document = Document.store(name="x.txt", media_type="text/plain", content=b"x")
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.create(paper=paper, main=True, title="x", document=document)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_alone_keeps_papers_and_agendas(role, meeting):
    user, paper = make_user(role), make_paper(released=False)
    item = make_item(meeting)
    for attempt in (
        lambda: deliberating.release_paper(paper_id=paper.pk, by=user),
        lambda: deliberating.move_item(item_id=item.pk, up=True, by=user),
        lambda: deliberating.remove(row=item, by=user),
        lambda: make_council_file(paper, by=user),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_stations_move_up_where_one_is_removed_and_parallel_ones_stay(meeting):
    paper = make_paper(released=False)
    rows = [make_station(paper, committee=meeting.committee, position=place) for place in (1, 2, 2, 3)]

    for row in (rows[1], rows[0]):
        deliberating.remove(row=row, by=None)

    assert list(Consultation.objects.values_list("pk", "position")) == [(rows[2].pk, 1), (rows[3].pk, 2)]


def test_the_administration_deletes_no_meeting_that_a_paper_names(client):
    committee, held = make_committee(make_term()), []
    for day in (8, 9):
        held.append(enter(row=Meeting(committee=committee, start=AHEAD.replace(day=day)), by=None))
    make_station(make_paper(), held[1])
    client.force_login(make_user(Role.SYSTEM_ADMINISTRATOR))

    for one in held:
        client.post(reverse("admin:council_meeting_delete", args=[one.pk]), {"post": "yes"})

    assert list(Meeting.objects.all()) == [held[1]]


def test_a_meeting_is_not_moved_before_the_date_of_its_paper(meeting):
    make_station(make_paper(date=AHEAD.date()), meeting)
    meeting.start = AHEAD.replace(month=11)

    with pytest.raises(Contradicts):
        amend(row=meeting, changed={"start": "Beginn"}, reason="Saal belegt", by=None)
