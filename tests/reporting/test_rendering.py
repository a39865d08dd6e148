from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reporting import rendering, sweeping, tasks
from reporting.freezing import freeze
from reporting.models import Edition, RenderingState
from reporting.rendering import HANGS_AFTER, render
from reporting.retrying import retry
from tests.reporting.conftest import FROZEN_AT
from tests.reporting.stand_ins import PDF


@pytest.fixture
def engine(monkeypatch):
    """Stands in for WeasyPrint; `fails` makes it fail."""
    calls = {"count": 0, "fails": False}

    def write_pdf(told, proof, *, arms, on_page):
        calls["count"] += 1
        on_page(1)
        if calls["fails"]:
            raise MemoryError("zu groß")
        return PDF

    monkeypatch.setattr(rendering, "write_pdf", write_pdf)
    return calls


@pytest.fixture
def edition(world):
    return freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT).editions.get(kind="PUBLIC")


def state(edition):
    edition.refresh_from_db()
    return edition.state, edition.progress, edition.attempts


def test_a_rendering_stores_the_whole_file(edition, engine):
    document = render(edition_id=edition.pk)
    assert (bytes(document.content), document.name) == (PDF, "statusbericht-2026-h2-oeffentlichkeit.pdf")
    assert state(edition) == (RenderingState.READY, 100, 1)


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
        return PDF

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
