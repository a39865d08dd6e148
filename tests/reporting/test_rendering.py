from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from ground.documents import Pdf
from reporting import rendering, sweeping, tasks
from reporting.drafting import ask_for_draft
from reporting.freezing import freeze
from reporting.models import Draft, Edition, EditionKind, RenderingState
from reporting.models.rendering import RenderingQuerySet
from reporting.opening import ReportNotOpen
from reporting.rendering import HANGS_AFTER, render, render_draft
from reporting.retrying import retry
from tests.reporting.conftest import FROZEN_AT
from tests.reporting.stand_ins import PDF


@pytest.fixture
def engine(monkeypatch):
    """Stands in for WeasyPrint; `fails` makes it fail."""
    calls = {"count": 0, "fails": False, "proofs": []}

    def write_pdf(told, proof, *, arms, on_page):
        calls["proofs"].append(proof)
        calls["count"] += 1
        on_page(1)
        if calls["fails"]:
            raise MemoryError("zu groß")
        return Pdf(PDF, 3)

    monkeypatch.setattr(rendering, "write_pdf", write_pdf)
    return calls


@pytest.fixture
def edition(world):
    return freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT).editions.get(kind="PUBLIC")


@pytest.fixture
def draft(world):
    return ask_for_draft(report_id=world.report.pk, kind=EditionKind.COUNCIL, by=world.officer, now=FROZEN_AT)


def state(row):
    row.refresh_from_db()
    return row.state, row.progress, row.attempts


def test_a_rendering_stores_the_whole_file(edition, engine):
    document = render(edition_id=edition.pk)
    assert (bytes(document.content), document.name) == (PDF, "statusbericht-2026-h2-oeffentlichkeit.pdf")
    assert (state(edition), edition.pages) == ((RenderingState.READY, 100, 1), 3)


