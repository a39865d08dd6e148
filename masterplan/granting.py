"""Makes a measure a person's own, who then sees it with its notes and reports on it; and ends it."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from accounts.models import User
from ground.journal import Entry, record
from ground.models import Event
from masterplan.models import Measure
from masterplan.models.kinds import DEPUTY, RESPONSIBLE
from masterplan.models.measure import REPORT, MeasureUserObjectPermission

ALLOWED, ENDED = "measure.report_allowed", "measure.report_ended"
NAMING = (ALLOWED, ENDED, RESPONSIBLE, DEPUTY)
"""Entries whose before and after are ids of persons."""


class CannotAnswer(Exception):
    """Who has left the house, or has no part in the administration, answers for no measure."""


@transaction.atomic
def allow_reporting(*, measure_id: int, user: User, by: User | None, now: datetime | None = None) -> bool:
    """False where it is the person's own already. Raises PermissionDenied or CannotAnswer."""
    require(by, Perm.EDIT_MEASURES)
    if not User.objects.able_to_answer_for_measures().filter(pk=user.pk).exists():
        raise CannotAnswer(user.pk)
    measure = Measure.locked(measure_id, expected_version=None)
    if Measure.objects.own(user).filter(pk=measure_id).exists():
        return False
    moment = now or timezone.now()
    permission = Permission.objects.get(content_type__app_label="masterplan", codename=REPORT)
    MeasureUserObjectPermission.objects.create(
        user=user, permission=permission, content_object=measure, given_by=by, given_at=moment
    )
    told = Entry(subject=measure, kind=ALLOWED, title="Meldeberechtigung gegeben", after=str(user.pk))
    record(told, by=by, at=moment)
    return True


@transaction.atomic
def end_reporting(*, measure_id: int, user: User, by: User | None, now: datetime | None = None) -> bool:
    """Takes an object grant back; False where there is none. Raises PermissionDenied."""
    require(by, Perm.EDIT_MEASURES)
    measure = Measure.locked(measure_id, expected_version=None)
    deleted, _ = MeasureUserObjectPermission.objects.filter(
        user=user, content_object=measure, permission__codename=REPORT
    ).delete()
    if deleted:
        told = Entry(subject=measure, kind=ENDED, title="Meldeberechtigung entzogen", before=str(user.pk))
        record(told, by=by, at=now)
    return bool(deleted)


def with_names(events: Iterable[Event]) -> list[Event]:
    """For showing: the journal keeps the ids of persons only, so that a name can still be replaced."""
    shown = list(events)
    grants = [event for event in shown if event.kind in NAMING]
    ids = {text for event in grants for text in (event.before, event.after) if text.isdigit()}
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}
    for event in grants:
        event.before, event.after = names.get(event.before, event.before), names.get(event.after, event.after)
    return shown
