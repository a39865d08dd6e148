"""The project names no other machine, no folder of the one it was written on, and nobody's registry of packages."""

import re
from pathlib import Path

import pytest

from tests.house.test_style import project_files

ROOT = Path(__file__).resolve().parents[2]
HOSTS = re.compile(r"[a-z]+://(?:[^/\s@\"']*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)
OURS = re.compile(r"(.+\.)?example|www\.w3\.org|127\.0\.0\.\d+|10\.0\.0\.\d+|sys\.stdout")
"""Examples (RFC 2606), names of XML's vocabularies, this machine, and how Python names its output."""

FOLDERS = re.compile(r"(?<![\w./$}-])/(?:home|root|work|Users)/[\w.]")
OF_A_REGISTRY = re.compile(r"--(extra-)?index-url|--find-links|\"resolved\"|://")


def foreign(text):
    hosts = [host for host in HOSTS.findall(text) if not OURS.fullmatch(host)]
    return hosts + FOLDERS.findall(text)


def text_of(path):
    content = (ROOT / path).read_bytes()
    return "" if b"\0" in content else content.decode()


def test_no_file_names_another_machine_or_a_folder_of_this_one():
    found = {path: named for path in project_files() if (named := foreign(text_of(path)))}
    found.pop("tests/house/test_origins.py", None)

    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "https://pakete.stadt.de/simple/django/",
        "git+ssh://git@forge.stadt.de/portal.git",
        "/home/erika/portal",
        'cache = "/root/.cache"',
    ],
)
def test_a_foreign_name_is_found(text):
    assert len(foreign(text)) == 1


def test_lock_files_leave_open_where_packages_come_from():
    locks = ["package-lock.json", "requirements.txt", "requirements-dev.txt", "requirements-node.txt"]

    assert [path for path in locks if OF_A_REGISTRY.search((ROOT / path).read_text())] == []


def listed(name, text):
    """The plain list below a key of the YAML file."""
    return re.findall(r"- (\S+)", re.search(rf"^( *){name}:\n((?:\1  - .*\n)+)", text, re.MULTILINE)[2])


def test_publiccode_keeps_to_the_standards_words_and_lengths():
    text = (ROOT / "publiccode.yml").read_text()
    short = re.findall(r"shortDescription: (.+)", text)
    long = re.findall(r"longDescription: \|\n((?: {6}.+\n)+)", text)

    assert listed("categories", text) == ["project-management", "data-visualization", "digital-citizenship"]
    assert listed("scope", text) == ["local-authorities"]
    assert [len(one) <= 150 for one in short] + [150 <= len(one) <= 10_000 for one in long] == [True] * 4
