"""Who may open the workspace, and which measure a view is about."""

from collections.abc import Sequence

from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from accounts.access import Perm, require
from accounts.doors import needs
from masterplan.models import Measure

inside = needs(Perm.OPEN_WORKSPACE)


def shown_measure(request: HttpRequest, number: str, *joined: str) -> Measure:
    """What one may not see does not exist."""
    rows = Measure.objects.visible_to(request.user).select_related("field", "lead_unit", *joined)
    return get_object_or_404(rows, number=number)


def editable_measure(request: HttpRequest, number: str, *joined: str) -> Measure:
    """404 for what one may not see, PermissionDenied for what one may only read."""
    measure = shown_measure(request, number, *joined)
    require(request.user, Perm.EDIT_MEASURES)
    return measure


def not_seen(data: QueryDict, hints: Sequence[str]) -> bool:
    """Whether the form that was sent has not shown these hints yet; it shows them, and is then sent again."""
    return any(hint not in data.getlist("seen") for hint in hints)
