"""Rows a second of an import: all new, read again unchanged, and all changed.

Runs in a database of its own, in memory or beside the configured one, and leaves nothing.
"""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta

import django
from django.test.utils import get_runner

SIZES = (100, 500, 1_000, 2_000)
HEAD = "Handlungsfeld;Nr;Titel;Beschreibung;Ziel;Phase;Bewertung;Fortschritt;Beginn;Ende"


def table(rows: int, turn: int) -> bytes:
    """`turn` makes every text and every state another one."""
    lines = [HEAD]
    for row in range(rows):
        start = date(2026, 1, 1) + timedelta(days=row % 300 + turn)
        phase = ("geplant", "in Umsetzung")[turn % 2]
        lines.append(
            f"Handlungsfeld {chr(65 + row % 10) * 12};{row // 10 + 1};Maßnahme {row} in Fassung {turn};"
            f"{'Worum es dabei geht, steht in einigen Sätzen. ' * 5}{turn};Ein Ziel;{phase};"
            f"im Plan;{(row + turn) % 100};"
            f"{start:%d.%m.%Y};{start + timedelta(days=365):%d.%m.%Y}"
        )
    return "\r\n".join(lines).encode()


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure(rows: int) -> dict[str, float]:
    from django.db import transaction

    from masterplan.importing.applying import import_table
    from masterplan.importing.mapping import guess
    from masterplan.importing.reading import read_table

    def read_in(turn: int) -> None:
        content = read_table(table(rows, turn))
        import_table(content, guess(content), by=None)

    with transaction.atomic():
        found = {
            "new": seconds(lambda: read_in(0)),
            "unchanged": seconds(lambda: read_in(0)),
            "changed": seconds(lambda: read_in(1)),
        }
        transaction.set_rollback(True)
    return found


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winsen_digital.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        print(f"rows    on {connection.vendor:<12} seconds   rows/s")
        for rows in SIZES:
            for kind, taken in measure(rows).items():
                print(f"{rows:>5,}   {kind:<15} {taken:>8.2f} {rows / taken:>8,.0f}")
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
