"""Names of persons in the properties of a file, which everyone can read who has the file."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from ground.uploads.kinds import OPEN_DOCUMENTS, PDF, Kind
from ground.uploads.office import MAIN_PARTS, read_part

IN_OFFICE = re.compile(
    rb"<(dc:creator|cp:lastModifiedBy|meta:initial-creator|meta:printed-by|Manager)\b[^>]*>([^<]+)</\1>"
)
IN_XMP = re.compile(rb"<(?:dc:creator|pdf:Author)\b[^>]*>(?:\s*<rdf:Seq>\s*<rdf:li[^>]*>)?\s*([^<]+)<")
IN_PDF = re.compile(rb"/Author\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]+)>)")
PACKED = re.compile(rb"/Type\s*/(?:ObjStm|Metadata)\b[^\0]{0,400}?stream\r?\n")
MOST_UNPACKED = 2_000_000
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
STANDS_FOR = {b"n": b" ", b"r": b" ", b"t": b" ", b"b": b"", b"f": b"", b"\n": b""}


def persons_named(kind: Kind, content: bytes) -> list[str]:
    """Who a PDF or an office file says wrote or changed it, as far as it says so openly; each name once."""
    if kind == PDF:
        found = list(_in_pdf(content))
    elif kind in OPEN_DOCUMENTS or kind in MAIN_PARTS:
        found = list(_in_office(content))
    else:
        found = []
    return list(dict.fromkeys(name for one in found if (name := " ".join(one.split()))))


def _in_office(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in ("docProps/core.xml", "docProps/app.xml", "meta.xml"):
            for _, name in IN_OFFICE.findall(read_part(archive, part)):
                yield html.unescape(name.decode("utf-8", "replace"))


def _in_pdf(content: bytes) -> Iterator[str]:
    for text in (content, *_unpacked(content)):
        for plain, hexadecimal in IN_PDF.findall(text):
            yield _decoded(bytes.fromhex(_even(hexadecimal)) if hexadecimal else _unescaped(plain))
        for name in IN_XMP.findall(text):
            yield html.unescape(name.decode("utf-8", "replace"))


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The compressed parts in which newer PDF files keep their properties."""
    for found in PACKED.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.end() :], MOST_UNPACKED)
        except zlib.error:
            continue


def _even(hexadecimal: bytes) -> str:
    digits = "".join(hexadecimal.decode("ascii").split())
    return digits + "0" * (len(digits) % 2)


def _unescaped(text: bytes) -> bytes:
    def sign(found: re.Match[bytes]) -> bytes:
        said = found[1]
        return bytes([int(said, 8) % 256]) if said.isdigit() else STANDS_FOR.get(said, said)

    return ESCAPED.sub(sign, text)


def _decoded(text: bytes) -> str:
    """A text string of ISO 32000-1, 7.9.2.2: UTF-16 or UTF-8 with a mark, else close to Latin-1."""
    if text.startswith(b"\xfe\xff"):
        return text[2:].decode("utf-16-be", "replace")
    if text.startswith(b"\xef\xbb\xbf"):
        return text[3:].decode("utf-8", "replace")
    return text.decode("latin-1")
