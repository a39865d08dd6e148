"""Turns the bytes of a file into a table. What a file is, its content says, not its name."""

import puremagic

from masterplan.importing.table import MAX_BYTES, TOO_LARGE, Table, UnreadableFile
from masterplan.importing.text_file import read_text
from masterplan.importing.workbook import BROKEN, read_workbook

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXPECTED = "Erwartet wird eine Tabelle als .xlsx oder CSV."
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class UnreadableText(UnreadableFile):
    """Read as CSV because nothing else was recognised."""


def read_table(content: bytes, *, name: str = "") -> Table:
    """Raises UnreadableFile, whose message is a German sentence; it speaks of Excel where the `name` does."""
    try:
        return _read(content)
    except UnreadableText as unreadable:
        if name.casefold().endswith(".xlsx") and content.strip():
            raise UnreadableFile(BROKEN) from unreadable
        raise


def _read(content: bytes) -> Table:
    if len(content) > MAX_BYTES:
        raise UnreadableFile(TOO_LARGE)
    if content.startswith((ZIP, EMPTY_ZIP)):
        return read_workbook(content)
    if content.startswith(OLD_OFFICE):
        raise UnreadableFile(
            "Das ist eine Excel-Datei im alten Format (.xls) oder mit Kennwort. Speichern Sie sie als .xlsx."
        )
    if content.startswith(b"%PDF-"):
        raise UnreadableFile(f"Das ist ein PDF. {EXPECTED}")
    if b"\0" in content and not content.startswith(UTF_16_MARKS) and (kind := _kind(content)):
        raise UnreadableFile(f"Das ist eine Datei der Art {kind}. {EXPECTED}")
    try:
        return read_text(content)
    except UnreadableFile as unreadable:
        raise UnreadableText(str(unreadable)) from unreadable


def _kind(content: bytes) -> str:
    """PNG, JPEG …; nothing where the bytes are of no known kind."""
    try:
        return puremagic.from_string(content[:4096]).removeprefix(".").upper()
    except (puremagic.PureError, ValueError):
        return ""
