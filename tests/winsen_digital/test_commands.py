"""The processes themselves, as they run on one machine and as the container file runs them."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests import services
from tests.fetching import fetch

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"Das Portal läuft: (\S+)")

pytestmark = pytest.mark.prove


def copy_of_the_project(folder):
    """What a fresh clone holds, with the packages that are installed already."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for path in listed.stdout.splitlines():
        if (ROOT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, folder / path)
    for installed in (".venv", "node_modules"):
        (folder / installed).symlink_to((ROOT / installed).resolve())
    return folder


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    return copy_of_the_project(tmp_path_factory.mktemp("clone"))


def environment(**given):
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
    }
    return kept | {"PORT": str(services.free_port())} | given


def group_members(group):
    return [
        entry.name
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _group_of(entry) == group and "Z" not in _stat(entry)[:1]
    ]


def _stat(entry):
    with contextlib.suppress(OSError):
        return (entry / "stat").read_text().rpartition(")")[2].split()
    return ["Z", "0", "0"]


def _group_of(entry):
    return int(_stat(entry)[2])


def hear_ctrl_c():
    """Whoever runs the tests in the background has it ignored, and a shell cannot take that back."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Server:
    """script/server in a process group of its own, as a terminal starts it."""

    def __init__(self, folder, **given):
        self.started = time.monotonic()
        self.log = folder / f"server-{self.started}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["script/server"],
                cwd=folder,
                env=environment(**given),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=hear_ctrl_c,
            )

    def address(self):
        """Waits until the address is printed."""
        while not (found := SENTENCE.search(self.log.read_text())):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - self.started < 300, self.log.read_text()
            time.sleep(0.05)
        self.took = time.monotonic() - self.started
        return found[1]

    def children(self, command):
        listed = subprocess.run(["pgrep", "-g", str(self.process.pid), "-f", command], capture_output=True)
        return [int(number) for number in listed.stdout.split()]

    def end(self, how=signal.SIGINT):
        """As Ctrl-C does: the signal goes to the whole group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, how)
        return self.process.wait(timeout=60)


@contextlib.contextmanager
def server(folder, **given):
    running = Server(folder, **given)
    try:
        yield running
    finally:
        running.end()


def test_the_portal_starts_serves_the_demo_and_ends_without_a_trace(clone):
    with server(clone) as running:
        address = running.address()
        answers = [fetch(f"{address}/{page}")[0] for page in ("", "massnahmen/", "health/ready", "anmelden/")]
        code = running.end()

    assert (answers, code, group_members(running.process.pid)) == ([200, 200, 200, 200], 0, [])


def test_a_second_start_makes_nothing_anew(clone):
    for _ in range(2):
        with server(clone) as running:
            running.address()
            running.end()

    assert [line for line in running.log.read_text().splitlines() if line.startswith("·")] == []


def test_a_port_in_use_is_said_in_one_sentence(clone):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        running = Server(clone, PORT=str(port))
        code = running.process.wait(timeout=30)

    assert (code, running.log.read_text()) == (
        1,
        f"Port {port} ist schon belegt; mit PORT=8001 script/server nimmt das Portal einen anderen.\n",
    )


def test_a_process_that_dies_takes_the_others_along(clone):
    with server(clone) as running:
        running.address()
        os.kill(running.children("celery .* beat ")[0], signal.SIGKILL)
        code = running.process.wait(timeout=60)

    assert code == 1
    assert (
        "Der Prozess „scheduler“ hat sich beendet (Code 137); darum enden auch die anderen." in running.log.read_text()
    )
    assert group_members(running.process.pid) == []


def test_the_same_processes_run_on_postgresql_and_redis(clone, open_folder):
    with (
        services.postgresql(open_folder) as database,
        services.redis(open_folder) as redis,
        server(clone, DATABASE_URL=database, REDIS_URL=redis) as running,
    ):
        address = running.address()
        answers = [fetch(f"{address}/{page}")[0] for page in ("health/ready", "", "massnahmen/")]

    assert answers == [200, 200, 200]
