"""What is attached to a measure, in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from ground.formats import day, file_size, leads_to
from ground.uploads import kind_of
from masterplan.models import Attachment, Measure


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """`kind` and `size` of a file; of a link, where it leads."""

    pk: int
    title: str
    href: str
    kind: str
    size: str
    public: bool
    kept: bool
    added: str
    by: str
    withdrawn: str
    added_by_id: int | None


def rows_of(measure: Measure) -> list[AttachmentRow]:
    """Withdrawn ones among them; without the bytes of the files, in one query."""
    found = measure.attachments.in_order().select_related("document", "added_by").defer("document__content")
    return [_row(measure, one) for one in found]


def _row(measure: Measure, one: Attachment) -> AttachmentRow:
    document = one.document
    return AttachmentRow(
        pk=one.pk,
        title=one.title,
        href=reverse("attachment_file", args=[measure.number, one.pk]) if document else one.url,
        kind=kind_of(document.media_type).label if document else leads_to(one.url),
        size=file_size(document.size) if document else "",
        public=one.public,
        kept=one.is_kept,
        added=day(timezone.localdate(one.added_at)),
        by=str(one.added_by or ""),
        withdrawn=day(timezone.localdate(one.withdrawn_at)) if one.withdrawn_at else "",
        added_by_id=one.added_by_id,
    )
