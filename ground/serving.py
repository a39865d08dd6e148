"""Stored files on their way out: as what they were checked to be, and as nothing else."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.csp import build_policy
from django.utils.http import content_disposition_header

from ground.uploads import kind_of
from ground.uploads.kinds import PDF


def stored_file(*, name: str, media_type: str, content: bytes) -> HttpResponse:
    """Opened in the browser where it shows such files by itself, else saved.

    Whatever a file holds runs nothing: all are sandboxed but PDF, which browsers open in a reader of their own and not
    at all in a sandbox.
    """
    kind = kind_of(media_type)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not kind.shows_in_browsers, name) or "attachment"
    if kind != PDF:
        policy: Any = settings.SECURE_CSP
        response["Content-Security-Policy"] = f"{build_policy(policy)}; sandbox"
    return response
