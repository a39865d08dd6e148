"""`manage.py import_measures FILE`: takes a list of measures over, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from masterplan.importing.applying import ImportReasonMissing, ListHasErrors, PreviewOvertaken, import_table
from masterplan.importing.checking import CellError
from masterplan.importing.columns import COLUMNS
from masterplan.importing.comparing import plan_import
from masterplan.importing.known import known_to
from masterplan.importing.mapping import Mapping, faults, guess, unknown_headings
from masterplan.importing.plan import ImportPlan, PlannedRow, Verdict
from masterplan.importing.reading import read_table
from masterplan.importing.table import MAX_BYTES, TOO_LARGE, Table, UnreadableFile


class Command(BaseCommand):
    help = "Liest eine Liste von Maßnahmen ein (CSV oder XLSX): alles oder nichts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="zeigt jede Änderung, schreibt nichts")
        parser.add_argument("--reason", default="", help="Grund, wenn sich veröffentlichte oder beschlossene ändern")
        parser.add_argument(
            "--ignore", metavar="SPALTE", action="append", default=[], help="Spalte der Datei, die nicht gelesen wird"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        table = self._table(options["file"])
        mapping = _mapping(table, options["ignore"])
        try:
            if options["dry_run"]:
                today = timezone.localdate()
                plan = plan_import(table, mapping, known_to(None, today), today=today)
                if plan.errors:
                    raise ListHasErrors(plan.errors)
            else:
                plan = import_table(table, mapping, reason=options["reason"], by=None)
        except ListHasErrors as refused:
            raise CommandError(_sentences([str(error) for error in refused.errors])) from None
        except ImportReasonMissing:
            raise CommandError(
                "Die Liste ändert den Stand veröffentlichter oder beschlossener Maßnahmen. Das braucht einen Grund: "
                '--reason "…". Nichts wurde geschrieben.'
            ) from None
        except PreviewOvertaken:
            raise CommandError(
                "Jemand hat zur selben Zeit Maßnahmen geändert. Nichts wurde geschrieben; bitte noch einmal einlesen."
            ) from None
        self._tell(plan, options["dry_run"])

    def _table(self, path: Path) -> Table:
        try:
            if path.stat().st_size > MAX_BYTES:
                raise CommandError(f"{path.name}: {TOO_LARGE}")
            return read_table(path.read_bytes(), name=path.name)
        except OSError:
            raise CommandError(f"Die Datei {path} gibt es nicht, oder sie lässt sich nicht lesen.") from None
        except UnreadableFile as unreadable:
            raise CommandError(f"{path.name}: {unreadable}") from None

    def _tell(self, plan: ImportPlan, dry_run: bool) -> None:
        for field in plan.new_fields:
            self.stdout.write(f"Neues Handlungsfeld: {field.code} {field.title}")
        for hint in (row.hint for row in plan.rows if row.hint):
            self.stdout.write(hint)
        for row in plan.changes:
            for line in _lines(row, everything=dry_run):
                self.stdout.write(line)
        counts = plan.counts
        self.stdout.write(
            f"{'Probelauf, nichts geschrieben: ' if dry_run else ''}{counts[Verdict.NEW]} neu, "
            f"{counts[Verdict.CHANGED]} geändert, {counts[Verdict.UNCHANGED]} unverändert, "
            f"{len(plan.new_fields)} neue Handlungsfelder"
        )


def _mapping(table: Table, ignored: list[str]) -> Mapping:
    mapping = tuple("" if name in ignored else key for name, key in zip(table.header, guess(table), strict=True))
    found = faults(mapping)
    if found:
        raise CommandError(_sentences([str(CellError(table.header_line, "Kopfzeile", fault)) for fault in found]))
    known = ", ".join(column.label for column in COLUMNS)
    unknown = [
        f"Zeile {table.header_line}, Spalte „{name}“: Diese Spalte ist nicht bekannt oder durch eine andere belegt. "
        f'Bekannt sind: {known}. Soll sie nicht gelesen werden: --ignore "{name}".'
        for name in unknown_headings(table, mapping)
        if name not in ignored
    ]
    if unknown:
        raise CommandError(_sentences(unknown))
    return mapping


def _sentences(sentences: list[str]) -> str:
    return "\n".join([*sentences, f"{len(sentences)} Fehler, nichts wurde geschrieben."])


def _lines(row: PlannedRow, *, everything: bool) -> list[str]:
    """One line per change; what an empty cell takes away is told in any case."""
    name = f"{row.measure.number} {row.measure.title}"
    if row.verdict == Verdict.NEW:
        return [f"neu: {name}"] if everything else []
    return [
        f"geändert: {name}: {one.label}: {one.before or 'leer'} → {one.after or 'leer'}"
        for one in row.differences
        if everything or one.cleared
    ]
