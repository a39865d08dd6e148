"""Office files are ZIP archives: which kind one is, its own list of contents says, and nothing in it may run."""

import io
import re
import zipfile
from collections.abc import Sequence

from ground.uploads.kinds import DOCX, OPEN_DOCUMENTS, PPTX, XLSX, Kind
from ground.uploads.refusing import FileRefused

MOST_PARTS = 3000
MOST_UNPACKED = 200_000_000
MOST_OF_A_LIST = 2_000_000
TYPES, MANIFEST = "[Content_Types].xml", "META-INF/manifest.xml"
MAIN_PARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", PPTX: "ppt/presentation.xml"}
RUNS = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX\d*\.(xml|bin)|oleObject\d*\.bin)$|^(Basic|Scripts)/."
    r"|\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|lnk|sh)$",
    re.IGNORECASE,
)
"""Macros, embedded programs and objects."""


def kind_of(shown: str, content: bytes) -> Kind:
    """Raises FileRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_frame(shown, archive, parts)
            kind = _kind(archive, {part.filename for part in parts})
            is_locked = kind in OPEN_DOCUMENTS and b"encryption-data" in read_part(archive, MANIFEST)
            runs = any(RUNS.search(part.filename) for part in parts) or _says_macros(archive, kind)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as broken:
        raise FileRefused(f"„{shown}“ ist beschädigt. Öffnen Sie die Datei und speichern Sie sie neu.") from broken
    if kind is None:
        raise FileRefused(
            f"„{shown}“ ist ein Archiv (ZIP), kein Dokument. Laden Sie die Dateien darin einzeln hoch; von Office-"
            "Dateien gehen .docx, .xlsx, .pptx, .odt, .ods und .odp."
        )
    if is_locked:
        raise FileRefused(f"„{shown}“ ist mit einem Passwort geschützt. Speichern Sie die Datei ohne Passwort.")
    if runs:
        raise FileRefused(
            f"„{shown}“ enthält Makros oder eingebettete Programme. Speichern Sie die Datei ohne sie, zum Beispiel als "
            "PDF."
        )
    return kind


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part, enough of a list of contents or of a file's properties; nothing where it is missing."""
    try:
        with archive.open(name) as part:
            return part.read(MOST_OF_A_LIST)
    except KeyError:
        return b""


def _check_frame(shown: str, archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo]) -> None:
    """One archive from the first byte to the last that says what it holds, and can be unpacked by anyone."""
    names = [part.filename for part in parts]
    if archive.comment or min((part.header_offset for part in parts), default=1) != 0 or len(set(names)) < len(names):
        raise zipfile.BadZipFile
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise zipfile.BadZipFile
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(f"„{shown}“ ist mit einem Passwort geschützt. Speichern Sie die Datei ohne Passwort.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileRefused(f"„{shown}“ wird beim Öffnen zu groß. Speichern Sie das Dokument als PDF.")


def _kind(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if "mimetype" in names:
        said = read_part(archive, "mimetype").strip()
        return next((kind for kind in OPEN_DOCUMENTS if kind.media_type.encode() == said), None)
    types = read_part(archive, TYPES)
    for kind, part in MAIN_PARTS.items():
        if part in names and f'"{kind.media_type}.main+xml"'.encode() in types.replace(b"'", b'"'):
            return kind
    return next((kind for kind, part in MAIN_PARTS.items() if part in names and b"macroEnabled" in types), None)


def _says_macros(archive: zipfile.ZipFile, kind: Kind | None) -> bool:
    return kind in MAIN_PARTS and b"macroEnabled" in read_part(archive, TYPES)
