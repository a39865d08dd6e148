from collections.abc import Callable

import pytest
from django.db import transaction

from ground.journal import Entry, record
from ground.models import AppendOnly, Document, Event, PublicVersion
from tests.builders import NOW, make_officer, make_unit

pytestmark = pytest.mark.django_db


def test_an_entry_names_author_time_and_subject() -> None:
    officer, unit = make_officer(), make_unit()
    record(Entry(subject=unit, kind="unit.renamed", title="Umbenannt", before="A", after="B"), by=officer, at=NOW)
    event = Event.objects.about(unit).get()
    assert (event.occurred_at, event.author, event.title, event.before, event.after, event.public) == (
        NOW,
        officer,
        "Umbenannt",
        "A",
        "B",
        False,
    )


def test_a_long_value_is_cut_and_the_reason_is_kept_whole() -> None:
    unit = make_unit()
    record(Entry(subject=unit, kind="x", title="x", after="a" * 999, reason="b" * 999), by=None, at=NOW)
    event = Event.objects.get()
    assert (len(event.after), len(event.reason)) == (240, 999)


def test_the_journal_tells_only_of_the_rows_asked_for() -> None:
    one, other = make_unit("Eine"), make_unit("Andere")
    record(Entry(subject=one, kind="x", title="x"), Entry(subject=other, kind="x", title="y"), by=None, at=NOW)
    assert [event.title for event in Event.objects.about(other)] == ["y"]


@pytest.mark.django_db(transaction=True)
def test_the_public_version_rises_only_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError):
        PublicVersion.raise_()
    before = PublicVersion.current().number
    with transaction.atomic():
        PublicVersion.raise_()
    assert PublicVersion.current().number == before + 1


def test_a_stored_document_knows_its_hash() -> None:
    document = Document.store(name="bericht.pdf", media_type="application/pdf", content=b"abc")
    assert (document.size, document.sha256) == (
        3,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )


@pytest.mark.parametrize(
    "attempt",
    [
        lambda document: document.save(),
        lambda document: document.delete(),
        lambda document: Document.objects.update(content=b"anders"),
        lambda document: Document.objects.all().delete(),
        lambda document: Document.objects.bulk_update([document], ["content"]),
    ],
)
def test_a_stored_document_never_changes(attempt: Callable[[Document], object]) -> None:
    document = Document.store(name="bericht.pdf", media_type="application/pdf", content=b"abc")
    with pytest.raises(AppendOnly):
        attempt(document)
    assert bytes(Document.objects.get().content) == b"abc"
