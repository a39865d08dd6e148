from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from ground import symbols
from ground.charts.distribution import Count, segments
from masterplan.models.status import ShownStatus

FOLDER = Path(settings.BASE_DIR) / "templates"
COMPONENTS = sorted((FOLDER / "components").glob("*.html"))


def component(name, **inputs):
    return " ".join(render_to_string(f"components/{name}.html", inputs).split())


def page(number, rows=300):
    return component(
        "pagination", page=Paginator(range(rows), 25).page(number), request=RequestFactory().get("/?feld=BS&page=9")
    )


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_names_its_inputs_in_its_first_line(path):
    assert path.read_text().startswith(("{# inputs: ", "{% comment %}inputs: "))


@pytest.mark.parametrize("status", ShownStatus)
def test_each_status_has_a_symbol_a_word_and_a_tone(status):
    chip = component("status_chip", label=status.label, symbol=status.symbol, tone=status.tone)
    assert chip == (
        f'<span class="chip tone-{status.tone}"><svg class="symbol" viewBox="0 0 24 24" width="20" height="20" '
        f'aria-hidden="true" focusable="false"><path fill-rule="evenodd" d="{symbols.path(status.symbol)}"/></svg>'
        f"<span>{status.label}</span></span>"
    )
    assert f".tone-{status.tone} " in (settings.BASE_DIR / "static/css/00-tokens.css").read_text()


def test_an_unknown_symbol_is_refused():
    with pytest.raises(symbols.UnknownSymbol):
        symbols.path("unicorn")


@pytest.mark.parametrize(
    ("percent", "elapsed", "words"),
    [
        (52, 71, "<b>52&nbsp;%</b> fertig, 71&nbsp;% der Zeit"),
        (0, None, "<b>0&nbsp;%</b> fertig"),
        (None, 71, "Fortschritt nicht angegeben"),
    ],
)
def test_progress_stands_beside_its_bar_in_words(percent, elapsed, words):
    assert f'<p class="progress__words">{words}</p>' in component("progress", percent=percent, elapsed=elapsed).replace(
        "> <b>", "><b>"
    ).replace(" </p>", "</p>")


def test_pages_keep_the_filter_and_name_the_rows():
    assert 'href="?feld=BS&amp;page=2"' in page(1)
    assert 'aria-current="page" aria-label="Seite 5" href="?feld=BS&amp;page=5"' in page(5)
    assert "101 bis 125 von 300" in page(5)
    assert 'rel="next"' not in page(12)


def test_a_single_page_has_no_page_numbers():
    assert page(1, rows=25) == ""


@pytest.mark.parametrize(
    ("tone", "kern"), [("error", "danger"), ("danger", "danger"), ("success", "success"), ("debug", "info")]
)
def test_an_alert_takes_the_tone_of_a_message(tone, kern):
    assert f'class="kern-alert kern-alert--{kern} alert"' in component("alert", tone=tone, text="Gespeichert.")


def test_a_distribution_divides_the_bar_and_leaves_out_what_counts_nothing():
    parts = segments(
        [
            Count("im Plan", "circle-check", "good", 3),
            Count("kritisch", "diamond", "critical", 0),
            Count("gefährdet", "triangle", "risk", 1, "/massnahmen/"),
        ]
    )
    assert [(part.label, part.x, part.width) for part in parts] == [
        ("im Plan", "0.00", "75.00"),
        ("gefährdet", "75.00", "25.00"),
    ]
    bar = component("distribution", segments=parts, title="Stand")
    assert "<title>Stand</title> <desc>3 im Plan, 1 gefährdet.</desc>" in bar


def test_a_distribution_of_nothing_is_empty():
    assert segments([]) == []
