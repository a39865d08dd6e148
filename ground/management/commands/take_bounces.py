"""`manage.py take_bounces [FOLDER]`: records returned mails, one from stdin or all of a Maildir or mbox."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ground.posting.returning import take_return


class Command(BaseCommand):
    help = "Verzeichnet zurückgekommene Mails: eine aus der Standardeingabe oder alle eines Maildir oder einer mbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="FOLDER", type=Path, nargs="?", help="Maildir oder mbox, nur gelesen")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        taken = [mail for raw in letters(options["folder"]) if (mail := take_return(raw, now=now))]
        self.stdout.write(f"Zurückgekommen und verzeichnet: {len(taken)}")


def letters(folder: Path | None) -> Iterable[bytes]:
    if folder is None:
        return [sys.stdin.buffer.read()]
    if folder.is_dir():
        return (letter.as_bytes() for letter in mailbox.Maildir(folder, create=False))
    if folder.is_file():
        return (letter.as_bytes() for letter in mailbox.mbox(folder, create=False))
    raise CommandError(f"{folder} ist weder ein Maildir noch eine mbox.")
