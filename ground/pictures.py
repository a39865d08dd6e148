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
MOST_REDRAWN = 50_000_000
SIDE_REDRAWN = 4000
REDRAWN = {**KINDS, "image/webp": "WEBP"}
NAMES = {"PNG": "PNG", "JPEG": "JPEG", "WEBP": "WebP"}


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
        kind = KINDS[media_type(content)]
    except KeyError as other:
        raise PictureRefused("Die Datei ist kein lesbares PNG- oder JPEG-Bild.") from other
    drawn = _pixels(content, kind, "PNG- oder JPEG-Bild", most=MAX_PIXELS, side=MAX_SIDE).convert("RGBA")
    return _saved(drawn, "PNG", optimize=True)


def redrawn(content: bytes, kept_as: str) -> bytes:
    """The picture in its own format, upright, at most 4000 pixels a side, and nothing but its pixels.

    What stood beside them is gone: place, camera, comments, colour profiles, bytes after the end; of several pictures
    the first is kept. Raises PictureRefused.
    """
    kind = REDRAWN[kept_as]
    drawn = _pixels(content, kind, f"{NAMES[kind]}-Bild", most=MOST_REDRAWN, side=SIDE_REDRAWN)
    if kind == "JPEG":
        return _saved(drawn if drawn.mode == "L" else drawn.convert("RGB"), kind, quality=90)
    plain = drawn if drawn.mode in ("L", "RGB", "RGBA") else drawn.convert("RGBA")
    return _saved(plain, kind, **({"optimize": True} if kind == "PNG" else {"quality": 90}))


def media_type(content: bytes) -> str:
    """By the bytes alone; "" where they tell none."""
    try:
        return puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _pixels(content: bytes, kind: str, named: str, *, most: int, side: int) -> Image.Image:
    """The first picture of the file as it is looked at, in an image that knows nothing else of the file."""
    try:
        with _whole_pictures_only(), Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > most:
                longest = int(most**0.5) // 1000 * 1000
                raise PictureRefused(
                    f"Das Bild hat zu viele Bildpunkte. Verkleinern Sie es auf höchstens {longest} × {longest}."
                )
            picture.thumbnail((side, side))
            drawn = ImageOps.exif_transpose(picture)
            if drawn.mode not in ("L", "RGB", "RGBA"):
                drawn = drawn.convert("RGB" if kind == "JPEG" else "RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise PictureRefused(f"Die Datei ist kein lesbares {named}.") from broken
    return Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())


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
