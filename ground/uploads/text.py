"""Plain text: UTF-8 without control signs, and nothing that a program would take for markup or a script."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NO_PLAIN_TEXT = ("<!doctype", "<html", "<?xml", "<?php", "<svg", "<script", "#!", "%!ps", "{\\rtf", "mime-version:")


def is_text(content: bytes) -> bool:
    text = _decoded(content)
    return text is not None and not text[:200].lstrip().lower().startswith(NO_PLAIN_TEXT)


def is_other_encoding(content: bytes) -> bool:
    """Perhaps text, but not in UTF-8."""
    return _decoded(content) is None


def _decoded(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if CONTROL.search(text) else text
