from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

from ground.frame import frame


class HouseLogin(DefaultAccountAdapter):
    def get_client_ip(self, request: HttpRequest) -> str:
        """Login attempts count for the address that the outermost trusted proxy saw; for that of the connection where
        the request came past the proxies, or past one of them. Refusing it would lock out who maintains the portal."""
        try:
            return cast(str, super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META["REMOTE_ADDR"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the portal's name."""
        super().send_mail(template_prefix, email, {**context, **frame(allauth_context.request)})


class OnlyKnownPeople(DefaultSocialAccountAdapter):
    """The town's login service says who someone is. Accounts are made by the system administrator, never by a login."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False
