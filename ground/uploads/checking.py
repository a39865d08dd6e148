"""What an uploaded file is, by its bytes; pictures are drawn anew, so that only pixels are kept."""

from dataclasses import dataclass

from ground.formats import file_size
from ground.pictures import PictureRefused, media_type, redrawn
from ground.uploads import kinds, naming, office, pdf, text
from ground.uploads.kinds import PDF, PICTURES, Kind
from ground.uploads.refusing import FileRefused

MAX_BYTES = 10_000_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KEPT = "PDF, Bilder (PNG, JPEG, WebP), Word, Excel, PowerPoint, OpenDocument, CSV und Text"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """As it may be stored: with a name that is only a name, and without what a camera wrote."""

    name: str
    kind: Kind
    content: bytes


def checked(name: str, content: bytes) -> CheckedFile:
    """Raises FileRefused."""
    shown = naming.without_path(name)
    if not content:
        raise FileRefused(f"„{shown}“ ist leer. Prüfen Sie die Datei und wählen Sie sie noch einmal.")
    if len(content) > MAX_BYTES:
        raise FileRefused(
            f"„{shown}“ ist {file_size(len(content))} groß, höchstens {file_size(MAX_BYTES)} gehen. Verkleinern oder "
            "teilen Sie die Datei."
        )
    suffix = naming.suffix_of(shown)
    kind = _kind(shown, suffix, content)
    if suffix not in kind.suffixes:
        claimed = f"endet auf „.{suffix}“" if suffix else "hat keine Endung"
        raise FileRefused(
            f"„{shown}“ {claimed}, ist aber eine Datei der Art {kind.label}. Ist das so gewollt, geben Sie ihr die "
            f"Endung „.{kind.suffixes[0]}“; sonst wählen Sie die richtige Datei."
        )
    if kind in PICTURES:
        content = _drawn(shown, kind, content)
    return CheckedFile(naming.safe(shown, suffix), kind, content)


def _kind(shown: str, suffix: str, content: bytes) -> Kind:
    if content.startswith(b"%PDF-"):
        pdf.check(shown, content)
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return office.kind_of(shown, content)
    if content.startswith(OLD_OFFICE):
        raise FileRefused(
            f"„{shown}“ ist eine alte Office-Datei (.doc, .xls, .ppt) oder mit einem Passwort geschützt. Speichern Sie "
            "sie ohne Passwort als .docx, .xlsx, .pptx oder PDF."
        )
    if text.is_text(content):
        return kinds.CSV if suffix == "csv" else kinds.TEXT
    found = media_type(content)
    for kind in PICTURES:
        if found == kind.media_type:
            return kind
    if suffix in ("csv", "txt") and not found and text.is_other_encoding(content):
        raise FileRefused(
            f"„{shown}“ ist kein Text in UTF-8. Speichern Sie die Datei mit der Zeichenkodierung UTF-8 und wählen Sie "
            "sie noch einmal."
        )
    raise FileRefused(f"„{shown}“ ist {_words(found)}. Hier gehen {KEPT}.")


def _words(found: str) -> str:
    """What was found, as far as it has a name."""
    group, _, rest = found.partition("/")
    known = {"audio": "eine Tonaufnahme", "video": "ein Video", "image": f"ein Bild der Art {rest.upper()}"}
    named = {"html": "eine Internetseite (HTML)", "svg+xml": "eine Zeichnung (SVG)", "rtf": "eine RTF-Datei"}
    return named.get(rest) or known.get(group) or "keine Datei einer Art, die hier aufbewahrt wird"


def _drawn(shown: str, kind: Kind, content: bytes) -> bytes:
    try:
        return redrawn(content, kind.media_type)
    except PictureRefused as refused:
        raise FileRefused(f"„{shown}“: {refused}") from refused
