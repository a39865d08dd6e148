"""One page for each address that a person can reach by links, found in the running portal."""

import re
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve

FILES = re.compile(r"\.(pdf|csv|xlsx|png|svg|txt|json|ico)$|/abmelden/|/static/")
PLENTY = 2
"""Pages of one address with other parameters look alike."""


def reachable(page, start, *, inside):
    """Paths by the name of their address; `inside` says which begin of a path belongs to this walk."""
    waiting, seen, found = list(start), set(start), {}
    while waiting:
        where = waiting.pop(0)
        try:
            match = resolve(urlsplit(where).path)
        except Resolver404:
            continue
        known = found.setdefault(match.view_name or match.route, [])
        if len(known) >= PLENTY:
            continue
        answer = page.goto(where)
        if not answer or answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        if urlsplit(page.url).path != urlsplit(where).path:
            continue
        known.append(where)
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        for link in links:
            at = urlsplit(urldefrag(link).url)
            path = f"{at.path}?{at.query}" if at.query else at.path
            same_host = at.netloc == urlsplit(page.url).netloc
            if same_host and path not in seen and at.path.startswith(inside) and not FILES.search(at.path):
                seen.add(path)
                waiting.append(path)
    return {name: paths for name, paths in found.items() if paths}
