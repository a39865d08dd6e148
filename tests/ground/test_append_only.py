import pytest
from django.db import IntegrityError, connection, transaction

from ground.journal import Entry, record
from ground.models import Document
from masterplan.models import DueDatePromise, StatusUpdate, UpdateState
from masterplan.updating import NewState, report
from tests.builders import NOW, make_public_measure, make_unit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="the trigger is PostgreSQL's"),
]


@pytest.mark.parametrize("table", ["ground_event", "masterplan_duedatepromise"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'anders'", "DELETE FROM {}"])
def test_plain_sql_changes_neither_journal_nor_promises(table: str, statement: str) -> None:
    record(Entry(subject=make_unit(), kind="x", title="x"), by=None, at=NOW)
    make_public_measure(state={"planned_end": NOW.date()})
    assert DueDatePromise.objects.count() == 1
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE masterplan_statusupdate SET public_sentence = 'anders'", "DELETE FROM masterplan_statusupdate"],
)
def test_plain_sql_changes_no_approved_status_update_but_one_that_is_not(statement: str) -> None:
    measure = make_public_measure()
    draft = StatusUpdate.objects.create(measure=measure, state=UpdateState.DRAFT, created_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE id = %s", [draft.pk])
        assert cursor.rowcount == 1
    report(NewState(measure_id=measure.pk, public_sentence="Fertig."), by=None, now=NOW)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE ground_document SET content = 'anders'", "DELETE FROM ground_document"])
def test_plain_sql_changes_no_document(statement: str) -> None:
    Document.store(name="bericht.pdf", media_type="application/pdf", content=b"abc")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_document_that_is_not_kept_yet_is_erased_or_kept_and_then_stays() -> None:
    one, other = (Document.store(name="a.txt", media_type="text/plain", content=b"a", kept=False) for _ in range(2))
    Document.objects.filter(pk=one.pk).keep()
    Document.objects.erase()
    assert [*Document.objects.values_list("pk", "kept")] == [(one.pk, True)]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ground_document")
    assert not Document.objects.filter(pk=other.pk).exists()
