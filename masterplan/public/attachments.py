"""Files and links of a public measure, each of which was published by itself."""

from dataclasses import dataclass

from masterplan.models import Attachment
from masterplan.models.attachment import AttachmentQuerySet


@dataclass(frozen=True, slots=True)
class PublicAttachment:
    """A file has `name`, `media_type` and `size` in bytes; a link has `url`."""

    pk: int
    title: str
    url: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class PublicFile:
    name: str
    media_type: str
    content: bytes


COLUMNS = ("pk", "title", "url", "document__name", "document__media_type", "document__size")


def attachments_of(measure_id: int) -> tuple[PublicAttachment, ...]:
    rows = Attachment.objects.published().filter(measure=measure_id).in_order().values_list(*COLUMNS)
    return tuple(
        PublicAttachment(pk, title, url, name or "", media_type or "", size or 0)
        for pk, title, url, name, media_type, size in rows
    )


def file(slug: str, pk: int, name: str) -> PublicFile | None:
    """None where the measure, or this of its files, is not public now."""
    row = _files(slug, pk, name).values_list("document__name", "document__media_type", "document__content").first()
    return PublicFile(row[0], row[1], bytes(row[2])) if row else None


def file_etag(slug: str, pk: int, name: str) -> str | None:
    sha256 = _files(slug, pk, name).values_list("document__sha256", flat=True).first()
    return f'"{sha256[:32]}"' if sha256 else None


def _files(slug: str, pk: int, name: str) -> AttachmentQuerySet:
    return Attachment.objects.published().filter(measure__slug=slug, pk=pk, document__name=name)
