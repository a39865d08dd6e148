"""What follows from a new end of a measure, said before it is saved."""

from datetime import date, datetime

from django.utils import timezone

from council.models import Meeting
from ground.formats import counted, day, days_moved, sentence_start
from masterplan.checks import PROMISE_KEPT
from masterplan.models import DueDatePromise, Measure, PromiseKind

ORDINALS = ("erste", "zweite", "dritte", "vierte", "fünfte", "sechste")


def of_new_end(measure: Measure, end: date | None, *, correction: bool, now: datetime) -> list[str]:
    """German sentences; empty where nothing changes."""
    if end == measure.planned_end:
        return []
    if not measure.is_committed:
        moved = f"{days_moved((end - measure.planned_end).days)}. " if end and measure.planned_end else ""
        return [f"{moved}Das ist noch Planung: Zugesagt wird ein Termin mit der Veröffentlichung oder dem Beschluss."]
    return [*_promise(measure, end, correction), *_milestones_after(measure, end), *_told(measure, now)]


def _promise(measure: Measure, end: date | None, correction: bool) -> list[str]:
    rows = DueDatePromise.objects.filter(measure=measure).of_end()
    last = rows.exclude(due=None).order_by("promised_on", "pk").values_list("due", flat=True).last()
    if end is None:
        return [PROMISE_KEPT]
    if last is None:
        return [f"Erste Zusage: {day(end)}."]
    moved = days_moved((end - last).days)
    if correction:
        return [f"{moved} als Korrektur: Sie zählt nicht als Verschiebung und bleibt gekennzeichnet sichtbar."]
    if end > last:
        times = rows.filter(kind=PromiseKind.POSTPONED).count()
        which = ORDINALS[times] if times < len(ORDINALS) else f"{times + 1}."
        return [f"{moved}, {which} Verschiebung. Die alte Zusage bleibt sichtbar."]
    if end < last:
        return [f"{moved}, vorgezogen. Die alte Zusage bleibt sichtbar."]
    return []


def _milestones_after(measure: Measure, end: date | None) -> list[str]:
    after = measure.milestones.open().filter(planned__gt=end).count() if end else 0
    if not after:
        return []
    lie = "liegt" if after == 1 else "liegen"
    told = f"{counted(after, 'Meilenstein', 'Meilensteine', 'ein')} {lie} dann nach dem Ende: Verlegen Sie das zuerst."
    return [sentence_start(told)]


def _told(measure: Measure, now: datetime) -> list[str]:
    if not measure.is_public and measure.resolved_on is None:
        return []
    start = (
        Meeting.objects.upcoming(now).filter(committee__receives_reports=True).values_list("start", flat=True).first()
    )
    return [f"Der Ausschuss erfährt es in der Sitzung am {day(timezone.localdate(start))}."] if start else []
