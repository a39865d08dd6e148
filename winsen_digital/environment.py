"""Reads the settings from the environment and ends the start with one sentence where a value is wrong."""

import os
import re
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Never
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from environs import EnvError, FileAwareEnv

env = FileAwareEnv(strip_whitespace=True)

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
LOOPBACK_NAMES = {"127.0.0.1", "localhost", "::1"}
HOST = re.compile(r"\*|\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\]")
MAIL_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}
KEY = "eine zufällige Zeichenkette ab 50 Zeichen"


def refuse(name: str, expected: str, what: str = "ist falsch") -> Never:
    """Ends the start. The value itself is never printed: it may be a secret."""
    sys.exit(f"Die Einstellung {name} {what}: erwartet wird {expected}.")


def read[T](name: str, reader: Callable[[str], T], default: T, expected: str) -> T:
    """What `reader` makes of the variable `name` (or of the file that `name`_FILE names); unset or empty: `default`."""
    try:
        if not env.str(name, ""):
            return default
    except (EnvError, ValueError, OSError):
        refuse(f"{name}_FILE", "der Pfad einer lesbaren Textdatei")
    try:
        return reader(name)
    except (EnvError, ValueError):
        refuse(name, expected)


def address(name: str, *schemes: str) -> SplitResult:
    parts = urlsplit(env.str(name))
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
        raise ValueError
    return parts


def port(name: str) -> int:
    number = env.int(name)
    if not 0 < number < 65536:
        raise ValueError
    return number


def count(name: str) -> int:
    number = env.int(name)
    if number < 0:
        raise ValueError
    return number


def origin(name: str) -> str:
    """Scheme, host and port, without a closing slash; nothing may follow."""
    parts = address(name, "http", "https")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError
    return f"{parts.scheme}://{parts.netloc}"


def hosts(name: str) -> list[str]:
    given = [host.strip() for host in env.str(name).split(",")]
    if not all(HOST.fullmatch(host) for host in given):
        raise ValueError
    return given


def database(name: str) -> dict[str, Any]:
    if urlsplit(env.str(name)).scheme not in ("postgres", "postgresql", "sqlite"):
        raise ValueError
    found: dict[str, Any] = env.dj_db_url(name, conn_health_checks=True)
    if not found["NAME"]:
        raise ValueError
    return found


def redis(name: str) -> str:
    parts = address(name, "redis", "rediss")
    int(parts.path.strip("/") or 0)
    return parts.geturl()


def next_database(url: str) -> str:
    """Of the same Redis: the cache beside the queue, so that emptying the one leaves the other."""
    parts = urlsplit(url)
    return parts._replace(path=f"/{int(parts.path.strip('/') or 0) + 1}").geturl()


def issuer(name: str) -> str:
    parts = address(name, "https", "http")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK_NAMES:
        raise ValueError
    return parts.geturl()


def origins(url: str) -> list[str]:
    """For the Content-Security-Policy: the origin of `url`, if there is one."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if url else []


def dsn(name: str) -> str:
    from sentry_sdk.utils import Dsn  # see ground.logs.report_errors

    return str(Dsn(env.str(name)))


def mail(name: str) -> dict[str, Any]:
    """smtp:// is plain, submission:// uses STARTTLS, smtps:// TLS from the start; `?from=` names the sender."""
    parts = address(name, *MAIL_PORTS)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.path.strip("/") or (sender and not re.fullmatch(r"[^@\s]+@[^@\s]+", sender)):
        raise ValueError
    options = {
        "host": parts.hostname,
        "port": parts.port or MAIL_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "submission",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 20,
    }
    return {"mailer": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}, "sender": sender}


def mailbox(name: str) -> dict[str, Any]:
    """The path names the folder, INBOX by default; imap:// without TLS is for this machine only."""
    parts = address(name, "imaps", "imap")
    if parts.query or not parts.username or (parts.scheme == "imap" and parts.hostname not in LOOPBACK_NAMES):
        raise ValueError
    folder = unquote(parts.path.strip("/"))
    if re.search(r'["\\\x00-\x1f]', folder) or not folder.isascii():
        raise ValueError
    return {
        "host": parts.hostname,
        "port": parts.port or (993 if parts.scheme == "imaps" else 143),
        "username": unquote(parts.username),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "imaps",
        "folder": folder or "INBOX",
    }


def key(name: str) -> str:
    given = env.str(name)
    if len(given) < 50:
        raise ValueError
    return given


def kept_key(folder: Path) -> str:
    """The embedded default's SECRET_KEY: drawn once and kept in `folder`."""
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


def secret_key(folder: Path, site_url: str) -> str:
    """A portal that others can reach needs a key of its own, which all its processes share."""
    given = read("SECRET_KEY", key, "", KEY)
    if not given and urlsplit(site_url).hostname not in LOOPBACK_NAMES:
        refuse("SECRET_KEY", KEY, "fehlt")
    return given or kept_key(folder)


def all_or_none(*names: str, expected: str) -> None:
    given = [name for name in names if env.str(name, "")]
    if given and len(given) < len(names):
        missing = next(name for name in names if name not in given)
        refuse(missing, expected, "fehlt")
