import pytest
from hypothesis import given
from hypothesis import strategies as st

from ground.charts.graph import GAP_X, HEIGHT, WIDTH, Edge, Node, graph


def node(key, title="Titel"):
    words = {"title": title, "foot": "", "spoken": "", "href": f"/{key}/"}
    return Node(key=key, head=str(key), symbol="check", tone="done", **words)


def places(nodes, edges):
    return {box.node.key: (box.x, box.y) for box in graph([node(key) for key in nodes], edges).boxes}


def test_what_comes_first_stands_left_of_all_that_follows_it():
    columns = {key: x for key, (x, _) in places("abcd", [Edge("a", "b"), Edge("b", "c"), Edge("a", "c")]).items()}
    step = WIDTH + GAP_X
    assert {key: (x - columns["a"]) // step for key, x in columns.items()} == {"a": 0, "b": 1, "c": 2, "d": 0}


def test_neighbours_stand_beside_each_other_so_that_arrows_do_not_cross():
    found = places("abxy", [Edge("a", "y"), Edge("b", "x")])
    assert (found["a"][1], found["b"][1]) == (found["y"][1], found["x"][1])


def test_a_long_arrow_goes_around_the_boxes_between():
    drawn = graph([node(key) for key in "abc"], [Edge("a", "b"), Edge("b", "c"), Edge("a", "c")])
    middle = next(box for box in drawn.boxes if box.node.key == "b")
    long = drawn.arrows[2].path
    passes = int(long.split("H")[0].rsplit(" ", 1)[1])
    assert not middle.y <= passes <= middle.y + HEIGHT


def test_nothing_to_draw_is_an_empty_sheet():
    drawn = graph([], [])
    assert (drawn.boxes, drawn.arrows) == ((), ())


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Kurz", ("Kurz",)),
        ("Anträge vollständig online stellen", ("Anträge vollständig", "online stellen")),
        (
            "Freies WLAN auf Plätzen und in städtischen Häusern der Stadt",
            ("Freies WLAN auf Plätzen", "und in städtischen …"),
        ),
    ],
)
def test_a_title_has_two_lines_and_says_where_it_is_cut(title, lines):
    assert graph([node(1, title)], []).boxes[0].lines == lines


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]), unique=True))
def test_no_two_boxes_lie_on_each_other_and_all_lie_on_the_sheet(pairs):
    drawn = graph([node(key) for key in range(10)], [Edge(*pair) for pair in pairs])
    corners = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(corners)) == 10
    assert all(x + WIDTH <= drawn.width and y + HEIGHT <= drawn.height for x, y in corners)
