"""The processes themselves, as they run on one machine and as the container file runs them."""

import contextlib
import http.server
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import services

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


@pytest.fixture
def open_folder():
    """Servers started by root work as someone else, who has to reach their folder."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def environment(**given):
    kept = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
    }
    return kept | {"PORT": str(services.free_port())} | given


def fetch(address, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
            return answer.status, dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers)


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


def test_a_second_start_is_quick(clone):
    with server(clone) as running:
        running.address()
        running.end()

    assert running.took < 10, "5 seconds on a machine that does nothing else"


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


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers like the portal: public pages may be kept, and those with a cookie say so too by mistake."""

    seen: list[str] = []
    forwarded: list[str | None] = []

    def do_GET(self):
        self.seen.append(self.path)
        self.forwarded.append(self.headers["X-Forwarded-For"])
        self.send_response(200)
        self.send_header("Cache-Control", "no-cache" if "frisch" in self.path else "public, max-age=60")
        if "cookie" in self.path:
            self.send_header("Set-Cookie", "sessionid=1")
        self.end_headers()
        self.wfile.write(b"Moin")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def proxy(open_folder):
    """nginx with the project's own configuration, its names and folders moved to this machine's loopback."""
    if not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        pytest.skip("nginx is not on this machine")
    Upstream.seen, Upstream.forwarded = [], []
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = services.free_port()
    text = (ROOT / "deploy/nginx.conf").read_text()
    moved = {"web:8000": f"127.0.0.1:{upstream.server_port}", "listen 8080": f"listen 127.0.0.1:{port}"}
    for name, here in {"/tmp/": f"{open_folder}/", **moved}.items():
        text = text.replace(name, here)
    (open_folder / "nginx.conf").write_text(text)
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    command = [nginx, "-e", "stderr", "-c", open_folder / "nginx.conf", "-g", "daemon off;"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with services.running(command) as process:
        services.wait_until(lambda: services.listens(port), process, "nginx")
        yield f"http://127.0.0.1:{port}"
    upstream.shutdown()


@pytest.mark.parametrize(
    ("path", "headers", "requests"),
    [
        ("/massnahmen/", {}, 1),
        ("/massnahmen/?seite=2", {}, 1),
        ("/massnahmen/", {"Cookie": "sessionid=abc"}, 2),
        ("/massnahmen/?cookie", {}, 2),
        ("/frisch/", {}, 2),
        ("/anmelden/", {}, 2),
        ("/arbeitsbereich/", {}, 2),
        ("/gremien/sitzung/", {}, 2),
        ("/verwaltung/", {}, 2),
        ("/health/ready", {}, 2),
    ],
)
def test_the_proxy_keeps_public_pages_only(proxy, path, headers, requests):
    fetch(proxy + path, **headers)
    fetch(proxy + path, **headers)

    assert Upstream.seen == [path] * requests


def test_the_proxy_appends_the_address_that_it_saw(proxy):
    fetch(f"{proxy}/anmelden/", **{"X-Forwarded-For": "198.51.100.7"})

    assert Upstream.forwarded == ["198.51.100.7, 127.0.0.1"]
