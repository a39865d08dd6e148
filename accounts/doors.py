"""Keeps views closed to those who lack a permission; logging in comes before, by the middleware."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.access import Perm, require

View = Callable[..., HttpResponse]


def needs(perm: Perm) -> Callable[[View], View]:
    """The view answers 403 without `perm`."""

    def close(view: View) -> View:
        @wraps(view)
        def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, perm)
            return view(request, *args, **kwargs)

        return closed

    return close
