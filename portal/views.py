from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.access import Perm, Role
from portal.desk import desk_of

ELSEWHERE = ((Perm.OPEN_COUNCIL_ROOM, "council_room"), (Perm.OPEN_COUNCIL_ROOM, "public_start"))


def desk(request: HttpRequest) -> HttpResponse:
    """The first page after logging in; leads those who work elsewhere to where they do."""
    user: Any = request.user
    if user.has_perm(Perm.OPEN_WORKSPACE):
        context = {
            "desk": desk_of(user, now=timezone.now()),
            "edits": user.has_perm(Perm.EDIT_MEASURES),
            "releases": user.has_perm(Perm.RELEASE_REPORTS),
        }
        return render(request, "portal/desk.html", context)
    if user.role == Role.SYSTEM_ADMINISTRATOR:
        return redirect("admin:index")
    for perm, name in ELSEWHERE:
        if user.has_perm(perm):
            try:
                return redirect(reverse(name))
            except NoReverseMatch:
                continue
    raise PermissionDenied
