"""Shows gathered pages to Chromium as they were sent, with policy and style sheets, and writes down what is wrong.

No server: the browser's requests are answered from what was gathered and from the static files. Two browsers share the
pages, each in a thread of its own, because that of the tests must stay free of Playwright's event loop.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

from tests.browsing import browser
from tests.checkers import AT_REST, NARROW, axe_findings, axe_source, page_findings, sideways_findings
from tests.safety.crawler import HOST

BROWSERS = 2
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)

NEEDS_SCRIPT = """html => {
    const doc = new DOMParser().parseFromString(html, 'text/html');
    const sends = 'button:not([type=button]), input[type=submit]';
    const filled = 'select, textarea, input:not([type=hidden])';
    const sent = form => form.querySelector(sends) || doc.querySelector(`button[form="${form.id}"]`);
    const mute = [...doc.forms].filter(form => form.querySelector(filled) && !sent(form));
    const asking = [...doc.querySelectorAll('[data-hx-get], [data-hx-post]')];
    const dead = asking.filter(one => one.matches('a:not([href]), button[type=button]'));
    return [...mute, ...dead].map(one => `does nothing without script: ${one.outerHTML.slice(0, 120)}`);
}"""
"""Forms without a button and links without an address."""


class Looking:
    """A browser's window in which one page after the other is shown."""

    def __init__(self, chromium):
        self.window = chromium.new_page(locale="de-DE", timezone_id="Europe/Berlin", viewport=NARROW)
        self.window.route("**/*", self.answer)
        self.window.on("console", lambda message: message.type == "error" and self.heard.append(message.text))
        self.window.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page, self.heard = None, []

    def answer(self, route, request):
        path = urlsplit(request.url).path
        if request.is_navigation_request():
            headers = {"Content-Security-Policy": self.page.policy} if self.page.policy else {}
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)
        elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=file)
        else:
            route.fulfill(status=204)

    def show(self, page, html):
        self.page, self.html = page, html
        self.window.set_viewport_size(NARROW)
        self.window.emulate_media(color_scheme="light")
        self.window.goto(f"http://{HOST}{page.where}")

    def findings(self, page):
        """With script; and, where the page has any, the same without."""
        self.heard.clear()
        self.show(page, page.html)
        found = page_findings(self.window) + self.window.evaluate(NEEDS_SCRIPT, page.html)
        plain = SCRIPT.sub("", page.html)
        if plain != page.html:
            self.show(page, plain)
            self.window.evaluate(axe_source())
            self.window.evaluate(AT_REST)
            found += [
                f"{one} (without script)" for one in [*axe_findings(self.window), *sideways_findings(self.window)]
            ]
        return [*found, *(f"console: {one}" for one in self.heard)]


def findings(pages):
    """By a page's name what is wrong with it; pages without fault are left out."""

    def look(share):
        with browser() as chromium:
            looking = Looking(chromium)
            return {page.name: looking.findings(page) for page in share}

    with ThreadPoolExecutor(BROWSERS) as threads:
        shares = threads.map(look, [pages[begin::BROWSERS] for begin in range(BROWSERS)])
        return {name: found for share in shares for name, found in share.items() if found}
