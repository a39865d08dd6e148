"""Tests run on fixed ground: nothing leaves this machine, mails stay in memory, tasks run where they are called."""

import socket

import pytest
from django.conf import settings

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
def plain_settings(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("media"))
        patch.setattr(settings, "CELERY_TASK_ALWAYS_EAGER", True, raising=False)
        patch.setattr(
            settings,
            "STORAGES",
            {
                **settings.STORAGES,
                "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
            },
        )
        yield
