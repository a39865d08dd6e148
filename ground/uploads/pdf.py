"""PDF files, as far as their frame tells: begins and ends as one, finds its own table of contents, has no password.

ISO 32000-1, 7.5: header, body, cross-reference table, trailer.
"""

import io
import re
import zipfile

from ground.uploads.refusing import FileRefused

END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
PASSWORD = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
TAIL = 2048


def check(shown: str, content: bytes) -> None:
    """Raises FileRefused."""
    end = END.search(content[-TAIL:])
    if not end or not TABLE.match(content, int(end[1])):
        raise FileRefused(
            f"„{shown}“ beginnt wie ein PDF, ist aber unvollständig, oder es hängt etwas anderes daran. Öffnen Sie das "
            "Dokument und speichern Sie es neu als PDF."
        )
    if PASSWORD.search(content):
        raise FileRefused(f"„{shown}“ ist ein PDF mit Passwort oder Sperren. Speichern Sie es ohne Schutz.")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused(f"„{shown}“ ist zugleich ein PDF und ein Archiv. Speichern Sie das Dokument neu als PDF.")
