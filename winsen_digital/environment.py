"""Reads the settings from the environment and ends the start with one sentence where a value is wrong."""

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from environs import EnvError, FileAwareEnv

env = FileAwareEnv()


def read[T](reader: Callable[[], T], name: str, expected: str) -> T:
    """The value that `reader` finds; otherwise the process ends with a sentence that names the variable.

    The value itself is never printed: it may be a secret.
    """
    try:
        return reader()
    except (EnvError, ValueError, OSError):
        sys.exit(f"Die Einstellung {name} ist falsch: erwartet wird {expected}.")


def secret_key(folder: Path) -> str:
    """SECRET_KEY from the environment, else one drawn once and kept in `folder` for the embedded default."""
    given = read(lambda: env.str("SECRET_KEY", ""), "SECRET_KEY", "eine zufällige Zeichenkette ab 50 Zeichen")
    if given:
        if len(given) < 50:
            sys.exit("Die Einstellung SECRET_KEY ist falsch: erwartet wird eine zufällige Zeichenkette ab 50 Zeichen.")
        return given
    kept = folder / "secret_key"
    if not kept.exists():
        draft = folder / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, kept)
        except FileExistsError:
            pass  # another process of the same start was first; its key counts
        finally:
            draft.unlink()
    return kept.read_text()
