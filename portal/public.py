"""The texts that the town writes for its public pages."""

from dataclasses import dataclass
from datetime import datetime

from portal.models import PageKey, PageText


@dataclass(frozen=True, slots=True)
class PublicText:
    title: str
    text: str
    changed_at: datetime


def page_text(key: str) -> PublicText | None:
    """`key` is one of PageKey; None until the town has written something."""
    values = PageText.objects.filter(key=PageKey(key)).exclude(text="").values_list("title", "text", "changed_at")
    found = values.first()
    return PublicText(*found) if found else None
