"""axe-core in a page, and the Nu HTML checker over many pages at once."""

import json
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
NU = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"


@cache
def axe_source():
    return AXE.read_text()


def axe_findings(page):
    """A sentence for each rule of axe that an element breaks."""
    page.evaluate(axe_source())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"axe {broken['id']} on {page.url}: {broken['help']}; {node['html'][:160]}"
        for broken in found["violations"]
        for node in broken["nodes"][:3]
    ]


def markup_findings(pages):
    """Errors that the Nu checker finds in the pages, which are HTML by name; one Java process for all."""
    if not pages:
        return []
    java = shutil.which("java")
    assert java, "The Nu checker needs a Java runtime."
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            file = Path(folder) / f"{number:04d}.html"
            file.write_text(html)
            names[file.name] = name
        checked = subprocess.run(
            [java, "-Xmx512m", "-jar", NU, "--errors-only", "--format", "json", "--exit-zero-always", folder],
            capture_output=True,
            text=True,
            check=True,
        )
    messages = json.loads(checked.stderr or '{"messages": []}')["messages"]
    return [
        f"Nu on {names[re.search(r'[^/]+$', one['url'])[0]]}: {one['message']} {one.get('extract', '')[:120]!r}"
        for one in messages
        if one["type"] == "error"
    ]
