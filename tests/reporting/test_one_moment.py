"""All editions of a Fassung tell the same, whoever edits while they are collected."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from masterplan.models import Measure
from masterplan.planning import edit_measure
from reporting import freezing, payload
from reporting.collect import collect
from reporting.freezing import correct, freeze
from reporting.models import Report

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def elsewhere(act):
    """On a connection of its own, committed before the caller goes on."""

    def run():
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result(timeout=30)


@pytest.fixture
def edited_meanwhile(world, monkeypatch):
    """Someone else gives the public measure another title as soon as one edition is collected."""
    measure = Measure.objects.get(title="Sichtbare Sache")

    def rename():
        values = {"title": "Umbenannt"}
        if not Measure.objects.filter(**values).exists():
            edit_measure(measure_id=measure.pk, values=values, expected_version=None, by=world.officer)

    def collect_and_be_edited(*args, **options):
        told = collect(*args, **options)
        elsewhere(rename)
        return told

    monkeypatch.setattr(freezing, "collect", collect_and_be_edited)


def public_titles(snapshot):
    """Of the measure that both editions tell of."""
    return {
        edition.kind: payload.from_json(edition.payload).measures[0].title
        for edition in snapshot.editions.exclude(kind="CONFIDENTIAL_ANNEX")
    }


def test_an_edit_while_a_report_is_frozen_is_in_no_edition(world, edited_meanwhile):
    snapshot = freeze(report_id=world.report.pk, by=world.officer)
    assert public_titles(snapshot) == {"COUNCIL": "Sichtbare Sache", "PUBLIC": "Sichtbare Sache"}
    assert Measure.objects.filter(title="Umbenannt").exists()


def test_an_edit_while_a_report_is_corrected_is_in_no_edition(world, request):
    freeze(report_id=world.report.pk, by=world.officer)
    request.getfixturevalue("edited_meanwhile")
    version = Report.objects.get().version
    snapshot = correct(report_id=world.report.pk, reason="Zahl", expected_version=version, by=world.officer)
    assert public_titles(snapshot) == {"COUNCIL": "Sichtbare Sache", "PUBLIC": "Sichtbare Sache"}
