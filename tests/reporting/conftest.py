"""One town with three measures, one of each visibility, and one rendered report for all tests of a file's inside."""

import html
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client

from accounts.access import Function, Role
from ground.halfyears import HalfYear
from ground.static_build import build
from masterplan.models import Basis, Visibility
from masterplan.resolving import resolve
from reporting.freezing import freeze
from reporting.opening import open_report
from tests.builders import (
    NOW,
    appoint,
    make_committee,
    make_field,
    make_measure,
    make_meeting,
    make_officer,
    make_term,
    make_town,
    make_user,
)
from tests.reporting.stand_ins import make_files

H2 = HalfYear(2026, 2)
FROZEN_AT = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="accounts.backends.RoleBackend")
    return client


def words(answer):
    return html.unescape(answer.content.decode())


@pytest.fixture(scope="session", autouse=True)
def fonts():
    build(settings.BASE_DIR, settings.BUILD_DIR)


@dataclass
class World:
    officer: object
    head: object
    committee: object
    report: object


@pytest.fixture
def world(db) -> World:
    make_town()
    committee = make_committee(make_term(start=date(2021, 11, 1)))
    meeting = make_meeting(committee, datetime(2026, 12, 8, 17, 30, tzinfo=UTC))
    officer, head = make_officer(), make_user(Role.ADMINISTRATION)
    appoint(head, Function.ADMINISTRATION_HEAD)
    field = make_field()
    state = {"phase": "IN_PROGRESS", "health": "ON_TRACK", "planned_end": date(2027, 6, 30)}
    make_measure("Sichtbare Sache", field=field, visibility=Visibility.PUBLIC, state=state)
    internal = make_measure("Interne Sache", field=field, state=state)
    resolve(measure_ids=[internal.pk], on=date(2026, 1, 1), body="Rat", basis=Basis.PLAN, by=None, now=NOW)
    make_measure("Ungezeigter Vorschlag", field=field, state=state)
    report = open_report(period=H2, meeting=meeting, by=officer, now=NOW)
    return World(officer, head, committee, report)


@pytest.fixture
def confidential(world):
    return make_measure("Geheime Sache", visibility=Visibility.CONFIDENTIAL, state={"planned_end": date(2027, 1, 1)})


@pytest.fixture
def officer(world):
    return signed_in(world.officer)


@pytest.fixture
def snapshot(world, confidential):
    made = freeze(report_id=world.report.pk, by=world.officer, now=FROZEN_AT)
    make_files(made)
    return made
