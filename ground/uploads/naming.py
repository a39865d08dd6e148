"""File names as people send them, made into names and nothing else."""

import re
import unicodedata

LONGEST = 120
FORBIDDEN = re.compile(r'[<>:"|?*#%]+')
"""What no file system or address takes as it stands."""


def without_path(name: str) -> str:
    """The last part, on one line: without folders, and without signs that steer or turn what is shown."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    return " ".join(visible.split())


def suffix_of(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return suffix.strip().lower() if dot and stem else ""


def safe(shown: str, suffix: str) -> str:
    """At most 120 signs, with its suffix in small letters."""
    stem = FORBIDDEN.sub("-", shown[: -len(suffix) - 1]).strip(". ")[: LONGEST - len(suffix) - 1].rstrip(". ")
    return f"{stem or 'dokument'}.{suffix}"
