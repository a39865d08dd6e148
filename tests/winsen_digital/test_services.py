"""The production kind of house: PostgreSQL, Redis and a worker in a process of its own."""

import pytest
from django.core.cache import cache
from django.db import connection

from winsen_digital.celery import app

pytestmark = pytest.mark.services


@pytest.mark.django_db
def test_the_portal_is_ready_on_postgresql_and_redis(client):
    assert (connection.vendor, client.get("/health/ready").json()) == ("postgresql", {"status": "ok"})


def test_the_cache_is_shared_through_redis():
    cache.set("greeting", "Moin", 30)

    assert (type(cache._cache).__name__, cache.get("greeting")) == ("RedisCacheClient", "Moin")


def test_a_worker_answers_through_the_broker(live_worker):
    assert [list(answer.values()) for answer in app.control.ping(timeout=20, limit=1)] == [[{"ok": "pong"}]]


def test_a_worker_knows_the_same_tasks_as_the_web_process(live_worker):
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}

    (registered,) = app.control.inspect(timeout=20, limit=1).registered().values()

    assert set(registered) == ours
