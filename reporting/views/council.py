from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import Perm
from council.models import Meeting
from ground import formats
from reporting import agenda, context, payload
from reporting.desk import edition_row
from reporting.models import Edition, EditionKind


@permission_required(Perm.OPEN_COUNCIL_ROOM, raise_exception=True)
@require_safe
def council_room(request: HttpRequest) -> HttpResponse:
    """What is released for the council: each report's newest council edition, the annex for those entitled to it."""
    now = timezone.now()
    coming = Meeting.objects.upcoming(now).filter(committee__receives_reports=True).select_related("committee").first()
    return render(
        request,
        "reporting/council_room.html",
        {
            "reports": _released_for(request.user),
            "meeting": coming
            and {
                "when": formats.weekday_moment(coming.start),
                "committee": coming.committee.name,
                "location": coming.location,
            },
        },
    )


def _released_for(user: Any) -> list[dict[str, object]]:
    """Newest half-year first; an earlier Fassung only where no newer one is released."""
    visible = (
        Edition.objects.visible_to(user, timezone.localdate())
        .released()
        .exclude(kind=EditionKind.PUBLIC)
        .select_related("snapshot__report__meeting", "snapshot__release", "document")
        .defer("payload", "document__content")
        .newest_first()
    )
    found: dict[int, dict[str, Any]] = {}
    newest: dict[int, int] = {}
    for edition in visible:
        snapshot = edition.snapshot
        if newest.setdefault(snapshot.report_id, snapshot.pk) != snapshot.pk:
            continue
        row = found.setdefault(snapshot.report_id, {"editions": []})
        row["editions"].append(edition_row(edition))
        if edition.kind == EditionKind.COUNCIL:
            row |= {
                "label": snapshot.report.period.label,
                "edition": edition,
                "fassung": snapshot.fassung,
                "released": formats.day(timezone.localdate(snapshot.release.released_at)),
            }
    rows = list(found.values())
    _tell(rows)
    return rows


def _tell(rows: list[dict[str, Any]]) -> None:
    """Adds what page one of each report says; of these editions alone the payload is read."""
    known = Edition.objects.filter(pk__in=[row["edition"].pk for row in rows])
    contents = {pk: payload.from_json(text) for pk, text in known.order_by().values_list("pk", "payload")}
    for row in rows:
        told = contents[row["edition"].pk]
        row |= {
            "finding": context.page_one(told).finding,
            "meeting_since": agenda.became_of(row["edition"].snapshot.report, told.meeting),
            "editions": sorted(row["editions"], key=lambda one: one.label),
        }
