"""The kinds of files that this portal keeps; whatever is not among them is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`suffixes` are the endings that a file of this kind may have, the usual one first."""

    label: str
    media_type: str
    suffixes: tuple[str, ...]

    @property
    def shows_in_browsers(self) -> bool:
        return self in (PDF, PNG, JPEG, WEBP)


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"

PDF = Kind("PDF", "application/pdf", ("pdf",))
PNG = Kind("PNG-Bild", "image/png", ("png",))
JPEG = Kind("JPEG-Bild", "image/jpeg", ("jpg", "jpeg"))
WEBP = Kind("WebP-Bild", "image/webp", ("webp",))
DOCX = Kind("Word", f"{_OOXML}.wordprocessingml.document", ("docx",))
XLSX = Kind("Excel", f"{_OOXML}.spreadsheetml.sheet", ("xlsx",))
PPTX = Kind("PowerPoint", f"{_OOXML}.presentationml.presentation", ("pptx",))
ODT = Kind("OpenDocument-Text", f"{_ODF}.text", ("odt",))
ODS = Kind("OpenDocument-Tabelle", f"{_ODF}.spreadsheet", ("ods",))
ODP = Kind("OpenDocument-Präsentation", f"{_ODF}.presentation", ("odp",))
CSV = Kind("CSV", "text/csv; charset=utf-8", ("csv",))
TEXT = Kind("Text", "text/plain; charset=utf-8", ("txt",))

PICTURES = (PNG, JPEG, WEBP)
OPEN_DOCUMENTS = (ODT, ODS, ODP)
KINDS = (PDF, *PICTURES, DOCX, XLSX, PPTX, *OPEN_DOCUMENTS, CSV, TEXT)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)

_BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}


def kind_of(media_type: str) -> Kind:
    """Of a stored file."""
    return _BY_MEDIA_TYPE[media_type]
