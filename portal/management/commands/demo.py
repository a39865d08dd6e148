from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.demo import people
from portal.demo.filling import DatabaseNotEmpty, fill


class Command(BaseCommand):
    help = "Füllt eine leere Datenbank mit Beispieldaten; an einer Datenbank mit Inhalt ändert der Befehl nichts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="Tag, auf den sich die Beispieldaten beziehen (JJJJ-MM-TT); ohne Angabe der heutige.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fill(today=options["today"] or timezone.localdate())
        except DatabaseNotEmpty:
            self.stdout.write("Die Datenbank ist nicht leer; es wurde nichts geändert.")
            return
        self.stdout.write(f"Beispieldaten angelegt. Passwort aller Konten: {people.PASSWORD}")
        for mailbox, name, *_ in people.ACCOUNTS:
            self.stdout.write(f"  {mailbox}@{people.DOMAIN} ({name})")
