"""HTML of our own templates to PDF/UA-1, the same bytes for the same input."""

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from weasyprint import HTML
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from ground.documents.assets import SCHEME, SYMBOL, Asset, symbol

PAGE_STEP = re.compile(r"Step 5 - Creating layout - Page (\d+)")
PROGRESS_LOGGER.setLevel(logging.INFO)
PROGRESS_LOGGER.propagate = False  # hundreds of lines that only _PageCounter reads


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


class AssetRefused(Exception):
    """The document asked for something that is not one of its assets: a file, the network, another scheme."""


class _Assets(URLFetcher):
    """Knows the assets it was given and the symbols; refuses every other address, which ends the rendering."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self.assets = assets

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME)
        drawn = SYMBOL.fullmatch(name)
        asset = symbol(drawn["name"], drawn["colour"]) if drawn else self.assets.get(name)
        if asset is None or not url.startswith(SCHEME):
            raise AssetRefused(url)
        return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})


class _PageCounter(logging.Handler):
    """Tells of each page that this thread lays out; not of pages that a further round finds up to date."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.tell = tell
        self.thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        found = PAGE_STEP.fullmatch(record.getMessage())
        if found and threading.get_ident() == self.thread:
            self.tell(int(found[1]))


@contextmanager
def _told_of_pages(tell: Callable[[int], None] | None) -> Iterator[None]:
    if tell is None:
        yield
        return
    counter = _PageCounter(tell)
    PROGRESS_LOGGER.addHandler(counter)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(counter)


def to_pdf(
    html: str, *, assets: Mapping[str, Asset], identifier: str, on_page: Callable[[int], None] | None = None
) -> Pdf:
    """A tagged PDF/UA-1. `html` names its assets as `asset:name`; `on_page` hears the number of each page laid out.

    The same bytes each time, as long as `html` carries fixed dates (dcterms.created and .modified). Raises AssetRefused
    where the HTML asks for anything but its assets.
    """
    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identifier.encode(), "cache": {}}
    try:
        with _told_of_pages(on_page):
            document = HTML(string=html, url_fetcher=_Assets(assets)).render(**options)
            return Pdf(document.write_pdf(**options), len(document.pages))
    except FatalURLFetchingError as refused:
        raise AssetRefused(str(refused.__cause__ or refused)) from refused
