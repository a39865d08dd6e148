"""What is attached to a measure: who may do what with it, what is kept, and what the journal says."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Role
from ground.history import StaleRow
from ground.models import Document, Event, PublicVersion
from ground.uploads import checked
from masterplan import attaching
from masterplan.attaching import IsWithdrawn, ReasonForWithdrawalMissing, WasPublic
from masterplan.models import Attachment
from masterplan.planning import AlreadyCommitted, delete_draft
from tests.builders import NOW, make_measure, make_officer, make_public_measure, make_user
from tests.files import pdf

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def attach(measure, title="Konzept", *, public=False, by=None, now=NOW):
    file = checked("konzept.pdf", pdf())
    return attaching.add_files(measure_id=measure.pk, files=[(title, file)], public=public, by=by, now=now)[0]


def link(measure, title="Ratsinformation", **values):
    return attaching.add_link(
        **{"measure_id": measure.pk, "title": title, "url": "https://rat.stadt.example/", "by": None, "now": NOW}
        | values
    )


def edit(one, **values):
    return attaching.edit_attachment(
        **{"attachment_id": one.pk, "title": one.title, "url": one.url, "public": one.public, "expected_version": None}
        | {"by": None, "now": LATER}
        | values
    )


def withdraw(one, reason="Überholt.", by=None):
    return attaching.withdraw_attachment(attachment_id=one.pk, reason=reason, expected_version=None, by=by, now=LATER)


def remove(one, by=None, version=None):
    attaching.remove_attachment(attachment_id=one.pk, expected_version=version, by=by, now=LATER)


def journal(measure):
    events = Event.objects.about(measure).filter(kind__startswith="attachment.").order_by("pk")
    return [(one.title, one.before, one.after, one.reason, one.public) for one in events]


def counted(action):
    """By how much the public version rises."""
    before = PublicVersion.current().number
    action()
    return PublicVersion.current().number - before


def test_files_are_added_in_their_order_and_inside() -> None:
    measure = make_public_measure()
    clerk = make_user()
    measure.responsible = clerk
    measure.save_tracked(by=None)
    first, second = (attach(measure, title, by=clerk) for title in ("Konzept", "Gutachten"))
    assert [(one.title, one.position, one.public, one.added_by, one.added_at) for one in (first, second)] == [
        ("Konzept", 1, False, clerk, NOW),
        ("Gutachten", 2, False, clerk, NOW),
    ]
    assert journal(measure) == [
        ("Datei hinzugefügt", "", "Konzept", "", False),
        ("Datei hinzugefügt", "", "Gutachten", "", False),
    ]


STEPS = {
    "add a file": lambda one, by: attach(one.measure, by=by),
    "add a link": lambda one, by: link(one.measure, by=by),
    "add in public": lambda one, by: attach(one.measure, public=True, by=by),
    "edit": lambda one, by: edit(one, title="Anders", by=by),
    "publish": lambda one, by: edit(one, public=True, by=by),
    "withdraw": lambda one, by: withdraw(edit(one, public=True), by=by),
    "restore": lambda one, by: attaching.restore_attachment(attachment_id=one.pk, by=by),
    "order": lambda one, by: attaching.move_attachment(attachment_id=one.pk, up=True, by=by),
    "remove what another added": lambda one, by: remove(one, by=by),
    "remove what one added": lambda one, by: remove(attach(one.measure, by=by), by=by),
}


def may(step, one, by):
    try:
        with transaction.atomic():
            STEPS[step](one, by)
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("officer", set(STEPS)),
        ("whose measure it is", {"add a file", "add a link", "remove what one added"}),
        ("IT", set()),
        ("administration", set()),
        ("council", set()),
    ],
)
def test_who_may_do_what_with_what_is_attached(who, allowed) -> None:
    owner = make_user()
    users = {
        "officer": make_officer,
        "whose measure it is": lambda: owner,
        "IT": lambda: make_user(Role.IT),
        "administration": make_user,
        "council": lambda: make_user(Role.COUNCIL),
    }
    user = users[who]()
    assert {step for step in STEPS if may(step, attach(make_measure(deputy=owner)), user)} == allowed


def test_what_is_published_is_told_without_its_title_and_raises_the_public_version() -> None:
    measure = make_public_measure()
    one = attach(measure)
    assert counted(lambda: edit(one, public=True)) == 1
    one.refresh_from_db()
    assert (one.public, one.published_at) == (True, LATER)
    assert journal(measure)[1:] == [
        ("Datei jetzt öffentlich", "", "Konzept", "", False),
        ("Datei veröffentlicht", "", "", "", True),
    ]


def test_nothing_is_told_to_the_public_while_the_measure_is_internal() -> None:
    measure = make_measure()
    assert counted(lambda: attach(measure, public=True)) == 0
    assert [public for *_, public in journal(measure)] == [False]
    assert not Attachment.objects.published().exists()


@pytest.mark.parametrize("take_back", [withdraw, lambda one, reason: edit(one, public=False, reason=reason)])
def test_what_everyone_can_see_is_taken_back_only_with_a_reason(take_back) -> None:
    one = attach(make_public_measure(), public=True)
    with pytest.raises(ReasonForWithdrawalMissing):
        take_back(one, reason=" ")
    assert counted(lambda: take_back(one, reason="Falsche Fassung.")) == 1
    assert not Attachment.objects.published().exists()


def test_what_was_public_is_kept_and_comes_back_inside() -> None:
    one = withdraw(attach(make_public_measure(), public=True))
    with pytest.raises(WasPublic):
        remove(one)
    with pytest.raises(IsWithdrawn):
        edit(one, public=True)
    attaching.restore_attachment(attachment_id=one.pk, by=None, now=LATER)
    one.refresh_from_db()
    assert (one.withdrawn_at, one.public, one.published_at) == (None, False, NOW)
    with pytest.raises(WasPublic):
        remove(one)
    assert Document.objects.get().kept


def test_what_was_never_public_is_removed_with_its_bytes() -> None:
    measure = make_public_measure()
    kept, one = attach(measure, public=True), attach(measure, "Versehen")
    assert Document.objects.count() == 2
    remove(one)
    assert [*Document.objects.values_list("pk", flat=True)] == [kept.document_id]
    assert journal(measure)[-1] == ("Datei entfernt", "Versehen", "", "", False)


def test_a_draft_of_a_measure_is_deleted_with_its_files_unless_one_was_published() -> None:
    draft, committed = make_measure(), make_measure()
    attach(draft)
    attach(committed, public=True)
    delete_draft(measure_id=draft.pk, by=None)
    with pytest.raises(AlreadyCommitted):
        delete_draft(measure_id=committed.pk, by=None)
    assert [one.measure for one in Attachment.objects.all()] == [committed]
    assert Document.objects.count() == 1


def test_the_order_is_changed_one_place_at_a_time() -> None:
    measure = make_measure()
    rows = [link(measure, title) for title in "ABC"]
    for one, up in ((rows[2], True), (rows[0], True), (rows[0], False)):
        attaching.move_attachment(attachment_id=one.pk, up=up, by=None)
    assert [one.title for one in measure.attachments.in_order()] == ["C", "A", "B"]


@pytest.mark.parametrize(
    "step", [lambda one: edit(one, title="B", expected_version=1), lambda one: remove(one, version=1)]
)
def test_what_someone_else_changed_is_not_overwritten(step) -> None:
    one = edit(link(make_measure()), title="Anders")
    with pytest.raises(StaleRow):
        step(one)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "LINK", "url": "javascript:alert(1)"},
        {"kind": "LINK", "url": ""},
        {"kind": "FILE"},
        {"kind": "LINK", "url": "https://stadt.example/", "public": True},
        {"kind": "LINK", "url": "https://stadt.example/", "withdrawn_at": NOW},
    ],
)
def test_the_database_keeps_what_makes_no_sense_out(values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment(measure=make_measure(), title="x", **values).save_tracked(by=None)
