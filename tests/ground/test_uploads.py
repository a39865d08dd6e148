"""What an uploaded file is, its bytes say; whatever is not of a few kinds is refused in a sentence that helps."""

from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from ground.uploads import MAX_BYTES, FileRefused, checked, kinds, persons_named
from tests.files import HEAD, archive, odf, ooxml, packed, pdf, photo, picture


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", pdf(), kinds.PDF),
        ("a.pdf", pdf(extra=packed(b"x"), version=b"%PDF-2.0\n"), kinds.PDF),
        ("a.png", picture(), kinds.PNG),
        ("a.jpg", picture("JPEG"), kinds.JPEG),
        ("a.JPEG", picture("JPEG"), kinds.JPEG),
        ("a.webp", picture("WEBP"), kinds.WEBP),
        ("a.docx", ooxml(kinds.DOCX), kinds.DOCX),
        ("a.xlsx", ooxml(kinds.XLSX), kinds.XLSX),
        ("a.pptx", ooxml(kinds.PPTX), kinds.PPTX),
        ("a.odt", odf(kinds.ODT), kinds.ODT),
        ("a.ods", odf(kinds.ODS), kinds.ODS),
        ("a.odp", odf(kinds.ODP), kinds.ODP),
        ("a.csv", "Jahr;Betrag\n2026;1.000 €\n".encode(), kinds.CSV),
        ("a.csv", b"\xef\xbb\xbfBM;GIF89a\r\n", kinds.CSV),
        ("a.txt", "Größe: 3 < 4\n\tja".encode(), kinds.TEXT),
    ],
)
def test_a_file_is_of_the_kind_that_its_content_says(name, content, kind):
    assert checked(name, content).kind == kind


KEPT = "Hier gehen PDF, Bilder (PNG, JPEG, WebP), Word, Excel, PowerPoint, OpenDocument, CSV und Text."
BROKEN_PDF = (
    "„a.pdf“ beginnt wie ein PDF, ist aber unvollständig, oder es hängt etwas anderes daran. Öffnen Sie das Dokument "
    "und speichern Sie es neu als PDF."
)
MACROS = "„a.docx“ enthält Makros oder eingebettete Programme. Speichern Sie die Datei ohne sie, zum Beispiel als PDF."
NO_DOCUMENT = (
    "„{}“ ist ein Archiv (ZIP), kein Dokument. Laden Sie die Dateien darin einzeln hoch; von Office-Dateien gehen "
    ".docx, .xlsx, .pptx, .odt, .ods und .odp."
)
DAMAGED = "„a.docx“ ist beschädigt. Öffnen Sie die Datei und speichern Sie sie neu."
LOCKED = "„{}“ ist mit einem Passwort geschützt. Speichern Sie die Datei ohne Passwort."
OLD = (
    "„{}“ ist eine alte Office-Datei (.doc, .xls, .ppt) oder mit einem Passwort geschützt. Speichern Sie sie ohne "
    "Passwort als .docx, .xlsx, .pptx oder PDF."
)


def is_other(name, suffix, kind, right):
    return (
        f"„{name}“ endet auf „.{suffix}“, ist aber eine Datei der Art {kind}. Ist das so gewollt, geben Sie ihr die "
        f"Endung „.{right}“; sonst wählen Sie die richtige Datei."
    )


