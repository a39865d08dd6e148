"""What a page says of the past of a row: who changed which values, when and why."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Line:
    """One value that changed; `restore_url` leads to the page that takes the earlier one back.

    `earlier` are the words for it where `before` is only a part.
    """

    label: str
    before: str
    after: str
    restore_url: str = ""
    earlier: str = ""


@dataclass
class Moment:
    when: datetime
    who: str = ""
    reasons: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    covered: set[str] = field(default_factory=set)
    """The kinds of events whose values the lines tell already."""
