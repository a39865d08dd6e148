"""An invented coat of arms: a plain shield with a gate and waves, no town's real arms."""

from io import BytesIO

from PIL import Image, ImageDraw

BLUE, SILVER, LINE = "#14466e", "#f4f6f8", "#0b2a43"
WIDTH, HEIGHT, SCALE = 200, 240, 4


def draw_shield() -> bytes:
    """A PNG of 200 × 240 pixels, drawn larger and scaled down so that its edges are smooth."""
    picture = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE))
    pen = ImageDraw.Draw(picture)
    pen.polygon(_scaled(_outline(6)), fill=LINE)
    pen.polygon(_scaled(_outline(12)), fill=BLUE)
    _gate(pen)
    for top in (164, 184):
        pen.line(_scaled(_wave(top)), fill=SILVER, width=8 * SCALE, joint="curve")
    target = BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(target, "PNG", optimize=True)
    return target.getvalue()


def _outline(inset: int) -> list[tuple[float, float]]:
    """Straight sides above, below two curves that meet in a point."""
    left, right, top, turn, bottom = inset, WIDTH - inset, inset, 130, HEIGHT - inset * 1.2
    half, fall = (right - left) / 2, bottom - turn
    curve = [(left + half * (1 - (1 - t * t) ** 0.62), turn + fall * t) for t in (step / 40 for step in range(41))]
    mirrored = [(left + right - x, y) for x, y in reversed(curve)]
    return [(left, top), *curve, *mirrored, (right, top)]


def _gate(pen: ImageDraw.ImageDraw) -> None:
    for box in ((58, 62, 142, 142), (50, 48, 76, 142), (124, 48, 150, 142)):
        pen.rectangle([side * SCALE for side in box], fill=SILVER)
    for left in (50, 63, 124, 137):
        pen.rectangle([side * SCALE for side in (left, 38, left + 13 - 3, 50)], fill=SILVER)
    pen.rectangle([side * SCALE for side in (86, 108, 114, 142)], fill=BLUE)
    pen.ellipse([side * SCALE for side in (86, 92, 114, 124)], fill=BLUE)


def _wave(top: int) -> list[tuple[float, float]]:
    reach = 62 if top < 170 else 44
    return [(x, top + (6 if (x // 14) % 2 else -2)) for x in range(100 - reach, 101 + reach, 7)]


def _scaled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]
