"""What becomes of a page that asks for a part of itself after its login has ended."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

ENDED = "Ihre Anmeldung ist abgelaufen"
WHAT_NOW = (
    "Was Sie geschrieben haben, steht noch hier, ist aber nicht gesichert. Melden Sie sich in einem zweiten Fenster an "
    "und laden Sie diese Seite erst neu, wenn Sie Ihren Text kopiert haben."
)


class LoginEnded:
    """Middleware: says so in the page's messages instead of putting the login into its middle."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        towards = urlsplit(response.get("Location", "")).path
        if "HX-Request" not in request.headers or towards != resolve_url(settings.LOGIN_URL):
            return response
        said = render(request, "components/alert.html", {"tone": "warning", "title": ENDED, "text": WHAT_NOW})
        for name, value in (("HX-Retarget", "#messages"), ("HX-Reswap", "innerHTML"), ("Cache-Control", "no-store")):
            said[name] = value
        return said
