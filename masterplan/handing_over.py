"""Hands what one person answers for to another: responsibility, deputyship and object grants, in one step."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models, transaction
from django.utils import timezone

from accounts.access import Perm, require
from accounts.models import User
from ground.history import update_tracked
from ground.journal import Entry, record
from masterplan.granting import ALLOWED, ENDED, CannotAnswer
from masterplan.models import Measure, MeasureUserObjectPermission
from masterplan.models.kinds import DEPUTY, RESPONSIBLE
from masterplan.models.measure import REPORT


class Outcome(models.TextChoices):
    """What becomes of a role that the person has for a measure."""

    RESPONSIBLE = "RESPONSIBLE", "Verantwortung geht über"
    RESPONSIBLE_WAS_DEPUTY = "RESPONSIBLE_WAS_DEPUTY", "Verantwortung geht über, die bisherige Vertretung wird frei"
    DEPUTY = "DEPUTY", "Vertretung geht über"
    DEPUTY_IS_RESPONSIBLE = "DEPUTY_IS_RESPONSIBLE", "Vertretung wird frei, denn verantwortlich ist die Nachfolge schon"
    GRANT = "GRANT", "Meldeberechtigung geht über"
    GRANT_IS_OWN = "GRANT_IS_OWN", "Meldeberechtigung endet, denn die Maßnahme gehört der Nachfolge schon"


@dataclass(frozen=True)
class Handover:
    measure: Measure
    outcomes: tuple[Outcome, ...]

    @property
    def token(self) -> str:
        """What a preview has shown: the row as it was, and what it said of it."""
        return f"{self.measure.pk}:{self.measure.version}:{'+'.join(self.outcomes)}"


class PreviewOvertaken(Exception):
    """What the person answers for, or what would become of it, changed since the preview. Nothing was written."""


class SamePerson(Exception):
    """A person was to hand measures to herself."""


class NothingChosen(Exception):
    """No measure was to be handed over."""


def preview(*, person: User, successor: User) -> list[Handover]:
    """What would become of each measure, in the order of their numbers. Raises SamePerson or CannotAnswer."""
    _check(person, successor)
    return _handovers(Measure.objects.current().own(person).order_by("code", "serial"), person, successor)


@transaction.atomic
def hand_over(
    *,
    person: User,
    successor: User,
    seen: Collection[str],
    chosen: Collection[int],
    by: User | None,
    now: datetime | None = None,
) -> list[Handover]:
    """Hands over the chosen ones of the previewed measures, all or none; `seen` are the tokens of the whole preview.

    Raises PermissionDenied, SamePerson, CannotAnswer, NothingChosen or PreviewOvertaken.
    """
    require(by, Perm.EDIT_MEASURES)
    moment = now or timezone.now()
    list(User.objects.select_for_update().filter(pk__in=(person.pk, successor.pk)).order_by("pk"))
    _check(person, successor)
    rows = Measure.objects.current().own(person).select_for_update(of=("self",)).order_by("pk")
    handovers = _handovers(rows, person, successor)
    if {one.token for one in handovers} != set(seen):
        raise PreviewOvertaken
    wanted = [one for one in handovers if one.measure.pk in chosen]
    if not wanted:
        raise NothingChosen
    _write(wanted, person, successor, by=by, now=moment)
    return wanted


def _check(person: User, successor: User) -> None:
    if person.pk == successor.pk:
        raise SamePerson
    if not User.objects.able_to_answer_for_measures().filter(pk=successor.pk).exists():
        raise CannotAnswer(successor.pk)


def _handovers(measures: Iterable[Measure], person: User, successor: User) -> list[Handover]:
    granted = {user: set(_grants(user).values_list("content_object_id", flat=True)) for user in (person, successor)}
    return [Handover(one, tuple(_outcomes(one, person, successor, granted))) for one in measures]


def _grants(user: User) -> Any:
    return MeasureUserObjectPermission.objects.filter(user=user, permission__codename=REPORT)


def _outcomes(measure: Measure, person: User, successor: User, granted: dict[User, set[int]]) -> Iterator[Outcome]:
    if measure.responsible_id == person.pk:
        was_deputy = measure.deputy_id == successor.pk
        yield Outcome.RESPONSIBLE_WAS_DEPUTY if was_deputy else Outcome.RESPONSIBLE
    if measure.deputy_id == person.pk:
        is_responsible = measure.responsible_id == successor.pk
        yield Outcome.DEPUTY_IS_RESPONSIBLE if is_responsible else Outcome.DEPUTY
    if measure.pk in granted[person]:
        taken = {measure.responsible_id, measure.deputy_id} & {person.pk, successor.pk}
        yield Outcome.GRANT_IS_OWN if taken or measure.pk in granted[successor] else Outcome.GRANT


def _write(handovers: Collection[Handover], person: User, successor: User, *, by: User | None, now: datetime) -> None:
    changed = [one.measure for one in handovers if _give(one, successor)]
    update_tracked(changed, ["responsible", "deputy"], by=by, reason="Übergabe", at=now)
    _hand_grants(handovers, person, successor, by=by, now=now)
    record(*(entry for one in handovers for entry in _entries(one, person, successor)), by=by, at=now)


def _give(handover: Handover, successor: User) -> bool:
    """Sets the roles on the row; false where only a grant goes over."""
    measure, outcomes = handover.measure, set(handover.outcomes)
    if outcomes & {Outcome.RESPONSIBLE_WAS_DEPUTY, Outcome.DEPUTY_IS_RESPONSIBLE}:
        measure.deputy = None
    if outcomes & {Outcome.RESPONSIBLE, Outcome.RESPONSIBLE_WAS_DEPUTY}:
        measure.responsible = successor
    if Outcome.DEPUTY in outcomes:
        measure.deputy = successor
    return bool(outcomes - {Outcome.GRANT, Outcome.GRANT_IS_OWN})


def _hand_grants(
    handovers: Iterable[Handover], person: User, successor: User, *, by: User | None, now: datetime
) -> None:
    given = [one.measure for one in handovers if Outcome.GRANT in one.outcomes]
    ended = [one.measure for one in handovers if Outcome.GRANT_IS_OWN in one.outcomes]
    _grants(person).filter(content_object__in=[*given, *ended]).delete()
    permission = Permission.objects.get(content_type__app_label="masterplan", codename=REPORT)
    MeasureUserObjectPermission.objects.bulk_create(
        MeasureUserObjectPermission(
            user=successor, permission=permission, content_object=one, given_by=by, given_at=now
        )
        for one in given
    )


def _entries(handover: Handover, person: User, successor: User) -> Iterator[Entry]:
    """With the ids of the persons; who reads it gets the names that they have then."""
    measure, before, after = handover.measure, str(person.pk), str(successor.pk)
    for outcome in handover.outcomes:
        match outcome:
            case Outcome.RESPONSIBLE | Outcome.RESPONSIBLE_WAS_DEPUTY:
                yield Entry(
                    subject=measure, kind=RESPONSIBLE, title="Verantwortung übergeben", before=before, after=after
                )
                if outcome == Outcome.RESPONSIBLE_WAS_DEPUTY:
                    yield Entry(subject=measure, kind=DEPUTY, title="Vertretung beendet", before=after)
            case Outcome.DEPUTY:
                yield Entry(subject=measure, kind=DEPUTY, title="Vertretung übergeben", before=before, after=after)
            case Outcome.DEPUTY_IS_RESPONSIBLE:
                yield Entry(subject=measure, kind=DEPUTY, title="Vertretung beendet", before=before)
            case _:
                yield Entry(subject=measure, kind=ENDED, title="Meldeberechtigung entzogen", before=before)
                if outcome == Outcome.GRANT:
                    yield Entry(subject=measure, kind=ALLOWED, title="Meldeberechtigung gegeben", after=after)
