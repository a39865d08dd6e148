"""axe-core and widths in a page, light and dark; and the Nu HTML checker over many pages at once."""

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
NARROW, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}

AT_REST = """() => {
    const still = new CSSStyleSheet();
    still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }');
    document.adoptedStyleSheets.push(still);
}"""
"""A colour on its way from light to dark has the contrast of neither."""

RUN_AXE = """async rules => {
    const found = await axe.run(document, {resultTypes: ['violations'], ...rules});
    const seen = node => [node.html.slice(0, 160), node.any.concat(node.all, node.none).map(one => one.message)[0]];
    return found.violations.map(rule => [rule.id, rule.help, rule.nodes.slice(0, 3).map(seen)]);
}"""
COLOURS = {"runOnly": ["color-contrast"]}
"""The only rule for which dark differs from light."""


@cache
def axe_source():
    return AXE.read_text()


def axe_findings(page, **rules):
    """A sentence for each rule of axe that an element breaks."""
    return [
        f"axe {rule}: {sentence}; {html} ({why})"
        for rule, sentence, nodes in page.evaluate(RUN_AXE, rules)
        for html, why in nodes
    ]


def sideways_findings(page):
    width = page.evaluate("document.scrollingElement.scrollWidth")
    return [f"{width} px wide where the window has {NARROW['width']}"] if width > NARROW["width"] else []


def page_findings(page):
    """What is wrong at 320 and 1280 px, light and dark; each finding once. Leaves the page as it was."""
    before, found = page.viewport_size, {}
    page.evaluate(axe_source())
    page.evaluate(AT_REST)
    for size in (NARROW, DESK):
        page.set_viewport_size(size)
        for scheme, rules in (("dark", COLOURS), ("light", {})):
            page.emulate_media(color_scheme=scheme)
            for one in axe_findings(page, **rules):
                found.setdefault(one, f"{one} at {size['width']} px, {scheme}")
        if size is NARROW:
            found |= {one: one for one in sideways_findings(page)}
    page.set_viewport_size(before)
    return list(found.values())


def markup_findings(pages):
    """By name the errors that the Nu checker finds in pages, which are HTML by name; one Java process for all."""
    if not pages:
        return {}
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
    found = {}
    for one in json.loads(checked.stderr or '{"messages": []}')["messages"]:
        if one["type"] == "error":
            name = names[re.search(r"[^/]+$", one["url"])[0]]
            found.setdefault(name, []).append(f"Nu: {one['message']} {one.get('extract', '')[:120]!r}")
    return found


def told(found):
    """All findings as one text: each once, with the first page it was seen on and how many more there are."""
    pages = {}
    for name, sentences in found.items():
        for sentence in sentences:
            pages.setdefault(sentence, []).append(name)
    return "\n".join(f"{one} – on {where[0]} and {len(where) - 1} more" for one, where in sorted(pages.items()))