def encrypted(content):
    """With the mark of a password on every part."""
    return content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "„a.pdf“ ist leer. Prüfen Sie die Datei und wählen Sie sie noch einmal."),
        (
            "a.txt",
            b"x" * (MAX_BYTES + 1),
            "„a.txt“ ist 10,0\u00a0MB groß, höchstens 10,0\u00a0MB gehen. Verkleinern oder teilen Sie die Datei.",
        ),
        ("a.pdf", picture(), is_other("a.pdf", "pdf", "PNG-Bild", "png")),
        ("a.png", pdf(), is_other("a.png", "png", "PDF", "pdf")),
        ("a.docx", ooxml(kinds.XLSX), is_other("a.docx", "docx", "Excel", "xlsx")),
        ("a.odt", ooxml(), is_other("a.odt", "odt", "Word", "docx")),
        ("a.pdf", b"Nur Text", is_other("a.pdf", "pdf", "Text", "txt")),
        ("a.exe", b"Nur Text", is_other("a.exe", "exe", "Text", "txt")),
        (
            "liste",
            b"Nur Text",
            "„liste“ hat keine Endung, ist aber eine Datei der Art Text. Ist das so gewollt, geben Sie ihr die Endung "
            "„.txt“; sonst wählen Sie die richtige Datei.",
        ),
        ("a.pdf", b"MZ\x90\x00" + b"\x00" * 90, f"„a.pdf“ ist keine Datei einer Art, die hier aufbewahrt wird. {KEPT}"),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", f"„a.txt“ ist keine Datei einer Art, die hier aufbewahrt wird. {KEPT}"),
        ("a.txt", b"<!DOCTYPE html><html></html>", f"„a.txt“ ist eine Internetseite (HTML). {KEPT}"),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', f"„a.png“ ist eine Zeichnung (SVG). {KEPT}"),
        ("a.gif", picture("GIF"), f"„a.gif“ ist ein Bild der Art GIF. {KEPT}"),
        (
            "a.csv",
            "Straße;Höhe\n".encode("latin-1"),
            "„a.csv“ ist kein Text in UTF-8. Speichern Sie die Datei mit der Zeichenkodierung UTF-8 und wählen Sie sie "
            "noch einmal.",
        ),
        ("a.pdf", HEAD + b"und sonst nichts", BROKEN_PDF),
        ("a.pdf", pdf()[:-30], BROKEN_PDF),
        ("a.pdf", pdf() + archive({"a.js": "alert(1)"}), BROKEN_PDF),
        ("a.pdf", pdf() + b"<script>alert(1)</script>", BROKEN_PDF),
        ("a.pdf", b"<script></script>" + pdf(), f"„a.pdf“ ist keine Datei einer Art, die hier aufbewahrt wird. {KEPT}"),
        (
            "a.pdf",
            pdf(extra=archive({"a.js": "alert(1)"})),
            "„a.pdf“ ist zugleich ein PDF und ein Archiv. Speichern Sie das Dokument neu als PDF.",
        ),
        (
            "a.pdf",
            pdf(trailer=b"/Encrypt 5 0 R"),
            "„a.pdf“ ist ein PDF mit Passwort oder Sperren. Speichern Sie es ohne Schutz.",
        ),
        ("a.png", picture()[:60], "„a.png“: Die Datei ist kein lesbares PNG-Bild."),
        ("a.docx", archive({"a.txt": "x"}), NO_DOCUMENT.format("a.docx")),
        ("a.zip", archive({"a.txt": "x"}), NO_DOCUMENT.format("a.zip")),
        ("a.odt", archive({"mimetype": "application/epub+zip"}), NO_DOCUMENT.format("a.odt")),
        ("a.docx", ooxml(main="application/vnd.ms-word.document.macroEnabled.main+xml"), MACROS),
        ("a.docx", ooxml(**{"word/vbaProject.bin": "x"}), MACROS),
        ("a.docx", ooxml(**{"word/embeddings/oleObject1.bin": "x"}), MACROS),
        ("a.docx", ooxml(**{"word/Rechnung.EXE": "x"}), MACROS),
        ("a.docx", odf(**{"Basic/Standard/Modul.xml": "x"}), MACROS),
        ("a.docx", ooxml()[:-40], DAMAGED),
        ("a.docx", archive({"[Content_Types].xml": "x"}, comment=b"<script>"), DAMAGED),
        ("a.docx", ooxml(**{"../../etc/passwd": "x"}), DAMAGED),
        ("a.docx", encrypted(ooxml()), LOCKED.format("a.docx")),
        ("a.odt", odf(manifest="<manifest:encryption-data/>"), LOCKED.format("a.odt")),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, OLD.format("a.docx")),
        (
            "a.docx",
            ooxml(**{f"word/media/{place}.xml": b"0" * 70_000_000 for place in range(3)}),
            "„a.docx“ wird beim Öffnen zu groß. Speichern Sie das Dokument als PDF.",
        ),
        (
            "..\\..\\Kosten\u202efdp.pdf",
            b"",
            "„Kostenfdp.pdf“ ist leer. Prüfen Sie die Datei und wählen Sie sie noch einmal.",
        ),
    ],
)
def test_anything_else_is_refused_in_one_sentence(name, content, sentence):
    with pytest.raises(FileRefused) as refused:
        checked(name, content)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Konzept.PDF", "Konzept.pdf"),
        ("C:\\Users\\ott\\Desktop\\Konzept.pdf", "Konzept.pdf"),
        ("../../etc/Konzept.pdf", "Konzept.pdf"),
        ("Kon\x00zept\r\n.pdf", "Konzept.pdf"),
        ('Kosten "2026": 50% <neu>?.pdf', "Kosten -2026- 50- -neu-.pdf"),
        ("..pdf", "dokument.pdf"),
        ("Ü" * 200 + ".pdf", "Ü" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(sent, kept):
    assert checked(sent, pdf()).name == kept


def test_a_photo_stands_upright_and_keeps_nothing_of_place_camera_and_person():
    before = photo()
    with Image.open(BytesIO(before)) as image:
        assert (image.size, dict(image.getexif().get_ifd(0x8825))[1]) == ((40, 20), "N")
        assert before.count(b"Erika Ott") == 4

    after = checked("a.jpg", before).content

    with Image.open(BytesIO(after)) as image:
        assert (
            image.format,
            image.size,
            dict(image.getexif()),
            {"xmp", "comment", "icc_profile"} & set(image.info),
        ) == (
            "JPEG",
            (20, 40),
            {},
            set(),
        )
    assert b"Erika Ott" not in after


def test_a_picture_keeps_no_text_and_nothing_behind_its_end():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Erika Ott")
    before = picture(pnginfo=texts) + archive({"a.js": "alert(1)"})
    assert b"Erika Ott" in before

    after = checked("a.png", before).content

    with Image.open(BytesIO(after)) as image:
        assert image.info == {}
    assert (b"Erika Ott" in after, b"alert" in after, after.endswith(b"IEND\xaeB`\x82")) == (False, False, True)


def test_a_large_photo_is_drawn_smaller():
    with Image.open(BytesIO(checked("a.jpg", picture("JPEG", (5000, 2500))).content)) as image:
        assert image.size == (4000, 2000)


@pytest.mark.parametrize(
    ("kind", "content", "persons"),
    [
        (kinds.PDF, pdf(), []),
        (kinds.PDF, pdf(info=b"/Author (Erika Ott)"), ["Erika Ott"]),
        (kinds.PDF, pdf(info=b"/Author (J\\374rgen \\(Bauamt\\))"), ["Jürgen (Bauamt)"]),
        (kinds.PDF, pdf(info=b"/Author <FEFF004F00740074>"), ["Ott"]),
        (kinds.PDF, pdf(info=b"/Author ()"), []),
        (kinds.PDF, pdf(extra=packed(b"<</Author(Erika Ott)>>")), ["Erika Ott"]),
        (
            kinds.PDF,
            pdf(extra=b"<dc:creator><rdf:Seq><rdf:li>M\xc3\xbcller &amp; Ott</rdf:li></rdf:Seq></dc:creator>"),
            ["Müller & Ott"],
        ),
        (kinds.DOCX, ooxml(creator="Erika Ott"), ["Erika Ott"]),
        (kinds.DOCX, ooxml(), []),
        (kinds.ODT, odf(creator="Erika Ott"), ["Erika Ott"]),
        (kinds.CSV, b"Author (Erika Ott)", []),
    ],
)
def test_who_wrote_a_file_is_found_in_its_properties(kind, content, persons):
    assert persons_named(kind, content) == persons
