"""The import contracts hold, and each fails when someone breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["winsen_digital", "portal", "reporting", "masterplan", "strategy", "council", "accounts", "ground"]

BREACHES = {
    "floors": [
        ("ground/journal.py", "from masterplan import models"),
        ("council/meetings.py", "def late():\n    import strategy.models"),
        ("accounts/names.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import portal"),
    ],
    "public-pages": [
        ("masterplan/public_views.py", "from masterplan.models import Measure"),
        ("portal/public_urls.py", "from portal import views"),
        ("portal/public_views/start.py", "from ground.models import Town"),
        ("masterplan/public_rows.py", "from masterplan.models import Measure"),
    ],
    "rules": [
        ("masterplan/rules.py", "from django.utils import timezone"),
        ("masterplan/rules/phases.py", "from masterplan.models import Measure"),
    ],
    "public": [
        ("strategy/public.py", "from strategy.forms import GoalForm"),
        ("masterplan/public/measures.py", "from masterplan.updating import approve"),
    ],
    "rooms-below-pages": [
        ("council/models.py", "from council.views import show"),
        ("masterplan/importing.py", "from masterplan.forms import UploadForm"),
    ],
    "report-data": [
        ("reporting/compare.py", "from django.db import models"),
        ("reporting/context.py", "from masterplan.models import Measure"),
    ],
    "link-pages": [
        ("masterplan/link_views.py", "from masterplan.models import Measure"),
        ("masterplan/link_views.py", "from masterplan.views import show"),
    ],
    "weasyprint": [("reporting/rendering.py", "import weasyprint")],
    "tasks": [("reporting/tasks.py", "from reporting.models import Report")],
}

INNOCENT = {
    "masterplan/models.py": "import masterplan.rules",
    "masterplan/rules.py": "from datetime import date",
    "masterplan/public.py": "import masterplan.models",
    "masterplan/public_views.py": "import masterplan.public",
    "masterplan/updating.py": "import masterplan.models",
    "masterplan/tasks.py": "import masterplan.updating",
    "masterplan/link_views.py": "import masterplan.forms, masterplan.updating",
    "ground/documents/pdf.py": "import weasyprint",
    "portal/views.py": "import masterplan.forms",
    "masterplan/forms.py": "import masterplan.models",
    "masterplan/views.py": "",
}


def lint(folder, *arguments):
    """Runs the project's own contracts over the packages in `folder`."""
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", ROOT / "pyproject.toml", "--no-cache", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )


def plant(house, path, source):
    target = house / path
    target.parent.mkdir(parents=True, exist_ok=True)
    for folder in Path(path).parents[:-1]:
        (house / folder / "__init__.py").touch()
    target.write_text(source)


@pytest.fixture
def house(tmp_path):
    for floor in FLOORS:
        for room in ("models", "forms", "views"):
            plant(tmp_path, f"{floor}/{room}.py", "")
    return tmp_path


def test_this_house_keeps_its_contracts():
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout


def test_a_house_in_order_keeps_all_contracts(house):
    for path, source in INNOCENT.items():
        plant(house, path, source)

    result = lint(house)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("contract", "path", "source"),
    [(contract, *breach) for contract, breaches in BREACHES.items() for breach in breaches],
)
def test_a_breach_is_found(house, contract, path, source):
    for room in ("importing", "updating"):
        plant(house, f"masterplan/{room}.py", "")
    plant(house, path, source)

    result = lint(house, "--contract", contract)

    assert (result.returncode, "1 broken" in result.stdout) == (1, True), result.stdout + result.stderr
