"""Template tags for pages in KERN's look. Load with `{% load kern %}`."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ground import symbols

register = template.Library()


@register.simple_tag
def symbol(name: str, css: str = "") -> SafeString:
    """An inline symbol, silent for screen readers: the word stands beside it."""
    return format_html(
        '<svg class="symbol{}" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">'
        '<path fill-rule="evenodd" d="{}"/></svg>',
        f" {css}" if css else "",
        symbols.path(name),
    )


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, label: str, perm: str = "", exact: bool = False) -> SafeString | str:
    """A list item of the navigation; nothing while the user lacks `perm`.

    The item of the page itself is marked, and that of the area it lies in unless `exact`.
    """
    url, request = reverse(name), context.get("request")
    if perm and not (request and request.user.has_perm(perm)):
        return ""
    here = request.path if request else ""
    current = "page" if here == url else "true" if not exact and url != "/" and here.startswith(url) else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<li><a class="nav-link" href="{}"{}>{}</a></li>', url, mark, label)


@register.simple_block_tag
def breadcrumb(content: SafeString, here: object) -> SafeString:
    """Where one is: between the tags the pages above, each a list item with its link; last the name of this page."""
    return format_html(
        '<nav class="breadcrumb" aria-label="Sie sind hier"><ol>{}'
        '<li><span aria-current="page">{}</span></li></ol></nav>',
        content,
        here,
    )


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Numbers around the current page; a gap is the paginator's ellipsis."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def tally(done: int, total: int) -> SafeString:
    """Up to twelve small boxes, filled for what is done; the words "1 von 3" stand beside them."""
    boxes = format_html_join(
        "",
        '<rect class="tally__box{}" x="{}" y="1" width="12" height="12" rx="2"/>',
        ((" tally__box--done" if place < done else "", place * 16 + 1) for place in range(min(total, 12))),
    )
    return format_html(
        '<span class="tally"><svg width="{}" height="14" aria-hidden="true" focusable="false">{}</svg>{} von {}</span>',
        min(total, 12) * 16,
        boxes,
        done,
        total,
    )


@register.simple_tag(takes_context=True)
def signed_in(context: Context) -> bool:
    """Only for pages that are not public."""
    request = context.get("request")
    return bool(request and getattr(request, "user", None) and request.user.is_authenticated)
