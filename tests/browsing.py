"""The whole portal as it runs in production, and browsers that complain: for the journeys."""

import contextlib
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.request import urlopen

import psycopg2
import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests import services
from tests.checkers import DESK, markup_findings, page_findings, told

CHROMIUM = "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PASSWORD = "winsen-demo"
PHONE = {"width": 390, "height": 844}


@contextlib.contextmanager
def browser():
    """Debian's Chromium, for the thread that asks for it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


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

    def answers(self):
        try:
            return urlopen(f"{self.address}/health/ready", timeout=2).status == 200
        except OSError:
            return False

    def shows_reports(self):
        """Both of the example town's, whose files the worker makes after the start."""
        return len(set(re.findall(rb'href="/berichte/\d{4}-h[12]/"', urlopen(f"{self.address}/berichte/").read()))) == 2


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


@pytest.fixture(scope="session")
def site():
    """The example town behind gunicorn, without a worker."""
    port = services.free_port()
    with own_database("journeys") as database:
        environment = {
            "DATABASE_URL": database,
            "REDIS_URL": re.sub(r"/\d+$", "/2", os.environ["REDIS_URL"]),
            "PORT": str(port),
            "SITE_URL": f"http://127.0.0.1:{port}",
        }
        made = Site(environment["SITE_URL"], environment)
        subprocess.run(["bash", "-c", ". script/setup; static_files"], cwd=settings.BASE_DIR, check=True)
        made.manage("prepare")
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with services.running(gunicorn, cwd=settings.BASE_DIR, env={**os.environ, **environment}, **quiet) as web:
            services.wait_until(made.answers, web, "gunicorn", 60)
            yield made


@pytest.fixture(scope="module")
def site_with_worker(site):
    """A real worker for the site; it begins with the files of the example's reports."""
    with services.worker(**site.environment) as process:
        site.manage("shell", "-c", "from reporting.tasks import sweep_renderings; sweep_renderings()")
        services.wait_until(site.shows_reports, process, "the example's reports", 180)
        yield site


@pytest.fixture(scope="module")
def chromium():
    """For one file: while it runs, Playwright's event loop keeps Django off the database of the tests."""
    with browser() as running:
        yield running


class Visit:
    """One person's browser. What the console or the network complains of is kept and fails the test."""

    def __init__(self, chromium, site, **options):
        options = {
            "viewport": DESK,
            "locale": "de-DE",
            "timezone_id": "Europe/Berlin",
            "base_url": site.address,
        } | options
        self.has_script = options.get("java_script_enabled", True)
        self.context = chromium.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30000)
        self.complaints, self.expected, self.looked = [], set(), {}
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", self.not_loaded)
        self.page.on("response", self.answered)

    def heard(self, message):
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def not_loaded(self, request):
        """Polling ends in the middle where one goes on to the next page, and so does what becomes a download."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"not loaded: {request.url}, {request.failure}")

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
        """Checks the page as it stands after its scripts: axe now, the markup at the end of the file.

        axe is a script itself; where there is none it would wait for ever.
        """
        if self.has_script:
            self.complaints += [f"{one} – on {self.page.url}" for one in page_findings(self.page)]
        self.looked[f"{self.page.url} ({time.monotonic():.1f})"] = self.page.content()


@pytest.fixture(scope="module")
def markup():
    """Collects the pages that a file's journeys looked at; the Nu checker reads them all at once in the end."""
    pages = {}
    yield pages
    assert told(markup_findings(pages)) == ""


@pytest.fixture
def visit(chromium, site, markup):
    """Opens browsers for persons; all their complaints fail the test in the end."""
    visits = []

    def open_browser(**options):
        visits.append(Visit(chromium, site, **options))
        return visits[-1]

    yield open_browser
    for one in visits:
        one.context.close()
        markup.update(one.looked)
    assert "\n".join(complaint for one in visits for complaint in one.complaints) == ""
