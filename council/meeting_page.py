"""Agenda in its two parts and minutes of a meeting, as its page shows them to one user."""

from datetime import date
from typing import Any

from accounts.access import Perm
from council.models import AgendaItem, File, Meeting, Minutes, Paper
from council.paper_rows import file_rows
from ground import formats


def deliberation_of(meeting: Meeting, user: Any, today: date) -> dict[str, Any]:
    items = AgendaItem.objects.visible_to(user, today).filter(meeting=meeting).select_related("consultation__paper")
    readable = set(
        Paper.objects.visible_to(user, today)
        .filter(consultations__meeting=meeting)
        .order_by()
        .values_list("pk", flat=True)
    )
    rows = [_item(one, readable) for one in items]
    return {
        "public_items": [row for row in rows if row["public"]],
        "closed_items": [row for row in rows if not row["public"]],
        "minutes": _minutes(meeting, user, today),
        "tells_closed": _reads_closed(meeting, rows, user, today),
    }


def _item(one: AgendaItem, readable: set[int]) -> dict[str, Any]:
    paper = one.consultation.paper if one.consultation else None
    return {
        "pk": one.pk,
        "number": one.number,
        "name": one.name,
        "public": one.public,
        "paper": paper if paper and paper.pk in readable else None,
        "role": one.consultation.get_role_display() if one.consultation else "",
        "waits": bool(paper and not paper.released_at),
    }


def _reads_closed(meeting: Meeting, rows: list[dict[str, Any]], user: Any, today: date) -> bool:
    """Whether an empty second part says something to this user."""
    if user.has_perm(Perm.READ_CLOSED_PAPERS) or any(not row["public"] for row in rows):
        return True
    return type(meeting.committee).objects.open_to(user, today).filter(pk=meeting.committee_id).exists()


def _minutes(meeting: Meeting, user: Any, today: date) -> dict[str, Any] | None:
    kept = Minutes.objects.filter(meeting=meeting).select_related("approved_in__committee").first()
    if kept is None:
        return None
    files = File.objects.visible_to(user, today).filter(minutes=kept)
    return {
        "pk": kept.pk,
        "approved": formats.day(kept.approved_on) if kept.approved_on else "",
        "approved_in": kept.approved_in,
        "files": file_rows(files.select_related("document").defer("document__content")),
    }
