"""Debian's nginx with the project's own configuration, before a stand-in for the portal."""

import http.server
import os
import shutil
import socketserver
import struct
import subprocess
import threading
import time

import pytest
from django.conf import settings

from tests import services
from tests.fetching import fetch

pytestmark = pytest.mark.prove


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers like the portal: public pages may be kept, and those with a cookie say so too by mistake."""

    seen: list[str] = []
    forwarded: list[str | None] = []
    status = 200
    caching = "public, max-age=60"

    def do_GET(self):
        self.seen.append(self.path)
        self.forwarded.append(self.headers["X-Forwarded-For"])
        self.send_response(self.status)
        if self.status == 200:
            self.send_header("Cache-Control", "no-cache" if "frisch" in self.path else self.caching)
        self.send_header("X-Address", self.server.server_address[0])
        if "cookie" in self.path:
            self.send_header("Set-Cookie", "sessionid=1")
        self.end_headers()
        self.wfile.write(b"Moin")

    def log_message(self, *arguments):
        pass


class NameService(socketserver.BaseRequestHandler):
    """Answers every question for a name with one address of this machine."""

    address = "127.0.0.1"

    def handle(self):
        question, socket = self.request
        head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, 1, 0, 0)
        asked = question[12 : question.index(0, 12) + 5]
        found = struct.pack(">HHHLH", 0xC00C, 1, 1, 1, 4) + bytes(int(part) for part in self.address.split("."))
        socket.sendto(head + asked + found, self.client_address)


def serve(server):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def upstreams(monkeypatch):
    """Two web processes at one port of two addresses of this machine, and a name service that names the first."""
    for name, value in {"seen": [], "forwarded": [], "status": 200, "caching": Upstream.caching}.items():
        monkeypatch.setattr(Upstream, name, value)
    monkeypatch.setattr(NameService, "address", "127.0.0.1")
    port = services.free_port()
    servers = [
        serve(http.server.ThreadingHTTPServer(("127.0.0.1", port), Upstream)),
        serve(http.server.ThreadingHTTPServer(("127.0.0.2", port), Upstream)),
        serve(socketserver.UDPServer(("127.0.0.1", 0), NameService)),
    ]
    yield port, servers[2].server_address[1]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def proxy(open_folder, upstreams):
    """The configuration with its names and folders moved to this machine's loopback."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx, "script/prove installs nginx"
    web, names = upstreams
    port = services.free_port()
    text = (settings.BASE_DIR / "deploy/nginx.conf").read_text()
    moved = {
        "/tmp/": f"{open_folder}/",
        "set $web web:8000": f"set $web web:{web}",
        "resolver 127.0.0.11 valid=10s": f"resolver 127.0.0.1:{names} valid=1s",
        "listen 8080": f"listen 127.0.0.1:{port}",
    }
    for name, here in moved.items():
        assert name in text
        text = text.replace(name, here)
    (open_folder / "nginx.conf").write_text(text)
    command = [nginx, "-e", "stderr", "-c", open_folder / "nginx.conf", "-g", "daemon off;"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with services.running(command) as process:
        services.wait_until(lambda: services.listens(port), process, "nginx")
        yield f"http://127.0.0.1:{port}"


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


def answers_until(wanted, ask, seconds=20):
    """Each answer of the proxy, once, until the one that is waited for."""
    seen, deadline = [], time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < deadline:
        answer = ask()
        if answer not in seen:
            seen.append(answer)
        time.sleep(0.05)
    return seen


def test_a_page_that_became_confidential_is_gone_with_its_time(proxy, monkeypatch):
    monkeypatch.setattr(Upstream, "caching", "public, max-age=1, stale-while-revalidate=1, stale-if-error=60")
    fetch(f"{proxy}/massnahmen/intern/")
    monkeypatch.setattr(Upstream, "status", 404)

    assert answers_until(404, lambda: fetch(f"{proxy}/massnahmen/intern/")[0]) == [200, 404]


def test_a_failing_portal_does_not_keep_old_pages_alive(proxy, monkeypatch):
    monkeypatch.setattr(Upstream, "caching", "public, max-age=1, stale-while-revalidate=1, stale-if-error=3")
    fetch(f"{proxy}/massnahmen/")
    monkeypatch.setattr(Upstream, "status", 500)
    started = time.monotonic()

    assert answers_until(500, lambda: fetch(f"{proxy}/massnahmen/")[0]) == [200, 500]
    assert time.monotonic() - started > 2


def test_the_proxy_finds_a_web_process_that_moved(proxy, monkeypatch):
    def answering():
        return fetch(f"{proxy}/health/live")[1]["X-Address"]

    before = answering()
    monkeypatch.setattr(NameService, "address", "127.0.0.2")

    assert (before, answers_until("127.0.0.2", answering)[-1]) == ("127.0.0.1", "127.0.0.2")
