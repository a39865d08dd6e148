from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from council.models import Committee
from ground.halfyears import HalfYear
from reporting.models import Report
from reporting.opening import NoCommittee, open_report
from reporting.releasing import release
from tests.builders import make_committee
from tests.reporting.conftest import H2


def test_a_half_year_has_one_report_however_often_it_is_opened(world):
    again = open_report(period=H2, by=world.officer)
    assert (again, Report.objects.count()) == (world.report, 1)


def test_a_report_is_opened_at_the_moment_that_is_given(world):
    moment = datetime(2027, 1, 4, 9, tzinfo=UTC)
    report = open_report(period=H2.next(), committee=world.committee, by=world.officer, now=moment)
    report.refresh_from_db()
    assert report.opened_at == moment


def test_a_released_report_does_not_vanish_behind_one_of_another_committee(world, snapshot):
    release(report_id=world.report.pk, by=world.head)
    Committee.objects.update(receives_reports=False)
    make_committee(world.committee.term, name="Ausschuss für Zukunft")
    assert open_report(period=H2, by=world.officer) == world.report
    with pytest.raises(IntegrityError), transaction.atomic():
        Report(year=H2.year, half=H2.half, committee=Committee.objects.latest("pk")).save_tracked(by=None)


def test_a_half_year_without_a_receiving_committee_has_no_report(world):
    with pytest.raises(NoCommittee):
        open_report(period=HalfYear(2032, 1), by=world.officer)
