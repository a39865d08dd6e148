"""Who stands in for whom, and when: everyone says so of themselves."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Absence, User
from accounts.persons import account
from ground.journal import Entry, record


class NobodyToStandIn(Exception):
    """The deputy is the person itself or can no longer log in."""


class AlreadyAbsent(Exception):
    """The days overlap an absence that is entered already. `absence` is that one."""

    def __init__(self, absence: Absence) -> None:
        super().__init__(absence.pk)
        self.absence = absence


@transaction.atomic
def name_deputy(*, deputy: User | None, by: User) -> None:
    """Raises NobodyToStandIn."""
    if deputy is not None and (deputy.pk == by.pk or not deputy.is_active):
        raise NobodyToStandIn
    before, by.deputy = by.deputy, deputy
    by.save(update_fields=["deputy"])
    _tell(
        by,
        "Vertretung geändert",
        before=account(before.pk if before else None),
        after=account(deputy.pk if deputy else None),
    )


@transaction.atomic
def enter_absence(*, first_day: date, last_day: date, by: User) -> Absence:
    """Both days included. Raises AlreadyAbsent."""
    User.objects.select_for_update().get(pk=by.pk)
    overlapping = by.absences.filter(Q(first_day__lte=last_day) & Q(last_day__gte=first_day)).first()
    if overlapping:
        raise AlreadyAbsent(overlapping)
    absence = Absence.objects.create(user=by, first_day=first_day, last_day=last_day)
    _tell(by, "Abwesenheit eingetragen", after=absence.days)
    return absence


@transaction.atomic
def cancel_absence(*, absence_id: int, by: User, today: date) -> None:
    """Only one's own; another's does not exist. Of one that has begun the past days stay.

    Raises Absence.DoesNotExist.
    """
    absence = by.absences.get(pk=absence_id, last_day__gte=today)
    if absence.first_day >= today:
        _tell(by, "Abwesenheit gestrichen", before=absence.days)
        absence.delete()
        return
    before, absence.last_day = absence.days, today - timedelta(days=1)
    absence.save(update_fields=["last_day"])
    _tell(by, "Abwesenheit beendet", before=before, after=absence.days)


def _tell(user: User, title: str, **change: Any) -> None:
    record(Entry(subject=user, kind="user.standing_in", title=title, **change), by=user)
