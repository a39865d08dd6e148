from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Perm, Role
from portal.desk import desk_of
from portal.outgoing import post_words


def desk(request: HttpRequest) -> HttpResponse:
    """The first page after logging in; leads those who work elsewhere to where they do."""
    user: Any = request.user
    if user.has_perm(Perm.OPEN_WORKSPACE):
        context = {
            "desk": desk_of(user, now=timezone.now(), all_money=request.GET.get("fristen") == "alle"),
            "edits": user.has_perm(Perm.EDIT_MEASURES),
            "post": post_words(now=timezone.now()) if user.has_perm(Perm.READ_POST) else "",
        }
        return render(request, "portal/desk.html", context)
    if user.role == Role.SYSTEM_ADMINISTRATOR:
        return redirect("admin:index")
    if user.has_perm(Perm.OPEN_COUNCIL_ROOM):
        return redirect("council_room")
    raise PermissionDenied
