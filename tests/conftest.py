"""Tests run on fixed ground: nothing leaves this machine, mails stay in memory, tasks run where they are called."""

import os
import socket
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from accounts.access import Function
from portal.demo.filling import fill
from tests import services
from tests.builders import TODAY, appoint, make_officer, make_user
from winsen_digital.celery import app

pytest_plugins = ["tests.browsing"]
LOOPBACK = ("127.", "::1", "localhost")


class NetworkRefused(Exception):
    """A test wanted to reach another machine."""


def is_local(family, address):
    return family not in (socket.AF_INET, socket.AF_INET6) or str(address[0]).startswith(LOOPBACK)


@pytest.fixture(scope="session", autouse=True)
def refuse_the_network():
    """Replaces connect for the whole session, so that fixtures and threads are held to it as well."""
    real = socket.socket.connect

    def connect(self, address):
        if not is_local(self.family, address):
            raise NetworkRefused(address)
        return real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_settings():
    plain = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    }
    if "PYTEST_XDIST_WORKER" in os.environ:
        # One emptying a shared cache would take away what another counts in it.
        plain["CACHES"] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with override_settings(**plain):
        app.conf.task_always_eager = True
        yield


def pytest_collection_modifyitems(items):
    if not settings.REDIS_URL:
        skip = pytest.mark.skip(reason="needs PostgreSQL and Redis: script/test -m services")
        for item in items:
            if item.get_closest_marker("services"):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def worker_process(django_db_setup, django_db_blocker):
    """One real worker for all tests that want one, on the test database."""
    with django_db_blocker.unblock():
        url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(connection.settings_dict)
    with services.worker(DATABASE_URL=url) as process:
        yield process


@pytest.fixture
def live_worker(worker_process, transactional_db):
    """Tasks go through Redis to a real worker; rows are committed, so that it sees them."""
    app.conf.task_always_eager = False
    yield worker_process
    app.conf.task_always_eager = True


@pytest.fixture
def officer(client, db):
    """The Digital Officer, logged in with `client`."""
    user = make_officer()
    client.force_login(user)
    return user


@pytest.fixture
def treasurer(client, db):
    """The Kämmerei, logged in with `client`."""
    user = make_user(name="Kämmerei")
    appoint(user, Function.TREASURY)
    client.force_login(user)
    return user


@pytest.fixture
def open_folder():
    """Servers started by root work as someone else, who has to reach their folder."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def demo_database(django_db_setup, django_db_blocker):
    """The example town as of `tests.builders.TODAY`, built once for each file and gone after it.

    Tests that use it still ask for `db`: what they change themselves is undone after each of them.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        fill(today=TODAY)
        yield
        transaction.set_rollback(True)
