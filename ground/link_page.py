"""Pages that a signed link opens: no login, no cache, no trace, and nothing changes by looking."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ground.frame import public_version
from ground.linking import LinkExpired, LinkForged, LinkRefused, LinkRevoked, open_link
from ground.models import SignedLink as SignedLink

UNTRACEABLE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
"""The address is a key: it stays in no cache, is handed to no other site and found by no search engine."""
STATUSES: dict[type[LinkRefused], int] = {LinkForged: 404, LinkExpired: 410, LinkRevoked: 410}
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")


class WroteWhileLooking(Exception):
    """A page by link wanted to change something when it was opened. Mail scanners open links; only a POST acts."""


def link_page(purpose: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The view gets the opened link as `link`; `purpose` is the name of its address, with one parameter, `token`.

    Its forms need no token beside that of the address, which no other site knows, and so the pages set no cookie.
    """

    def opened_by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, token: str) -> HttpResponse:
            response = _answer(request, token, purpose, view)
            for name, value in UNTRACEABLE.items():
                response.headers[name] = value
            return response

        page = login_not_required(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(answer)))
        page.opened_by_link = purpose  # type: ignore[attr-defined]
        return page

    return opened_by_link


def _answer(request: HttpRequest, token: str, purpose: str, view: Callable[..., HttpResponse]) -> HttpResponse:
    if _is_from_elsewhere(request):
        raise PermissionDenied
    try:
        link = open_link(token, purpose=purpose, now=timezone.now())
        if request.method == "POST":
            return view(request, link=link)
        public_version(request)  # the frame asks for it; before the very first page there is no such row
        with connection.execute_wrapper(_only_reads):
            return view(request, link=link)
    except LinkRefused as refused:
        said = {"refused": type(refused).__name__}
        return render(request, "link_refused.html", said, status=STATUSES[type(refused)])


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """A form of another site. `Origin` is "null" from the page itself, which hands its address to nobody."""
    if request.method != "POST":
        return False
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    return site not in (None, "same-origin") or origin not in ("null", settings.SITE_URL)


def _only_reads(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if not sql.lstrip().upper().startswith(READS):
        raise WroteWhileLooking(sql.split(" ", 1)[0])
    return execute(sql, params, many, context)
