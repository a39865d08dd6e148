"""Runs the benchmarks that are named, or all: `python -m benchmarks pages reports`.

Each module here that has a `main` is one. It runs in a process of its own; a code other than 0 says that a limit was
missed.
"""

import ast
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent


def known() -> list[str]:
    """Read from the source: some of the modules can be imported only after Django is set up."""
    return [path.stem for path in sorted(FOLDER.glob("[!_]*.py")) if _has_main(path)]


def _has_main(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in ast.parse(path.read_text()).body)


def run(names: Sequence[str]) -> int:
    """The number of benchmarks that failed; the others run all the same."""
    failed = 0
    for name in names:
        print(f"# {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=FOLDER.parent).returncode != 0
    return failed


def main(wanted: Sequence[str]) -> int:
    unknown = [name for name in wanted if name not in known()]
    if unknown:
        sys.exit(f"Unbekannt: {', '.join(unknown)}. Es gibt: {', '.join(known())}.")
    return min(run(wanted or known()), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
