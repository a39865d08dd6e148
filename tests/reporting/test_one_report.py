"""Databases in which two committees had a report of the same half-year do not lose one of them without a word."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("reporting", "0005_report_may_be_returned"), ("reporting", "0006_one_report_a_half_year")


def to(migration):
    executor = MigrationExecutor(connection)
    return executor.migrate([migration]).apps


@pytest.mark.django_db(transaction=True)
def test_two_reports_of_one_half_year_stop_the_migration_by_name():
    apps = to(BEFORE)
    term = apps.get_model("council", "LegislativeTerm").objects.create(
        name="2021 bis 2026", start_date="2021-11-01", end_date="2026-10-31"
    )
    committees = apps.get_model("council", "Committee").objects
    reports = apps.get_model("reporting", "Report").objects
    for name in ("Hauptausschuss", "Bauausschuss"):
        reports.create(year=2026, half=2, committee=committees.create(term=term, name=name, short_name=name))
    with pytest.raises(Exception, match=r"2026-H2 \(2 Berichte\)"):
        to(AFTER)
    reports.filter(committee__name="Bauausschuss").delete()
    to(AFTER)
