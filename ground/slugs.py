"""Addresses made from German titles."""

import re
from collections.abc import Collection

from django.utils.text import slugify

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})


def slug_of(title: str, *, taken: Collection[str], suffix: str, longest: int = 100) -> str:
    """For "Schöne Straße" schoene-strasse; with `suffix` where that is taken or nothing is left of the title."""
    words = re.sub(r"[^\w\s-]+", " ", title.translate(GERMAN))
    slug = slugify(words)[:longest].strip("-")
    if slug and slug not in taken:
        return slug
    numbered = "-".join(part for part in (slug, slugify(suffix.translate(GERMAN))) if part)
    candidate, turn = numbered, 2
    while candidate in taken:
        candidate, turn = f"{numbered}-{turn}", turn + 1
    return candidate
