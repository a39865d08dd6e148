"""What a document may show beside its text: files of the project, never an address from outside."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ground import symbols

SCHEME = "asset:"
SYMBOL = re.compile(r"symbol/(?P<name>[a-z-]+)/(?P<colour>[0-9a-f]{6})")


@dataclass(frozen=True)
class Asset:
    content: bytes
    media_type: str


class FontsMissing(Exception):
    """`manage.py build_static` has not run."""


@lru_cache
def fonts(folder: Path) -> dict[str, Asset]:
    """The portal's own fonts by file name, so that a document looks the same on every machine."""
    found = {path.name: Asset(path.read_bytes(), "font/woff2") for path in sorted(folder.glob("*.woff2"))}
    if not found:
        raise FontsMissing(folder)
    return found


def symbol(name: str, colour: str) -> Asset:
    """A status symbol as a picture; `colour` is six hexadecimal digits."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<path fill="#{colour}" fill-rule="evenodd" d="{symbols.path(name)}"/></svg>'
    )
    return Asset(drawing.encode(), "image/svg+xml")
