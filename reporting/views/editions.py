from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Perm
from reporting import agenda, context, payload
from reporting.desk import edition_row, fassung_row
from reporting.models import Edition
from reporting.public import with_living_links


@require_safe
def report_page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What the edition's file says, as a page; for whoever may see this edition today."""
    known = Edition.objects.visible_to(request.user, timezone.localdate())
    rows = known.select_related("snapshot__report__meeting", "snapshot__release", "document").defer("document__content")
    edition = get_object_or_404(rows, pk=edition_id)
    snapshot, told = edition.snapshot, with_living_links(payload.from_json(edition.payload))
    visible = known.released().filter(snapshot__report=snapshot.report, kind=edition.kind)
    newer = visible.filter(snapshot__fassung__gt=snapshot.fassung).newest_first().first()
    return render(
        request,
        "reporting/edition.html",
        {
            "doc": context.document(told, None),
            "one": context.page_one(told),
            "report": snapshot.report,
            "row": edition_row(edition),
            "fassung": fassung_row(snapshot, [edition]),
            "newer": newer,
            "meeting_since": agenda.became_of(snapshot.report, told.meeting),
            "in_workspace": request.user.has_perm(Perm.OPEN_WORKSPACE),
        },
    )
