"""Short forms of dates and texts, as the report prints them."""

import re
from datetime import date, datetime

from ground import formats

NONE = "–"
MARKS = re.compile(
    r"!?\[([^\]]*)\]\([^)]*\)|^\s*(?:#+|>|[-*+]|\d+\.)\s+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", re.MULTILINE
)


def day(value: date | None, otherwise: str = NONE) -> str:
    return formats.day(value) if value else otherwise


def cut(text: str, longest: int) -> str:
    """At most so many characters; ends after a whole sentence if one ends late enough, else after a clause or a
    word with an ellipsis."""
    clean = " ".join(text.split())
    if len(clean) <= longest:
        return clean
    head = clean[: longest - 2]
    sentence = max(head.rfind(mark) for mark in (". ", "! ", "? "))
    if sentence > longest // 2:
        return head[: sentence + 1]
    clause = max(head.rfind(mark) for mark in (", ", "; ", ": ", " – "))
    whole = head[:clause] if clause > longest * 2 // 3 else head.rsplit(" ", 1)[0]
    return whole.rstrip(" ,;:–-") + f"{formats.NBSP}…"


def plain(markdown: str) -> str:
    """A text that may carry Markdown, without its marks."""
    return MARKS.sub(lambda found: found[1] or "", markdown)


def meeting_since(told: datetime | None, start: datetime | None, *, cancelled: bool) -> str:
    """What became of the meeting of which the payload tells; "" where it is as told."""
    if cancelled and start:
        return f"Die Sitzung am {formats.moment(start)} wurde abgesagt." if told else ""
    if told == start:
        return ""
    if start is None:
        return "Die Sitzung ist noch nicht wieder bestimmt."
    if told is None:
        return f"Die Sitzung ist inzwischen bestimmt: {formats.moment(start)}."
    return f"Die Sitzung hat einen neuen Termin: {formats.moment(start)}."
