"""Text that no spreadsheet runs as a formula, and the way back.

Source: OWASP, CSV Injection. Apostrophes in front do not change whether a text is dangerous, so that one of them can
be put before every dangerous text and taken away again without a loss.
"""

import re

DANGEROUS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r])")


def harmless(text: str) -> str:
    """For a cell of a text file."""
    return f"'{text}" if DANGEROUS.match(text) else text


def harmless_string(text: str) -> str:
    """For a cell that is stored as a string and so never runs; keeps only `as_meant` from taking an apostrophe."""
    return f"'{text}" if text.startswith("'") and DANGEROUS.match(text) else text


def as_meant(text: str) -> str:
    """Undoes `harmless` and `harmless_string`."""
    return text[1:] if text.startswith("'") and DANGEROUS.match(text) else text
