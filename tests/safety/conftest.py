"""The example town with what must never be seen from outside, made once for each file."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from ground.static_build import build
from tests.safety.world import add_what_is_hidden


@pytest.fixture(scope="session", autouse=True)
def fonts():
    """Drafts of reports are made on request and need the files that script/server builds."""
    build(settings.BASE_DIR, settings.BUILD_DIR)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=io.StringIO())
        yield add_what_is_hidden()
        transaction.set_rollback(True)
