"""Components for rows that come many times on a page: rendered once per inputs, then reused as they are."""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

MOST_KEPT = 4096


@lru_cache(maxsize=MOST_KEPT)
def part(name: str, **inputs: Hashable) -> SafeString:
    """HTML of `templates/components/<name>.html`; for inputs that take few values, such as a status or a percentage."""
    return render_to_string(f"components/{name}.html", inputs)
