from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest


class CountsByAddress(DefaultAccountAdapter):
    """Login attempts count for the address that the outermost trusted proxy saw; for that of the connection where the
    request came past the proxies, or past one of them. Refusing it would lock out who maintains the portal."""

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return cast(str, super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META["REMOTE_ADDR"])


class OnlyKnownPeople(DefaultSocialAccountAdapter):
    """The town's login service says who someone is. Accounts are made by the system administrator, never by a login."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False
