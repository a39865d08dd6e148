"""The meetings ahead as the Ratsbüro keeps them: which lack a day for papers, which committees have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from council.models import Committee, Meeting
from ground import formats

SHOWN = 8


@dataclass(frozen=True)
class Sitting:
    committee: str
    when: str
    relative: str
    papers_due: str
    url: str
    edit_url: str


@dataclass(frozen=True)
class Sittings:
    rows: Sequence[Sitting]
    silent: Sequence[str]
    """Committees of today's term without a meeting ahead."""
    answer: str


def sittings(now: datetime) -> Sittings:
    today = timezone.localdate(now)
    ahead = list(Meeting.objects.upcoming(now).select_related("committee"))
    held = {one.committee_id for one in ahead}
    silent = [one.name for one in Committee.objects.of_day(today).order_by("name") if one.pk not in held]
    return Sittings(
        rows=[_sitting(one, now) for one in ahead[:SHOWN]],
        silent=silent,
        answer=_answer(len(ahead), sum(one.papers_due is None for one in ahead)),
    )


def _sitting(one: Meeting, now: datetime) -> Sitting:
    return Sitting(
        committee=one.committee.name,
        when=formats.weekday_moment(one.start),
        relative=formats.relative(timezone.localdate(one.start), timezone.localdate(now)),
        papers_due=formats.day(one.papers_due) if one.papers_due else "",
        url=reverse("meeting", args=[one.pk]),
        edit_url=reverse("meeting_edit", args=[one.pk]),
    )


def _answer(ahead: int, undated: int) -> str:
    if not ahead:
        return "Keine künftige Sitzung ist eingetragen."
    things = formats.counted(ahead, "Sitzung steht", "Sitzungen stehen", article="eine")
    said = f"{formats.sentence_start(things)} bevor"
    if not undated:
        return f"{said}, jede mit Vorlagenschluss."
    return f"{said}, bei {formats.number_word(undated) if undated > 1 else 'einer'} fehlt der Vorlagenschluss."
