import pytest

from ground.richtext import richtext


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Ein **Satz** mit *Nachdruck*.", "<p>Ein <strong>Satz</strong> mit <em>Nachdruck</em>.</p>\n"),
        ("# Titel", "<h3>Titel</h3>\n"),
        ("## Titel\n\n### Teil", "<h3>Titel</h3>\n<h4>Teil</h4>\n"),
        ("## Titel\n\n# Höher", "<h4>Titel</h4>\n<h3>Höher</h3>\n"),
        ("- eins\n- zwei", "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"),
        (
            "[Rathaus](https://stadt.example/a?b=1&c=2)",
            '<p><a href="https://stadt.example/a?b=1&amp;c=2" rel="noopener noreferrer">Rathaus</a></p>\n',
        ),
        ("[Amt](/massnahmen/)", '<p><a href="/massnahmen/" rel="noopener noreferrer">Amt</a></p>\n'),
        ("Straße & Platz < 3", "<p>Straße &amp; Platz &lt; 3</p>\n"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(source, html):
    assert richtext(source) == html


def test_a_table_names_its_columns():
    assert '<th scope="col">Jahr</th>' in richtext("| Jahr |\n| --- |\n| 2026 |")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "<a href='javascript:alert(1)'>x</a>",
        "![x](https://elsewhere.example/pixel.png)",
        '<iframe src="https://elsewhere.example"></iframe>',
        "<p style='position:fixed'>x</p>",
        "<svg><script>alert(1)</script></svg>",
        "[x](<javascript:alert(1)>)",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](/a "onclick=alert(1)")',
    ],
)
def test_hostile_text_stays_text(hostile):
    html = richtext(hostile)
    for danger in ("<script", "<img", "<iframe", "<svg", "<p style", 'href="javascript', 'href="data', 'href="vb'):
        assert danger not in html.lower()
    assert " onclick=" not in html.replace('title="onclick=alert(1)"', "")


def test_a_page_text_cannot_take_the_heading_of_the_page():
    with pytest.raises(ValueError, match="heading 2 to 6"):
        richtext("# x", first_heading=1)


def test_headings_end_at_the_sixth_level():
    assert richtext("# a\n\n##### b", first_heading=4) == "<h4>a</h4>\n<h6>b</h6>\n"
