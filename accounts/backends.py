from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from accounts.access import HOLDERS, Function, Role, granted
from accounts.models import User


class RoleBackend(AuthenticationBackend):
    """Logs in by e-mail address; answers `has_perm` from the grants to the role and to functions held today."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        """Who may no longer log in gets the answer to a wrong password; allauth would lead to a page of its own."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        today = timezone.localdate()
        kept: tuple[Any, set[str]] | None = getattr(user_obj, "_granted", None)
        if kept is None or kept[0] != today:
            held: set[Role | Function] = {Role(user_obj.role)}
            if user_obj.role in HOLDERS:
                functions = user_obj.appointments.held_on(today).values_list("function", flat=True)
                held |= {Function(name) for name in functions}
            kept = (today, set(granted(held)))
            user_obj._granted = kept  # type: ignore[attr-defined]
        return kept[1]

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
