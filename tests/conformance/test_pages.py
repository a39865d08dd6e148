"""Every page in every state: axe and the Nu checker find nothing, nothing scrolls sideways, nothing needs script."""

import re

import pytest
from django.template.loader import render_to_string

from tests.browsing import DESK, Visit
from tests.checkers import axe_findings, markup_findings
from tests.conformance.pages import reachable

pytestmark = [pytest.mark.services, pytest.mark.prove]

NARROW = {"width": 320, "height": 700}
INSIDE = ("/arbeitsbereich/", "/gremien/", "/konto/", "/verwaltung/")
PUBLIC_START = ["/", "/anmelden/", "/anmelden/passwort/", "/gibt-es-nicht/"]
SENT_EMPTY = {
    "digital.officer": [
        "/arbeitsbereich/massnahmen/anlegen/",
        "/arbeitsbereich/einlesen/",
        "/arbeitsbereich/massnahmen/BS-01/stand/",
        "/arbeitsbereich/massnahmen/BS-01/feld/planned_end/",
        "/arbeitsbereich/strategie/entwurf/",
        "/konto/passwort/",
    ],
    "system": ["/verwaltung/accounts/unit/add/"],
}


SEND = "main form[method=post] button[type=submit], form[method=post] input[type=submit]"


def findings(page, paths):
    """What is wrong at 320 and 1280 px, light and dark; and the pages' markup as it was sent."""
    found, sent = [], {}
    for where in paths:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            sent[where] = page.goto(where).text()
            for viewport in (NARROW, DESK):
                page.set_viewport_size(viewport)
                found += [f"{viewport['width']} px, {scheme}: {one}" for one in axe_findings(page)]
                found += sideways(page) if viewport is NARROW else []
    return found + markup_findings(sent) + [fault for where in sent for fault in needs_script(page, where, sent[where])]


def assert_nothing(found):
    """Each finding once, whatever the width and colours it was seen in."""
    told = sorted({re.sub(r"^\d+ px, \w+: ", "", re.sub(r"http://[^/]+", "", one)) for one in found})
    assert not told, "\n" + "\n".join(told)


def sideways(page):
    width = page.evaluate("document.scrollingElement.scrollWidth")
    return [f"{page.url} is {width} px wide at 320 px."] if width > NARROW["width"] else []


def needs_script(page, where, html):
    """Forms without a button and links without an address do nothing where there is no script."""
    return page.evaluate(
        """([where, html]) => {
            const doc = new DOMParser().parseFromString(html, 'text/html');
            const sends = 'button:not([type=button]), input[type=submit]';
            const filled = 'select, textarea, input:not([type=hidden])';
            const sent = form => form.querySelector(sends) || doc.querySelector(`button[form="${form.id}"]`);
            const mute = [...doc.forms].filter(form => form.querySelector(filled) && !sent(form));
            const asking = [...doc.querySelectorAll('[data-hx-get], [data-hx-post]')];
            const dead = asking.filter(one => one.matches('a:not([href]), button[type=button]'));
            return [...mute, ...dead].map(one => `${where} needs script: ${one.outerHTML.slice(0, 120)}`);
        }""",
        [where, html],
    )


def walk(chromium, site, mailbox, start, inside):
    visit = Visit(chromium, site)
    visit.expected |= {403, 404}
    if mailbox:
        visit.log_in(mailbox)
    named = reachable(visit.page, start, inside=inside)
    found = findings(visit.page, [path for paths in named.values() for path in paths])
    visit.context.close()
    return named, found


def test_public_pages_conform(chromium, site):
    named, found = walk(chromium, site, None, PUBLIC_START, "/")
    assert {"public_start", "public_measures", "public_measure", "public_timeline", "public_report"} - set(
        named
    ) == set()
    assert_nothing(found)


@pytest.mark.parametrize(
    ("mailbox", "start"),
    [
        ("digital.officer", "/arbeitsbereich/"),
        ("fachbereich", "/arbeitsbereich/"),
        ("buergermeister", "/arbeitsbereich/"),
        ("rat", "/gremien/"),
        ("system", "/verwaltung/"),
    ],
)
def test_pages_inside_conform(chromium, site, mailbox, start):
    named, found = walk(chromium, site, mailbox, [start, "/konto/"], INSIDE)
    assert len(named) > 1
    assert_nothing(found)


def test_an_empty_portal_conforms(chromium, empty_site):
    _, found = walk(chromium, empty_site, None, PUBLIC_START, "/")
    assert_nothing(found)


def test_the_officers_pages_conform_before_anything_is_entered(chromium, empty_site):
    empty_site.manage(
        "shell",
        "-c",
        "from accounts.models import User; User.objects.create_user("
        "'digital.officer@winsen.example', 'winsen-demo', name='Digital Officer', role='DIGITAL_OFFICER')",
    )
    _, found = walk(chromium, empty_site, "digital.officer", ["/arbeitsbereich/", "/konto/"], INSIDE)
    assert_nothing(found)


@pytest.mark.parametrize("mailbox", SENT_EMPTY)
def test_forms_with_errors_conform(chromium, site, mailbox):
    visit = Visit(chromium, site).log_in(mailbox)
    found, sent = [], {}
    for where in SENT_EMPTY[mailbox]:
        visit.page.goto(where)
        visit.page.locator(
            "main form[method=post] button[type=submit], form[method=post] input[type=submit]"
        ).first.click()
        visit.page.wait_for_load_state()
        found += axe_findings(visit.page)
        sent[where] = visit.page.content()
    visit.context.close()
    assert_nothing([*found, *markup_findings(sent)])


def test_error_pages_conform(chromium, site):
    pages = {f"{name}.html": render_to_string(f"{name}.html") for name in ("400", "403", "403_csrf", "500")}
    visit = Visit(chromium, site)
    found = []
    for html in pages.values():
        visit.page.set_content(html)
        found += axe_findings(visit.page)
    visit.context.close()
    assert_nothing([*found, *markup_findings(pages)])


def test_both_checkers_find_what_is_wrong(chromium, site):
    visit = Visit(chromium, site)
    visit.page.goto("/")
    visit.page.evaluate(
        """() => {
            const picture = document.createElement('img');
            picture.src = '/favicon.ico';
            picture.setAttribute('colour', 'red');
            picture.style.cssText = 'width: 2000px; max-width: none';
            document.querySelector('h1').after(picture);
        }"""
    )
    visit.page.set_viewport_size(NARROW)
    found = [*axe_findings(visit.page), *markup_findings({"a": visit.page.content()})]
    assert {"axe image-alt", "Nu"} <= {one.split(" on ")[0] for one in found}
    assert len(sideways(visit.page)) == 1
    visit.context.close()
