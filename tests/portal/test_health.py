"""Whether the process lives asks nothing; whether it can serve asks all it needs."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def answer(client, address):
    response = client.get(address)
    return response.status_code, response.json()


def test_live_touches_no_database(client):
    assert answer(client, "/health/live") == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_all_is_there(client):
    assert answer(client, "/health/ready") == (200, {"status": "ok"})


def test_not_ready_without_database(client, monkeypatch):
    def refuse():
        raise OperationalError("secret host 10.0.0.1 refused")

    monkeypatch.setattr(connection, "cursor", refuse)

    assert answer(client, "/health/ready") == (503, {"status": "unavailable", "missing": "database"})


@pytest.mark.django_db
def test_not_ready_before_the_migrations(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])

    assert answer(client, "/health/ready") == (503, {"status": "unavailable", "missing": "migrations"})


@pytest.mark.django_db
def test_not_ready_without_redis_where_it_is_configured(client, settings):
    settings.REDIS_URL = "redis://:geheim@127.0.0.1:1/0"

    assert answer(client, "/health/ready") == (503, {"status": "unavailable", "missing": "redis"})


@pytest.mark.django_db
def test_health_sets_no_cookie(client):
    client.get("/health/live")
    client.get("/health/ready")

    assert dict(client.cookies) == {}
