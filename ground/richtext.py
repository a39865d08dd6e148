"""Markdown written in the house → HTML that is safe on every page."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

TAGS = {
    *(
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "blockquote",
        "a",
        "code",
        "pre",
    ),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto", "tel"}


@lru_cache(maxsize=512)
def richtext(source: str, first_heading: int = 3) -> SafeString:
    """HTML of a text in Markdown; its highest heading becomes `first_heading` (2 to 6), deeper ones follow."""
    if not 2 <= first_heading <= 6:
        raise ValueError(f"A page's text starts with heading 2 to 6, not {first_heading}.")
    html = _parser(first_heading).render(source)
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 against the lists above


@lru_cache(maxsize=8)
def _parser(first_heading: int) -> MarkdownIt:
    def lower_headings(state: StateCore) -> None:
        levels = [int(token.tag[1]) for token in state.tokens if token.type == "heading_open"]
        shift = first_heading - min(levels, default=1)
        for token in state.tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(6, max(first_heading, int(token.tag[1]) + shift))}"
            elif token.type == "th_open":
                token.attrs = {"scope": "col"}

    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
    parser.core.ruler.push("lower_headings", lower_headings)
    return parser
