"""The portal is for any town: only the example data and what tells of this project name one."""

from pathlib import Path

from tests.house.test_style import project_files

ROOT = Path(__file__).resolve().parents[2]
NAME = "winsen"
PACKAGE = "winsen_digital"
"""The settings package bears the project's name, not a town's."""

MAY_NAME_IT = ("portal/demo/", "winsen_digital/")


def test_no_code_and_no_template_names_a_town():
    sources = project_files("*.py", "*.html", "*.css", "*.js", "*.svg", "*.po")
    naming = [
        path
        for path in sources
        if not path.startswith((*MAY_NAME_IT, "tests/", "benchmarks/"))
        and NAME in (ROOT / path).read_text().lower().replace(PACKAGE, "")
    ]

    assert naming == []


def test_the_example_data_do_name_one():
    assert "Winsen" in (ROOT / "portal/demo/town.py").read_text()
