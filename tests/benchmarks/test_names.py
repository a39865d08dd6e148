"""script/bench finds each benchmark by its name."""

import subprocess
import sys

import pytest

from benchmarks import __main__ as bench


def test_each_module_with_a_main_is_a_benchmark():
    assert bench.known() == ["importing", "pages", "reports", "table"]


@pytest.mark.parametrize(
    ("wanted", "ran"),
    [
        ([], ["benchmarks.importing", "benchmarks.pages", "benchmarks.reports", "benchmarks.table"]),
        (["pages"], ["benchmarks.pages"]),
    ],
)
def test_the_named_run_or_else_all(monkeypatch, wanted, ran):
    commands = []

    def record(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("subprocess.run", record)

    assert bench.main(wanted) == 0
    assert commands == [[sys.executable, "-m", name] for name in ran]


def test_a_missed_limit_fails_the_run_but_not_the_others(monkeypatch):
    codes = iter([0, 1, 0, 0])
    monkeypatch.setattr("subprocess.run", lambda command, **options: subprocess.CompletedProcess(command, next(codes)))

    assert (bench.main([]), list(codes)) == (1, [])


def test_an_unknown_name_ends_with_one_sentence():
    with pytest.raises(SystemExit) as end:
        bench.main(["pages", "seiten"])

    assert end.value.code == "Unbekannt: seiten. Es gibt: importing, pages, reports, table."
