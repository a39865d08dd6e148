"""Where the words of a trend stand: none over another."""

from collections.abc import Sequence
from dataclasses import dataclass

LINE, LETTER, GAP = 17, 7.4, 14
"""Height of a line of words, width of a letter, room between chart and words."""

type Wanted = tuple[str, float, float, str]
"""Words, the point they belong to, tone."""


@dataclass(frozen=True, slots=True)
class Label:
    """`leader` leads from the point to words that had to move away from it."""

    text: str
    x: str
    y: str
    anchor: str
    tone: str
    leader: str = ""


def beside(wanted: Sequence[Wanted], *, right: float, top: float, bottom: float) -> list[Label]:
    """To the right of the chart in the order of their points, pushed apart and kept between top and bottom."""
    rows = sorted(wanted, key=lambda one: one[2])
    places: list[float] = []
    for _, _, y, _ in rows:
        places.append(max(y, places[-1] + LINE if places else top))
    lowest = bottom + LINE
    for place in reversed(range(len(places))):
        places[place] = min(places[place], lowest)
        lowest = places[place] - LINE
    return [
        Label(
            text=text,
            x=f"{right + GAP + 4:.1f}",
            y=f"{at + 4.5:.1f}",
            anchor="start",
            tone=tone,
            leader=f"M{x + 6:.1f} {y:.1f}L{right + GAP:.1f} {at:.1f}" if abs(at - y) > 3 or right - x > 8 else "",
        )
        for (text, x, y, tone), at in zip(rows, places, strict=True)
    ]


def placed(
    wanted: Sequence[Wanted], points: Sequence[tuple[float, float]], *, left: float, right: float
) -> list[Label]:
    """At their points inside the chart: above, below, right or left, wherever least stands in the way."""
    boxes: list[tuple[float, float, float, float]] = []
    labels = []
    for text, x, y, tone in wanted:
        width = len(text) * LETTER
        spots = [
            (min(max(x - width / 2, left + 2), right - width), y - 11),
            (min(max(x - width / 2, left + 2), right - width), y + 21),
            (min(x + 10, right - width), y + 5),
            (max(x - 10 - width, left + 2), y + 5),
        ]
        spot = min(spots, key=lambda one: _in_the_way(one, width, boxes, points))
        boxes.append((spot[0], spot[1] - LINE + 4, spot[0] + width, spot[1] + 4))
        labels.append(Label(text, f"{spot[0]:.1f}", f"{spot[1]:.1f}", "start", tone))
    return labels


def _in_the_way(
    spot: tuple[float, float],
    width: float,
    boxes: Sequence[tuple[float, float, float, float]],
    points: Sequence[tuple[float, float]],
) -> int:
    """Words weigh more than a point."""
    x1, y1, x2, y2 = spot[0], spot[1] - LINE + 4, spot[0] + width, spot[1] + 4
    words = sum(x1 < box[2] and box[0] < x2 and y1 < box[3] and box[1] < y2 for box in boxes)
    return words * 10 + sum(x1 <= x <= x2 and y1 <= y <= y2 for x, y in points)
