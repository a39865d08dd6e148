from io import BytesIO

import pytest
from PIL import Image

from ground.pictures import MAX_BYTES, PictureRefused, as_png


def picture(kind="PNG", size=(40, 50), **options):
    target = BytesIO()
    Image.new("RGB", size, "#14466e").save(target, kind, **options)
    return target.getvalue()


def test_a_jpeg_becomes_a_png_without_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010E] = "Aufgenommen im Rathaus"

    drawn = as_png(picture("JPEG", exif=exif))

    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("PNG", (40, 50), {})


def test_bytes_after_the_picture_are_not_kept():
    assert b"<script>" not in as_png(picture() + b"<script>alert(1)</script>")


def test_a_large_picture_is_drawn_smaller():
    with Image.open(BytesIO(as_png(picture(size=(3000, 1500))))) as image:
        assert image.size == (1200, 600)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist kein lesbares PNG- oder JPEG-Bild."),
        (b"kein Bild", "Die Datei ist kein lesbares PNG- oder JPEG-Bild."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "Die Datei ist kein lesbares PNG- oder JPEG-Bild."),
        (picture("GIF"), "Die Datei ist kein lesbares PNG- oder JPEG-Bild."),
        (picture()[:60], "Die Datei ist kein lesbares PNG- oder JPEG-Bild."),
        (b"\x89PNG" + b"0" * MAX_BYTES, "Die Datei ist größer als 1 MB. Verkleinern Sie das Bild."),
        (
            picture(size=(5000, 5000), optimize=True),
            "Das Bild hat zu viele Bildpunkte. Verkleinern Sie es auf höchstens 4000 × 4000.",
        ),
    ],
    ids=["empty", "text", "svg", "gif", "cut off", "too heavy", "too many pixels"],
)
def test_anything_else_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(PictureRefused) as refused:
        as_png(content)

    assert str(refused.value) == sentence
