"""Seconds per report against WeasyPrint alone on the same HTML, and the peak memory of a process that makes one.

Runs alternate, so that other work on the machine weighs on both alike; the least of the runs counts.
"""

import os
import resource
import subprocess
import sys

import django

SIZES = (24, 126, 400)
LIMIT = 1.15


def peak_memory(count: int) -> int:
    """MB of a fresh process that writes one report."""
    ran = subprocess.run([sys.executable, "-m", "benchmarks.reports", str(count)], capture_output=True, check=True)
    return int(ran.stdout.split()[-1])


def main() -> bool:
    """False where a report costs more than LIMIT times WeasyPrint alone."""
    set_up()
    from benchmarks.report_runs import measured

    kept = True
    for count in SIZES:
        ours, alone = measured(count)
        kept &= ours <= LIMIT * alone
        print(
            f"report of {count:3} measures: {ours:6.1f} s, WeasyPrint alone {alone:6.1f} s, "
            f"ratio {ours / alone:.2f} (at most {LIMIT}), {peak_memory(count)} MB"
        )
    return kept


def write_one(count: int) -> None:
    set_up()
    from benchmarks import report_runs

    report_runs.write_one(count)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "winsen_digital.settings")
    django.setup()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_one(int(sys.argv[1]))
    else:
        sys.exit(0 if main() else 1)
