"""Every page of the portal in every state that can be reached: asked for, sent empty, sent filled, sent overtaken.

Begins with every address that the resolver knows, so that a new page is looked at without being named here, and goes
on with what its links and forms lead to. Two answers of one address show the same state where their status is the same
and they are made of the same templates; one of them is kept.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from tests.conformance.forms import forms_of
from tests.safety.addresses import addresses
from tests.safety.crawler import BEYOND, HOST, Links
from tests.safety.parameters import values_for
from tests.safety.table import allowed
from tests.safety.visitors import ANONYMOUS, visitor

VISITS = 2
"""Pages of one address with the same set of parameters."""

ANEW = re.compile(r'(?<=name="csrfmiddlewaretoken" value=)"[^"]*"|(?<="X-CSRFToken": )"[^"]*"')
"""Tokens are drawn anew for each page."""


def view_of(path):
    try:
        found = resolve(path)
    except Resolver404:
        return "nowhere"
    return found.view_name or found.route


def local(link, where):
    """The address within this portal to which a link on the page `where` leads, else nothing."""
    at = urlsplit(urldefrag(urljoin(f"http://{HOST}{where}", link)).url)
    return (f"{at.path}?{at.query}" if at.query else at.path) if at.hostname == HOST else ""


@dataclass(frozen=True)
class Page:
    """An answer as it was sent; `name` says to whom and what for."""

    name: str
    where: str
    html: str
    policy: str = ""


@dataclass
class Gathered:
    pages: list[Page] = field(default_factory=list)
    templates: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)

    def keep(self, page):
        """Once, however many visitors are shown the same."""
        body = ANEW.sub("", page.html).replace(page.name.split(" ")[0].lower(), "")
        if body not in self.bodies:
            self.bodies.add(body)
            self.pages.append(page)


class Walk:
    """One visitor's way; nothing that is sent on it lasts."""

    def __init__(self, kind, gathered):
        self.kind, self.gathered, self.client = kind, gathered, visitor(kind)
        self.waiting, self.visited = [], Counter()
        self.states, self.sent = set(), set()

    def everywhere(self, town=None):
        """Without a town there is nothing that an address could name by a parameter."""
        user = getattr(self.client, "user", None)
        for address in addresses():
            may = self.kind in allowed(address.name) and (town or not address.parameters)
            if may and (self.kind == ANONYMOUS or not address.is_open):
                self.follow(address.filled(values_for(address, town, user)))
        for where in (*BEYOND, "/arbeitsbereich/gibt-es-nicht/", "/arbeitsbereich/massnahmen/?q=gibt-es-nicht"):
            self.follow(where)
        while self.waiting:
            where = self.waiting.pop(0)
            for form in self.ask("", lambda client, where=where: client.get(where, follow=True)):
                self.send(where, form)

    def follow(self, where):
        path, _, query = where.partition("?")
        kind = (view_of(path), tuple(sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)})))
        if self.visited[kind] < VISITS and not path.startswith("/static/"):
            self.visited[kind] += 1
            self.waiting.append(where)

    def send(self, where, form):
        """As it stands, empty, filled, and filled by two at once; a form with the same fields once."""
        target = local(form.action, where)
        key = (view_of(urlsplit(target).path), form.names)
        if key in self.sent:
            return
        self.sent.add(key)
        day = timezone.localdate() + timedelta(days=400)
        first = form.written("Fassung der ersten", day.isoformat())
        second = form.written("Fassung der zweiten", (day + timedelta(days=1)).isoformat())
        ways = {"as it stands": [form.sent()], "emptied": [form.emptied()], "filled": [first]}
        if {"version", "began"} & set(form.names):
            ways["overtaken"] = [first, second]
        for how, posts in ways.items():
            self.ask(how, lambda client, posts=posts: [client.post(target, one, follow=True) for one in posts][-1])

    def ask(self, how, request):
        """The forms of the answer, if it is a page in a state not seen yet. What was written is undone."""
        cache.clear()
        cookies = SimpleCookie(self.client.cookies.output(header="", sep=";"))
        with transaction.atomic():
            answer = request(self.client)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return self.look(answer, how)

    def through(self, state, town):
        """What a state of `tests.conformance.states` shows on its way; undone as a whole."""
        cache.clear()
        with transaction.atomic():
            for answer in state(self.client, town):
                self.look(answer, state.__name__)
            transaction.set_rollback(True)

    def look(self, answer, how):
        if answer.streaming or "html" not in answer.get("Content-Type", ""):
            return []
        html = answer.content.decode()
        if not html.lower().startswith("<!doctype"):
            return []  # a part of a page, looked at in its place by the journeys
        path = answer.wsgi_request.get_full_path()
        templates = frozenset(one.name for one in answer.templates if one.name)
        state = (view_of(answer.wsgi_request.path), answer.status_code, templates)
        if state in self.states:
            return []
        self.states.add(state)
        self.gathered.templates |= templates
        name = " ".join(filter(None, (self.kind, how, path, str(answer.status_code))))
        self.gathered.keep(Page(name, path, html, answer.get("Content-Security-Policy", "")))
        links = Links()
        links.feed(html)
        for link in links.found:
            if to := local(link, path):
                self.follow(to)
        return forms_of(html)
