"""Pages that everyone gets alike: no cookie, no login, answered from the public version."""

import hashlib
from collections.abc import Callable
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache as shared_cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ground.frame import public_version
from ground.models import PublicVersion as PublicVersion

IN_CACHES = "public, max-age=60, stale-while-revalidate=60, stale-if-error=600"
"""What a shared cache may still show once something became confidential: two minutes, eleven while the portal fails."""

SECONDS_KEPT = 3600


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the local day as `today`; who has the page of this version and day already gets a 304."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        today = timezone.localdate()
        etag = etag_of(public_version(request), today, request.get_full_path())
        response = get_conditional_response(request, etag=etag) or view(request, today=today, **kwargs)
        if response.status_code in (200, 304):
            response["ETag"] = etag
            response["Cache-Control"] = IN_CACHES
        return response

    return login_not_required(require_safe(answer))


def etag_of(version: PublicVersion, today: date, address: str) -> str:
    """Weak, because proxies compress. Changes with the data, the day ("vor 3 Tagen"), the address and the release."""
    parts = (_key(version), today.isoformat(), address, release())
    return f'W/"{hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]}"'


def kept[T](version: PublicVersion, name: str, make: Callable[[], T]) -> T:
    """What `make` returns, computed once per public version and name and kept in the cache."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:32]
    key = f"public.{release()}.{_key(version)}.{digest}"
    return cast(T, shared_cache.get_or_set(key, make, SECONDS_KEPT))


def _key(version: PublicVersion) -> str:
    """Number and time: a number alone would come again after a backup is restored."""
    return f"{version.number}-{version.raised_at.timestamp():.6f}"


@cache
def release() -> str:
    """Names the code and templates of this process, so that an update of the portal changes every page's ETag."""
    digest = hashlib.sha256()
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("templates/**/*.html"), *root.glob("static/css/*.css"), *root.glob("*/**/*.py")]
    for path in sorted(path for path in sources if not {".venv", "node_modules", "var", "tests"} & set(path.parts)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
