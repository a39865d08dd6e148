"""Log lines on stdout: each with the id of its request, none with an e-mail address, a key or what a visitor typed."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponseBase

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
EMAIL = re.compile(r"[^\s@<>\"'(),:;=]+@[\w.-]+\.\w+")
QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+")
BY_LINK = re.compile(r"(/link/(?:[\w-]{1,24}/)*)[\w-]{20,}")
"""The token in the address of a page by signed link: whoever has it can open the page."""

ID_KEY = "logs.request_id"

request_id: ContextVar[str] = ContextVar("request_id", default="-")
requests = logging.getLogger("requests")


def without_personal_data(text: str) -> str:
    return BY_LINK.sub(r"\1…", QUERY.sub("?…", EMAIL.sub("…@…", text)))


def route_of(request: HttpRequest) -> str:
    """Never the address: it may carry signed tokens and names."""
    return f"/{request.resolver_match.route}" if request.resolver_match else "-"


class Formatter(logging.Formatter):
    """Adds the request's id and removes personal data from the whole entry, tracebacks included.

    Where Django names a request's path ("Not Found: …"), its route takes the place.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id.get()
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.request_id = request.META.get(ID_KEY, "-")  # Django logs a refusal after the middleware
            paths = {request.path, request.path.encode("unicode_escape").decode()}
            record.args = tuple(route_of(request) if given in paths else given for given in record.args)
        return without_personal_data(super().format(record))


def configuration() -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": Formatter, "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}
        },
        "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
        "root": {"handlers": ["stdout"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": False},
            "fontTools": {"level": "WARNING"},
            "kombu.connection": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }


class RequestLogMiddleware:
    """Gives each request an id and writes one line when it is answered.

    The line names the route, not the address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex)
        request.META[ID_KEY] = request_id.get()
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            if not request.path.startswith("/health/"):
                spent = (time.monotonic() - started) * 1000
                requests.info("%s %s %d %.0f ms", request.method, route_of(request), response.status_code, spent)
            return response
        finally:
            request_id.reset(token)


def report_errors(dsn: str) -> None:
    """Sends unexpected errors to Sentry, without visitor, query string, form contents or local variables."""
    if dsn:
        import sentry_sdk  # a sixth of a second that only those pay who use it

        sentry_sdk.init(
            dsn=dsn,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            before_send=_without_request_data,
        )


def _without_request_data(event: Any, hint: Any) -> Any:
    request = event.get("request", {})
    event["request"] = {"method": request.get("method")}
    return _cleaned(event)


def _cleaned(value: Any) -> Any:
    """Messages and breadcrumbs quote addresses as they came, wherever in the event they stand."""
    if isinstance(value, dict):
        return {key: _cleaned(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    return without_personal_data(value) if isinstance(value, str) else value
