"""PostgreSQL, Redis and a worker of our own, on free ports of this machine, in a folder that is gone afterwards.

`python -m tests.services COMMAND …` runs the command with DATABASE_URL and REDIS_URL pointing to them.
"""

import contextlib
import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class ServiceMissing(Exception):
    """A service did not start, or its program is not on this machine."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name):
    """The newest PostgreSQL lies off the path on Debian."""
    found = shutil.which(name) or next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)
    if not found:
        raise ServiceMissing(name)
    return found


def someone():
    """PostgreSQL refuses root; then it runs as the account that the system has for it, or as nobody."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise ServiceMissing("an account other than root")


def wait_until(answers, process, what, seconds=20):
    deadline = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServiceMissing(what)
        time.sleep(0.05)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def running(command, *, stop_by=signal.SIGTERM, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.send_signal(stop_by)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def postgresql(folder):
    """Yields the DATABASE_URL of a fresh server that skips what only matters after a power failure."""
    password, port, data = secrets.token_hex(8), free_port(), folder / "postgresql"
    data.mkdir(mode=0o700)
    (folder / "password").write_text(password)
    who = someone()
    if who:
        folder.chmod(0o711)
        shutil.chown(data, who["user"], who["group"])
        (folder / "password").chmod(0o644)
    subprocess.run(
        [
            *(program("initdb"), "-D", data, "-U", "portal", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            *("--auth=scram-sha-256", f"--pwfile={folder / 'password'}"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=data,
        **who,
    )
    options = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "max_connections": 60,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "log_min_messages": "fatal",
    }
    switches = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with running(
        [program("postgres"), "-D", data, *switches],
        stop_by=signal.SIGINT,
        cwd=data,
        stderr=subprocess.DEVNULL,
        **who,
    ) as process:
        url = f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
        wait_until(lambda: accepts_queries(url), process, "postgres")
        yield url


def accepts_queries(url):
    import psycopg2

    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


@contextlib.contextmanager
def redis(folder):
    port = free_port()
    command = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    with running(command, stdout=subprocess.DEVNULL) as process:
        wait_until(lambda: listens(port), process, "redis-server")
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def worker(**environment):
    """A Celery worker that has said it is ready. `environment` names its database and broker."""
    command = [sys.executable, "-m", "celery", "-A", "winsen_digital", "worker", "--concurrency=1", "--loglevel=INFO"]
    with (
        tempfile.TemporaryFile("w+") as log,
        running(command, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log) as process,
    ):
        wait_until(lambda: " ready." in Path(f"/proc/self/fd/{log.fileno()}").read_text(), process, "worker", 60)
        yield process


def main(command):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-services-")))
        environment = {
            "DATABASE_URL": stack.enter_context(postgresql(folder)),
            "REDIS_URL": stack.enter_context(redis(folder)),
        }
        with contextlib.suppress(KeyboardInterrupt):
            return subprocess.run(command, env={**os.environ, **environment}).returncode
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
