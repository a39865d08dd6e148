"""Workers in processes of their own: through Redis, through files, killed in the middle; and two who freeze at once."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection, connections

from reporting.freezing import ReportAlreadyFrozen, freeze
from reporting.models import Edition, EditionKind, RenderingState, Snapshot
from reporting.rendering import HANGS_AFTER
from reporting.tasks import render_edition
from tests import services
from tests.builders import make_public_measures

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def database_url():
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(connection.settings_dict)


def wait_for(edition, *states, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        edition.refresh_from_db()
        if edition.state in states:
            return edition.state
        time.sleep(0.02)
    raise AssertionError(f"still {edition.state}: {edition.error}")


@pytest.fixture
def edition(world, monkeypatch):
    """Of the public, frozen and waiting; nobody was sent for it yet."""
    monkeypatch.setattr(render_edition, "delay", lambda edition_id: None)
    snapshot = freeze(report_id=world.report.pk, by=world.officer)
    monkeypatch.undo()
    return snapshot.editions.get(kind=EditionKind.PUBLIC)


def test_two_who_freeze_at_once_make_one_snapshot(world):
    begin = Barrier(2)

    def run(_):
        try:
            begin.wait(timeout=30)
            return freeze(report_id=world.report.pk, by=world.officer).fassung
        except ReportAlreadyFrozen:
            return "frozen already"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(map(str, threads.map(run, range(2)))) == ["1", "frozen already"]
    assert Snapshot.objects.count() == 1


def test_a_worker_renders_through_redis(edition, live_worker):
    render_edition.delay(edition.pk)
    assert wait_for(edition, RenderingState.READY, RenderingState.FAILED) == RenderingState.READY
    assert bytes(edition.document.content[:5]) == b"%PDF-"


def send(call, environment):
    """From a process that knows the same broker as the worker."""
    source = f"import django; django.setup(); from reporting import tasks; tasks.{call}"
    known = {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "winsen_digital.settings"}
    subprocess.run([sys.executable, "-c", source], cwd=settings.BASE_DIR, env=known, check=True)


@pytest.mark.prove
def test_a_worker_renders_through_files(edition):
    alone = {"DATABASE_URL": database_url(), "REDIS_URL": ""}
    with services.worker(**alone):
        send(f"render_edition.delay({edition.pk})", alone)
        assert wait_for(edition, RenderingState.READY, RenderingState.FAILED) == RenderingState.READY


def kill_with_children(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(signal.SIGSTOP)
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    process.kill()
    process.wait()


@pytest.mark.prove
def test_a_worker_killed_while_rendering_is_replaced_by_the_sweep(world, monkeypatch):
    make_public_measures(6, description="Ein längerer Text. " * 60)
    monkeypatch.setattr(render_edition, "delay", lambda edition_id: None)
    edition = freeze(report_id=world.report.pk, by=world.officer).editions.get(kind=EditionKind.PUBLIC)
    alone = {"DATABASE_URL": database_url(), "REDIS_URL": re.sub(r"/\d+$", "/5", settings.REDIS_URL)}
    with services.worker(**alone) as first:
        send(f"render_edition.delay({edition.pk})", alone)
        wait_for(edition, RenderingState.RENDERING)
        kill_with_children(first)
    edition.refresh_from_db()
    assert (edition.state, edition.document) == (RenderingState.RENDERING, None)
    lifeless = edition.claimed_at - HANGS_AFTER - timedelta(seconds=1)
    Edition.objects.filter(pk=edition.pk).update(claimed_at=lifeless)
    with services.worker(**alone):
        send("sweep_renderings.delay()", alone)
        wait_for(edition, RenderingState.READY, RenderingState.FAILED)
    assert (edition.state, edition.attempts) == (RenderingState.READY, 2)
