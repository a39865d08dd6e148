from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ground.documents import FontsMissing
from reporting.document import arms_of_today, write_pdf
from reporting.drafting import told_by_draft
from reporting.management.commands.open_report import period_of
from reporting.models import Edition, EditionKind, Report
from reporting.rendering import written

EDITIONS = {
    "council": EditionKind.COUNCIL,
    "public": EditionKind.PUBLIC,
    "annex": EditionKind.CONFIDENTIAL_ANNEX,
}


class Command(BaseCommand):
    help = "Schreibt einen Statusbericht als PDF; solange er nicht eingefroren ist, als Entwurf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", metavar="HALBJAHR", help="wie 2026-H2")
        parser.add_argument("--edition", choices=EDITIONS, default="council")
        parser.add_argument("--output", metavar="DATEI", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        period, kind, output = period_of(options["period"]), EDITIONS[options["edition"]], options["output"]
        if not output.parent.is_dir():
            raise CommandError(f"Den Ordner {output.parent} gibt es nicht.")
        report = Report.objects.of(period).select_related("committee", "meeting").first()
        if report is None:
            raise CommandError(
                f"Für das {period.label} gibt es keinen Bericht. Legen Sie ihn an: manage.py open_report {period}"
            )
        try:
            content, said = _content(report, kind)
        except FontsMissing:
            raise CommandError("Die Schriften fehlen. Bauen Sie sie zuerst: manage.py build_static") from None
        output.write_bytes(content)
        self.stdout.write(f"{output}: {kind.label}, {period.label}, {said}.")


def _content(report: Report, kind: EditionKind) -> tuple[bytes, str]:
    """From the newest Fassung; the stored file where there is one."""
    if report.is_open:
        told = told_by_draft(report, kind, timezone.now())
        return write_pdf(told, None, arms=arms_of_today()).content, "Entwurf, noch nicht eingefroren"
    newest = report.snapshots.order_by("-fassung")[0]
    edition = Edition.objects.filter(snapshot=newest, kind=kind).select_related("snapshot__arms", "document").first()
    if edition is None:
        raise CommandError(f"Die {newest.fassung}. Fassung hat keine Ausgabe „{kind.label}“.")
    content = bytes(edition.document.content) if edition.document else written(edition).content
    return content, f"{newest.fassung}. Fassung, Prüfcode {newest.code}"
