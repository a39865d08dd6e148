"""The lists of /verwaltung/ in KERN's tables. Load with `{% load administration %}`."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.utils import label_for_field, lookup_field

from ground.formats import in_words

register = template.Library()


@dataclass(frozen=True)
class Cell:
    label: str
    text: str


@dataclass(frozen=True)
class Row:
    href: str
    first: Cell
    others: list[Cell]


@register.simple_tag
def list_heads(cl: Any) -> list[dict[str, Any]]:
    """Word, address that sorts by it, and whether it does so now."""
    return list(result_headers(cl))


@register.simple_tag
def list_rows(cl: Any) -> list[Row]:
    labels = [str(label_for_field(name, cl.model, cl.model_admin)) for name in cl.list_display]
    rows = []
    for one in cl.result_list:
        first, *others = [
            Cell(label, _text(name, one, cl.model_admin)) for label, name in zip(labels, cl.list_display, strict=True)
        ]
        rows.append(Row(cl.url_for_result(one), first, others))
    return rows


def _text(name: str, row: Any, admin: Any) -> str:
    field, _, value = lookup_field(name, row, admin)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return in_words(value)


@register.simple_tag
def filter_choices(cl: Any, spec: Any) -> list[dict[str, Any]]:
    return list(spec.choices(cl))
