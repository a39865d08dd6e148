"""Small files of every kind, made here, so that a test says what is in them."""

import zipfile
import zlib
from io import BytesIO

from PIL import Image

from ground.uploads import kinds

HEAD = b"%PDF-1.4\n"


def pdf(*, info=b"", extra=b"", trailer=b"", version=HEAD):
    """One object, its table, its trailer; `info` stands in the properties, `extra` before the table."""
    body = version + b"1 0 obj\n<<" + info + b">>\nendobj\n" + extra
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
    end = b"trailer\n<</Size 2/Info 1 0 R" + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + table + end


def packed(text):
    """A compressed part of a PDF, as newer ones keep their properties in."""
    return b"2 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>\nstream\n" + zlib.compress(text) + b"\nendstream\nendobj\n"


def archive(parts, *, comment=b"", **options):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, **options)
        file.comment = comment
    return target.getvalue()


PARTS = {kinds.DOCX: "word/document.xml", kinds.XLSX: "xl/workbook.xml", kinds.PPTX: "ppt/presentation.xml"}


def ooxml(kind=kinds.DOCX, *, main=None, creator="", **more):
    """A Word, Excel or PowerPoint file; `more` are further parts."""
    main = main or f"{kind.media_type}.main+xml"
    core = f"<cp:coreProperties><dc:creator>{creator}</dc:creator></cp:coreProperties>"
    types = f'<Types><Override PartName="/{PARTS[kind]}" ContentType="{main}"/></Types>'
    return archive({"[Content_Types].xml": types, PARTS[kind]: "<x/>", "docProps/core.xml": core} | more)


def odf(kind=kinds.ODT, *, manifest="<manifest/>", creator="", **more):
    meta = f"<office:meta><dc:creator>{creator}</dc:creator></office:meta>"
    return archive({"mimetype": kind.media_type, "META-INF/manifest.xml": manifest, "meta.xml": meta} | more)


def picture(kind="PNG", size=(40, 50), **options):
    target = BytesIO()
    Image.new("RGB", size, "#14466e").save(target, kind, **options)
    return target.getvalue()


def photo(size=(40, 20)):
    """As a phone takes it: lying on its side, with place, camera and a name."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F], exif[0x013B] = "Kamera Nord", "Erika Ott"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 21.0, 40.0), 3: "E", 4: (10.0, 12.0, 20.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Erika Ott</x:xmpmeta>"
    return picture("JPEG", size, exif=exif, xmp=xmp, comment=b"Erika Ott", icc_profile=b"Profil von Erika Ott")
