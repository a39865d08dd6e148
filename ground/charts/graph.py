"""Boxes joined by arrows, laid out in layers from left to right: what comes first stands left of what follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import shorten, wrap

from ground import symbols

WIDTH, HEIGHT = 208, 92
"""Of a box."""
GAP_X, GAP_Y = 72, 24
EDGE, HEAD = 12, 9
"""Of the whole; of an arrow."""
LINE_LENGTH, LINES = 23, 2
SWEEPS = 4


@dataclass(frozen=True, kw_only=True)
class Node:
    """`foot` stands below the title, with the symbol before it. `spoken` is the whole link in words; it begins with
    head, foot and title in this order, so that whoever says what they see reaches it.
    """

    key: int
    head: str
    title: str
    foot: str
    symbol: str
    tone: str
    href: str
    spoken: str
    strong: bool = False


@dataclass(frozen=True)
class Edge:
    """`tight` where the two dates do not fit together."""

    before: int
    after: int
    tight: bool = False


@dataclass(frozen=True)
class Box:
    node: Node
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def symbol_path(self) -> str:
        return symbols.path(self.node.symbol)


@dataclass(frozen=True)
class Arrow:
    """`path` and `head` are ready for the attribute of an SVG path."""

    path: str
    head: str
    tight: bool


@dataclass(frozen=True)
class Graph:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


Key = int | tuple[int, int, int]
"""Of a box, or of the place that a long arrow keeps free in a layer: its two ends and the layer."""


def graph(nodes: Sequence[Node], edges: Sequence[Edge]) -> Graph:
    """The edges form no circle, and join only nodes that are there."""
    layers = _layers([node.key for node in nodes], edges)
    ways = {edge: _way(edge, layers) for edge in edges}
    rows = _ordered(layers, list(ways.values()))
    tallest = max((len(row) for row in rows), default=0)
    places: dict[Key, tuple[int, int]] = {}
    for column, row in enumerate(rows):
        above = (tallest - len(row)) * (HEIGHT + GAP_Y) // 2
        for place, key in enumerate(row):
            places[key] = (EDGE + column * (WIDTH + GAP_X), EDGE + above + place * (HEIGHT + GAP_Y))
    boxes = tuple(Box(node, *places[node.key], _lines(node.title)) for node in nodes)
    return Graph(
        width=max(len(rows) * (WIDTH + GAP_X) - GAP_X, 0) + 2 * EDGE,
        height=max(tallest * (HEIGHT + GAP_Y) - GAP_Y, 0) + 2 * EDGE,
        boxes=boxes,
        arrows=tuple(_arrow(edge, [places[key] for key in way]) for edge, way in ways.items()),
    )


def _layers(keys: Sequence[int], edges: Sequence[Edge]) -> dict[int, int]:
    """By node the length of the longest way to it."""
    layers, left = dict.fromkeys(keys, 0), dict.fromkeys(keys, 0)
    for edge in edges:
        left[edge.after] += 1
    ready = [key for key in keys if not left[key]]
    while ready:
        key = ready.pop()
        for edge in edges:
            if edge.before == key:
                layers[edge.after] = max(layers[edge.after], layers[key] + 1)
                left[edge.after] -= 1
                if not left[edge.after]:
                    ready.append(edge.after)
    return layers


def _way(edge: Edge, layers: Mapping[int, int]) -> list[Key]:
    between = range(layers[edge.before] + 1, layers[edge.after])
    return [edge.before, *((edge.before, edge.after, layer) for layer in between), edge.after]


def _ordered(layers: Mapping[int, int], ways: Sequence[list[Key]]) -> list[list[Key]]:
    """The keys of each layer from top to bottom, moved towards the middle of their neighbours, to and fro."""
    rows: list[list[Key]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for node, layer in layers.items():
        rows[layer].append(node)
    for way in ways:
        for key in way[1:-1]:
            if isinstance(key, tuple) and key not in rows[key[2]]:
                rows[key[2]].append(key)
    before: dict[Key, list[Key]] = {}
    after: dict[Key, list[Key]] = {}
    for way in ways:
        for left, right in pairwise(way):
            after.setdefault(left, []).append(right)
            before.setdefault(right, []).append(left)
    for _ in range(SWEEPS):
        for fixed, row in pairwise(rows):
            _sort(row, fixed, before)
        for fixed, row in pairwise(rows[::-1]):
            _sort(row, fixed, after)
    return rows


def _sort(row: list[Key], fixed: Sequence[Key], neighbours: Mapping[Key, list[Key]]) -> None:
    """By the mean height of the neighbours in the layer beside it; who has none stays about where it is."""
    place = {key: (index + 0.5) / len(fixed) for index, key in enumerate(fixed)}
    own = {key: (index + 0.5) / len(row) for index, key in enumerate(row)}

    def height(key: Key) -> float:
        beside = [place[one] for one in neighbours.get(key, ()) if one in place]
        return sum(beside) / len(beside) if beside else own[key]

    row.sort(key=height)


def _arrow(edge: Edge, places: Sequence[tuple[int, int]]) -> Arrow:
    points = [(x, y + HEIGHT // 2) for x, y in places]
    path = f"M{points[0][0] + WIDTH} {points[0][1]}"
    for number, ((x, y), (to_x, to_y)) in enumerate(pairwise(points), start=1):
        last = number == len(points) - 1
        begin, end, bend = x + WIDTH, to_x - (HEAD if last else 0), GAP_X // 2
        path += f"C{begin + bend} {y} {end - bend} {to_y} {end} {to_y}" + ("" if last else f"H{to_x + WIDTH}")
    x, y = points[-1]
    return Arrow(path, f"M{x} {y}l-{HEAD} -6v12z", edge.tight)


def _lines(title: str) -> tuple[str, ...]:
    """As many as there is room for, the last one cut with a sign that it is."""
    lines = wrap(title, LINE_LENGTH)
    if len(lines) > LINES:
        rest = " ".join(lines[LINES - 1 :])
        cut = shorten(rest, LINE_LENGTH, placeholder=" …")
        lines = [*lines[: LINES - 1], cut if cut.strip() != "…" else f"{rest[: LINE_LENGTH - 1]}…"]
    return tuple(lines)
