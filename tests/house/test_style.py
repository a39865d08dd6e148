"""What the house style says and a machine can see."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("winsen_digital", "portal", "reporting", "masterplan", "strategy", "council", "accounts", "ground")
LINE_LIMITS = {"winsen_digital/settings.py": 250}
BANNED_NAMES = {"utils", "helpers", "common", "manager", "managers", "misc"}
IN_TEMPLATES = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "safe filter": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx attribute without data-": re.compile(r"\shx-[a-z]", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
}
INLINE_STYLE_IS_FINE = ("templates/report/", "templates/documents/")


def project_files(*patterns):
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


def template_findings(source):
    return [what for what, pattern in IN_TEMPLATES.items() if pattern.search(source)]


def test_files_stay_under_300_lines():
    too_long = {
        path: lines
        for path in project_files("*.py", "*.html", "*.js", "script/*")
        if "/migrations/" not in path and (lines := (ROOT / path).read_text().count("\n")) >= LINE_LIMITS.get(path, 300)
    }

    assert too_long == {}


def test_functions_stay_under_30_lines_below_their_signature():
    too_long = {
        f"{path}:{node.lineno} {node.name}": length
        for path in project_files("*.py")
        if path.startswith(FLOORS) and "/migrations/" not in path
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := node.end_lineno - node.body[0].lineno + 1) >= 30
    }

    assert too_long == {}


def test_template_lines_stay_under_160_characters():
    """Django's template tags end where their line ends, so a line that is one tag may be longer."""
    too_long = [
        f"{path}:{number}"
        for path in project_files("*.html")
        for number, line in enumerate((ROOT / path).read_text().splitlines(), start=1)
        if len(line) > 160 and not re.fullmatch(r"\s*{%(?:(?!%}).)*%}", line)
    ]

    assert too_long == []


def test_no_module_is_named_for_nothing():
    assert [path for path in project_files("*.py") if Path(path).stem in BANNED_NAMES] == []


def test_templates_keep_to_the_content_security_policy():
    found = {
        path: findings
        for path in project_files("*.html")
        if not path.startswith(INLINE_STYLE_IS_FINE) and (findings := template_findings((ROOT / path).read_text()))
    }

    assert found == {}


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ('<p style="color: red">', "style attribute"),
        ("{{ text|safe }}", "safe filter"),
        ("{% autoescape off %}", "safe filter"),
        ("<script>alert(1)</script>", "inline script"),
        ('<button onclick="go()">', "event attribute"),
        ('<form hx-post="/">', "htmx attribute without data-"),
        ("<style>p {}</style>", "inline style sheet"),
    ],
)
def test_a_template_that_breaks_the_policy_is_found(source, finding):
    assert template_findings(source) == [finding]


@pytest.mark.parametrize(
    "source", ['<script src="/static/x.js" defer></script>', '<form data-hx-post="/">', "{{ text|safer }}"]
)
def test_a_template_that_keeps_the_policy_is_left_alone(source):
    assert template_findings(source) == []
