from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ground.formats import day
from ground.halfyears import HalfYear, NotAHalfYear
from reporting.models import Report
from reporting.opening import NoCommittee, open_report


class Command(BaseCommand):
    help = "Legt den Statusbericht eines Halbjahres an, zum Beispiel: open_report 2026-H2"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", metavar="HALBJAHR", help="wie 2026-H2")

    def handle(self, *args: Any, **options: Any) -> None:
        period = period_of(options["period"])
        known = Report.objects.of(period).exists()
        try:
            report = open_report(period=period, by=None)
        except NoCommittee:
            raise CommandError(
                f"Am {day(period.end)} gibt es kein Gremium, das den Statusbericht erhält. "
                "Tragen Sie unter /verwaltung/ bei einem Gremium der Wahlperiode „erhält den Statusbericht“ ein."
            ) from None
        said = "gibt es schon" if known else "ist angelegt"
        self.stdout.write(f"Der Bericht für das {report.period.label} {said} ({report.committee.name}).")


def period_of(text: str) -> HalfYear:
    try:
        return HalfYear.parse(text)
    except NotAHalfYear:
        raise CommandError(f"„{text}“ ist kein Halbjahr. Erwartet wird zum Beispiel 2026-H2.") from None
