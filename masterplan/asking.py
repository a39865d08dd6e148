"""Asks units how their measures stand. Who is told of it, and when again, follows from what is open."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.formats import day
from ground.journal import Entry, record
from masterplan.models import Measure, StatusRequest, StatusUpdate
from masterplan.models.kinds import ASKED


class DueInPast(Exception):
    """An answer was to be given by a day that is over."""


@transaction.atomic
def ask(*, measure_ids: Collection[int], due: date, by: Any, now: datetime | None = None) -> list[StatusRequest]:
    """One open request for each measure that is not at its end; one that is open already gets the new day.

    Raises DueInPast.
    """
    require(by, Perm.APPROVE_STATUS)
    moment = now or timezone.now()
    if due < timezone.localdate(moment):
        raise DueInPast
    measures = list(
        Measure.objects.current().unfinished().select_for_update(of=("self",)).filter(pk__in=measure_ids).order_by("pk")
    )
    open_ones = {one.measure_id: one for one in StatusRequest.objects.open().filter(measure__in=measures)}
    fresh = [one for one in measures if one.pk not in open_ones]
    later = [one for one in measures if one.pk in open_ones and open_ones[one.pk].due != due]
    StatusRequest.objects.open().filter(measure__in=later).update(due=due)
    StatusRequest.objects.bulk_create(
        [StatusRequest(measure=one, asked_by=by, asked_at=moment, due=due) for one in fresh]
    )
    asked = [*fresh, *later]
    record(
        *(Entry(subject=one, kind=ASKED, title="Stand erfragt", after=f"bis {day(due)}") for one in asked),
        by=by,
        at=moment,
    )
    return list(StatusRequest.objects.open().filter(measure__in=measures).select_related("measure"))


def reopen(update: StatusUpdate, *, now: datetime) -> None:
    """What an update answered is asked again, now that it is a draft again or was given back."""
    if not StatusRequest.objects.open().filter(measure=update.measure_id).exists():
        newest = list(update.answers.order_by("-asked_at").values_list("pk", flat=True)[:1])
        StatusRequest.objects.filter(pk__in=newest).update(answer=None)
    update.answers.update(answer=None, withdrawn_at=now)


@transaction.atomic
def withdraw_request(*, request_id: int, by: Any, now: datetime | None = None) -> bool:
    """False where it was answered or withdrawn meanwhile."""
    require(by, Perm.APPROVE_STATUS)
    moment = now or timezone.now()
    done = StatusRequest.objects.open().filter(pk=request_id).update(withdrawn_at=moment)
    if done:
        request = StatusRequest.objects.select_related("measure").get(pk=request_id)
        record(Entry(subject=request.measure, kind=ASKED, title="Abfrage zurückgezogen"), by=by, at=moment)
    return bool(done)
