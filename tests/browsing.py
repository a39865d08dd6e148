"""The whole portal as it runs in production, and a browser that complains: for journeys and conformance."""

import contextlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from urllib.request import urlopen

import psycopg2
import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests import services
from tests.checkers import axe_findings, markup_findings

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PASSWORD = "winsen-demo"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    address: str
    environment: dict[str, str]

    def manage(self, *command):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.environment},
            check=True,
            stdout=subprocess.DEVNULL,
        )


@contextlib.contextmanager
def own_database(name):
    """A database beside that of the tests, on the same server, gone afterwards."""
    url = os.environ["DATABASE_URL"]
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield re.sub(r"/[^/]*$", f"/{name}", url)
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


@contextlib.contextmanager
def running_site(name, *, demo, worker):
    port = services.free_port()
    with contextlib.ExitStack() as stack:
        environment = {
            "DATABASE_URL": stack.enter_context(own_database(name)),
            "REDIS_URL": re.sub(r"/\d+$", f"/{2 if demo else 3}", os.environ["REDIS_URL"]),
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
        }
        site = Site(environment["SITE_URL"], environment)
        site.manage("build_static")
        site.manage("collectstatic", "--noinput", "--verbosity=0")
        site.manage("migrate", "--verbosity=0")
        if demo:
            site.manage("demo")
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        web = stack.enter_context(
            services.running(command, cwd=settings.BASE_DIR, env={**os.environ, **environment}, **quiet)
        )
        services.wait_until(lambda: answers(site.address), web, "gunicorn", 60)
        if worker:
            process = stack.enter_context(services.worker(**environment))
            site.manage("shell", "-c", "from reporting.tasks import sweep_renderings; sweep_renderings()")
            services.wait_until(lambda: shows_reports(site.address), process, "the example's reports", 180)
        yield site


def answers(address):
    try:
        return urlopen(f"{address}/health/ready", timeout=2).status == 200
    except OSError:
        return False


def shows_reports(address):
    """Both of the example town's, whose files the worker makes after the start."""
    return len(set(re.findall(rb'href="/berichte/\d{4}-h[12]/"', urlopen(f"{address}/berichte/").read()))) == 2


@pytest.fixture(scope="session")
def site():
    """The example town, with a worker."""
    with running_site("journeys", demo=True, worker=True) as running:
        yield running


@pytest.fixture(scope="session")
def empty_site():
    with running_site("emptiness", demo=False, worker=False) as running:
        yield running


@pytest.fixture(scope="session")
def chromium():
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


class Visit:
    """One person's browser. What the console or the network complains of is kept and fails the test."""

    def __init__(self, chromium, site, **options):
        options = {
            "viewport": DESK,
            "locale": "de-DE",
            "timezone_id": "Europe/Berlin",
            "base_url": site.address,
        } | options
        self.context = chromium.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15000)
        self.complaints, self.expected, self.seen = [], set(), {}
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"not loaded: {request.url}"))
        self.page.on("response", self.answered)

    def heard(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def answered(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.url}")

    def log_in(self, mailbox):
        self.page.goto("/anmelden/")
        self.page.get_by_label("E-Mail-Adresse").fill(f"{mailbox}@winsen.example")
        self.page.get_by_label("Passwort").fill(PASSWORD)
        self.page.get_by_role("button", name="Anmelden", exact=True).click()
        self.page.wait_for_url(re.compile(r"/(arbeitsbereich|gremien|verwaltung)/$"))
        return self

    def look(self):
        """Checks the page as it stands: axe now, its markup at the end of the visit."""
        self.complaints += axe_findings(self.page)
        self.seen[f"{len(self.seen):02d} {self.page.url}"] = self.page.content()

    def close(self):
        self.context.close()
        return [*self.complaints, *markup_findings(self.seen)]


@pytest.fixture
def visit(chromium, site):
    """Opens browsers for persons; all their complaints fail the test in the end."""
    visits = []

    def open_browser(**options):
        visits.append(Visit(chromium, site, **options))
        return visits[-1]

    yield open_browser
    assert "\n".join(complaint for one in visits for complaint in one.close()) == ""