def test_freezing_sends_each_edition_to_a_worker(world, engine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        snapshot = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    assert set(snapshot.editions.values_list("state", flat=True)) == {"READY"}


def test_what_is_done_is_not_rendered_again(edition, engine):
    tasks.render_edition.delay(edition.pk)
    tasks.render_edition.delay(edition.pk)
    assert (engine["count"], state(edition)) == (1, (RenderingState.READY, 100, 1))


def test_what_another_worker_has_is_left_to_it(edition, engine):
    Edition.claim(edition.pk, hanging_since=timezone.now() - HANGS_AFTER)
    assert render(edition_id=edition.pk) is None
    assert engine["count"] == 0


def test_a_failure_is_visible_with_its_reason_and_leaves_no_file(edition, engine):
    engine["fails"] = True
    assert render(edition_id=edition.pk) is None
    assert state(edition)[0] == RenderingState.FAILED
    assert (edition.error, edition.document) == ("MemoryError: zu groß", None)


def test_a_failed_rendering_is_taken_up_again_by_hand(world, edition, engine, django_capture_on_commit_callbacks):
    engine["fails"] = True
    render(edition_id=edition.pk)
    engine["fails"] = False
    with django_capture_on_commit_callbacks(execute=True):
        assert retry(edition_id=edition.pk, by=world.officer)
    assert state(edition) == (RenderingState.READY, 100, 2)


def test_what_has_not_failed_is_not_tried_again(world, edition):
    assert retry(edition_id=edition.pk, by=world.officer) is False


def test_a_killed_rendering_is_taken_up_again_by_the_sweep(edition, engine):
    killed_at = timezone.now() - HANGS_AFTER - timedelta(seconds=1)
    Edition.claim(edition.pk, hanging_since=killed_at, now=killed_at)
    tasks.sweep_renderings.delay()
    assert state(edition) == (RenderingState.READY, 100, 2)


def test_the_sweep_leaves_what_is_being_rendered(edition):
    Edition.claim(edition.pk, hanging_since=timezone.now() - HANGS_AFTER)
    assert edition.pk not in sweeping.due_editions(now=timezone.now())


def test_what_is_killed_again_and_again_is_left_to_a_person(edition):
    long_ago = timezone.now() - timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(
        state=RenderingState.RENDERING, attempts=sweeping.MOST_ATTEMPTS, claimed_at=long_ago
    )
    assert edition.pk not in sweeping.due_editions(now=timezone.now())
    assert state(edition)[0] == RenderingState.FAILED


def test_a_worker_taken_for_dead_stores_nothing(edition, engine, monkeypatch):
    def overtaken(told, proof, *, arms, on_page):
        Edition.objects.filter(pk=edition.pk).update(attempts=7)
        return Pdf(PDF, 3)

    monkeypatch.setattr(rendering, "write_pdf", overtaken)
    assert render(edition_id=edition.pk) is None
    assert state(edition)[0] == RenderingState.RENDERING


def test_an_altered_payload_is_not_rendered(edition, engine):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE reporting_edition SET payload = '{}' WHERE id = %s", [edition.pk])
    assert render(edition_id=edition.pk) is None
    edition.refresh_from_db()
    assert (engine["count"], edition.state, edition.error[:15]) == (0, RenderingState.FAILED, "PayloadAltered:")


def test_a_draft_is_made_by_a_worker_without_a_proof(world, engine, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        draft = ask_for_draft(report_id=world.report.pk, kind=EditionKind.PUBLIC, by=world.officer)
    assert (state(draft), bytes(draft.content), draft.pages) == ((RenderingState.READY, 100, 1), PDF, 3)
    assert (draft.name, engine["proofs"]) == ("entwurf-statusbericht-2026-h2-oeffentlichkeit.pdf", [None])


def test_a_new_draft_replaces_the_one_before(world, draft, engine):
    render_draft(draft_id=draft.pk)
    again = ask_for_draft(report_id=world.report.pk, kind=EditionKind.COUNCIL, by=world.officer)
    assert [(one.pk, one.state, one.content) for one in Draft.objects.all()] == [(again.pk, "WAITING", None)]


def test_a_draft_that_is_being_made_is_left_to_finish(world, draft):
    assert ask_for_draft(report_id=world.report.pk, kind=EditionKind.COUNCIL, by=world.officer) == draft


def test_a_draft_deleted_at_the_moment_of_its_claim_is_left(draft, monkeypatch):
    def gone(rows, **values):
        won = QuerySet.update(rows, **values)
        Draft.objects.all().delete()
        return won

    monkeypatch.setattr(RenderingQuerySet, "update", gone, raising=False)
    assert Draft.claim(draft.pk, hanging_since=FROZEN_AT) is None


def test_a_failed_draft_says_why_and_is_asked_for_again(world, draft, engine):
    engine["fails"] = True
    assert render_draft(draft_id=draft.pk) is False
    assert (state(draft)[0], draft.error) == (RenderingState.FAILED, "MemoryError: zu groß")
    ask_for_draft(report_id=world.report.pk, kind=EditionKind.COUNCIL, by=world.officer)
    assert [one.state for one in Draft.objects.all()] == [RenderingState.WAITING]


def test_a_killed_draft_is_taken_up_again_by_the_sweep(draft, engine):
    killed_at = timezone.now() - HANGS_AFTER - timedelta(seconds=1)
    Draft.claim(draft.pk, hanging_since=killed_at, now=killed_at)
    tasks.sweep_renderings.delay()
    assert state(draft) == (RenderingState.READY, 100, 2)


def test_a_draft_removed_while_it_was_made_is_not_brought_back(world, draft, monkeypatch):
    def frozen_meanwhile(told, proof, *, arms, on_page):
        freeze(report_id=world.report.pk, by=world.officer)
        return Pdf(PDF, 3)

    monkeypatch.setattr(rendering, "write_pdf", frozen_meanwhile)
    assert (render_draft(draft_id=draft.pk), Draft.objects.count()) == (False, 0)


def test_a_frozen_report_has_no_draft(world, draft):
    freeze(report_id=world.report.pk, by=world.officer)
    with pytest.raises(ReportNotOpen):
        ask_for_draft(report_id=world.report.pk, kind=EditionKind.COUNCIL, by=world.officer)
    assert Draft.objects.count() == 0
