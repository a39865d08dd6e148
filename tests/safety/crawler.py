"""Visits what a visitor without login can reach: every link, file, form choice and error page."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from tests.safety.addresses import addresses

HOST = "testserver"
SAME_KIND = 3
"""So many pages of one path and the same set of parameters."""
BEYOND = ("/gibt-es-nicht/", "/massnahmen/gibt-es-nicht/", "/massnahmen/?seite=999", "/massnahmen/?wort=%00%FF")


class Links(HTMLParser):
    """Addresses of links, sources and of each single choice that a form offers by GET."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.form = None
        self.select = ""

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.found += [values[name] for name in ("href", "src", "data-hx-get") if values.get(name)]
        if tag == "form":
            self.form = values.get("action", "") if values.get("method", "get").lower() == "get" else None
        elif self.form is None:
            return
        elif tag == "select":
            self.select = values.get("name", "")
        elif tag == "option" and self.select:
            self.choose(self.select, values.get("value", ""))
        elif tag == "input" and values.get("name"):
            self.choose(values["name"], values.get("value") or "Termin")

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""

    def choose(self, name, value):
        self.found.append(f"{self.form}?{urlencode({name: value})}")


def links_of(response, where):
    if "html" not in response.get("Content-Type", "") and "xml" not in response.get("Content-Type", ""):
        return []
    parser = Links()
    parser.feed(response.content.decode())
    absolute = (urlsplit(urldefrag(urljoin(f"http://{HOST}{where}", link)).url) for link in parser.found)
    return [f"{at.path}?{at.query}" if at.query else at.path for at in absolute if at.hostname in (HOST, "127.0.0.1")]


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def crawl(client, *, closed="/anmelden/"):
    """All public pages by address: status, headers and bytes. What leads to the login is not entered."""
    waiting = [
        "/",
        *BEYOND,
        *(f"/{address.route}" for address in addresses() if address.is_open and not address.parameters),
    ]
    seen, kinds, pages = set(waiting), Counter(), {}
    while waiting:
        where = waiting.pop(0)
        response = client.get(where)
        if response.get("Location", "").startswith(closed):
            continue
        pages[where] = (response.status_code, dict(response.headers), content_of(response))
        for link in [*links_of(response, where), *([response["Location"]] if response.has_header("Location") else [])]:
            path, _, query = link.partition("?")
            kind = (path, tuple(sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)})))
            plenty = kinds[kind] >= SAME_KIND and query
            if link not in seen and not path.startswith(("/static/", closed)) and not plenty:
                kinds[kind] += 1
                seen.add(link)
                waiting.append(link)
    return pages


def markers_in(content, pattern=re.compile(rb"zq\d{6}qz", re.IGNORECASE)):
    return sorted({marker.decode().upper() for marker in pattern.findall(content)})
