"""One visitor of each kind: nobody, each role, each function on top of the weakest role that holds it."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from accounts.access import Function, Role
from tests.builders import appoint, make_user

ANONYMOUS = "anonymous"
ROLES = {role.name: (role, None) for role in Role}
FUNCTIONS = {function.name: (Role.ADMINISTRATION, function) for function in Function}
VISITORS = [ANONYMOUS, *ROLES, *FUNCTIONS]


def visitor(kind, *, unit=None, **options):
    """A client, logged in as that kind; refuses nothing by itself and shows server errors as answers."""
    client = Client(raise_request_exception=False, **options)
    if kind != ANONYMOUS:
        role, function = {**ROLES, **FUNCTIONS}[kind]
        user = make_user(role, email=f"{kind.lower()}@stadt.example", unit=unit)
        if function:
            appoint(user, function)
        client.force_login(user, backend="accounts.backends.RoleBackend")
        client.user = user
        RecoveryCodes.activate(user)
        TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return client
