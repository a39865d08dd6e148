from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class OnlyKnownPeople(DefaultSocialAccountAdapter):
    """The town's login service says who someone is. Accounts are made by the system administrator, never by a login."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False
