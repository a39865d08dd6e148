"""Makes what the pages need from node_modules: subset fonts and one stylesheet. Nothing of it is committed."""

import hashlib
import logging
from pathlib import Path

from fontTools import subset

KERN = Path("node_modules/@kern-ux/native/dist")
FONTS = {
    "FiraSans-400.woff2": ("FiraSans-Regular.woff2", 400, "normal"),
    "FiraSans-400i.woff2": ("FiraSans-Italic.woff2", 400, "italic"),
    "FiraSans-600.woff2": ("FiraSans-SemiBold.woff2", 600, "normal"),
}
"""File made → file of the design system, weight, style."""

UNICODES = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 supplement, Latin Extended-A
    *range(0x2010, 0x2028),  # dashes, quotation marks, bullet, ellipsis
    *(0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122),
    *range(0x2190, 0x219A),  # arrows
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25B2, 0x25BC, 0x2713, 0x1E9E),
]
FEATURES = ["kern", "liga", "tnum", "lnum", "ccmp", "locl", "mark", "mkmk"]


logging.getLogger("fontTools").setLevel(logging.ERROR)  # it warns of an old table in each of the three fonts


class NodeModulesMissing(Exception):
    """`npm ci` has not run in the project's folder."""


def sources(root: Path) -> list[Path]:
    """The stylesheets in the order in which they are joined: the design system first, then ours by name."""
    return [root / KERN / "kern.min.css", *sorted((root / "static/css").glob("*.css"))]


def stamp(root: Path) -> str:
    """Changes when anything that goes into the build does."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in [*sources(root), *(root / KERN / "fonts/fira-sans" / name for name, _, _ in FONTS.values())]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(root: Path, target: Path) -> bool:
    """Fills `target`; False if it was already up to date."""
    if not (root / KERN).is_dir():
        raise NodeModulesMissing
    wanted, kept = stamp(root), target / "stamp"
    if kept.exists() and kept.read_text() == wanted:
        return False
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    for made, (source, _, _) in FONTS.items():
        _subset(root / KERN / "fonts/fira-sans" / source, target / "fonts" / made)
    sheet = target / "portal.css"
    draft = sheet.with_suffix(".draft")
    draft.write_text("\n".join([_font_faces(), *(path.read_text() for path in sources(root))]))
    draft.replace(sheet)
    kept.write_text(wanted)
    return True


def _font_faces() -> str:
    return "\n".join(
        f'@font-face{{font-family:"Fira Sans";src:url("fonts/{made}") format("woff2");'
        f"font-weight:{weight};font-style:{style};font-display:swap}}"
        for made, (_, weight, style) in FONTS.items()
    )


def _subset(source: Path, target: Path) -> None:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=UNICODES)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
