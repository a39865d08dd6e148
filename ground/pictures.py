"""Pictures that people upload: checked by what is in them and drawn anew, so that only pixels are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any

import puremagic
from PIL import Image, ImageDraw, ImageFile, ImageOps

MAX_BYTES = 1024 * 1024
MAX_PIXELS = 20_000_000
MAX_SIDE = 1200
ICON_SIDES = [(16, 16), (32, 32), (48, 48)]
KINDS = {"image/png": "PNG", "image/jpeg": "JPEG"}


class PictureRefused(Exception):
    """The upload is no picture that this portal keeps; the message is a German sentence for the person."""


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint makes Pillow lenient for the whole process; an upload that was cut off is refused all the same."""
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def as_png(content: bytes) -> bytes:
    """The picture of a PNG or JPEG file, at most 1200 pixels a side, without metadata. Raises PictureRefused."""
    if len(content) > MAX_BYTES:
        raise PictureRefused("Die Datei ist größer als 1 MB. Verkleinern Sie das Bild.")
    try:
        kind = KINDS[puremagic.from_string(content, mime=True)]
        with _whole_pictures_only(), Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureRefused("Das Bild hat zu viele Bildpunkte. Verkleinern Sie es auf höchstens 4000 × 4000.")
            drawn = ImageOps.exif_transpose(picture).convert("RGBA")
    except (KeyError, OSError, SyntaxError, ValueError, puremagic.PureError, Image.DecompressionBombError) as broken:
        raise PictureRefused("Die Datei ist kein lesbares PNG- oder JPEG-Bild.") from broken
    drawn.thumbnail((MAX_SIDE, MAX_SIDE))
    clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    return _saved(clean, "PNG", optimize=True)


@lru_cache(maxsize=1)
def as_icon(png: bytes) -> bytes:
    """The picture in the middle of a square, as an ICO file of the sizes that browsers ask for."""
    with Image.open(BytesIO(png), formats=["PNG"]) as picture:
        square = ImageOps.pad(picture.convert("RGBA"), (256, 256), color=(0, 0, 0, 0))
    return _saved(square, "ICO", sizes=ICON_SIDES)


def plain_icon() -> bytes:
    """static/favicon.svg as an ICO file: the portal's sign where a town has no arms."""
    square = Image.new("RGBA", (256, 256))
    draw = ImageDraw.Draw(square)
    draw.rounded_rectangle((0, 0, 255, 255), radius=32, fill="#2044aa")
    for top, width in ((80, 112), (128, 160), (176, 72)):
        draw.rectangle((48, top, 47 + width, top + 23), fill="white")
    return _saved(square, "ICO", sizes=ICON_SIDES)


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()
