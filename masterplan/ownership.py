"""Who answers for measures: what is missing of it, who stands in, and who is told in which order.

The one place for these conditions: radar, desk and the filter of the table all ask here.
"""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from accounts.models import Absence, User
from accounts.models.unit import UnitKind
from ground.halfyears import HalfYear
from masterplan.models import ACTIVE_PHASES, Measure, StatusUpdate
from masterplan.models.measure import MeasureQuerySet
from masterplan.models.status import ENDED_PHASES
from masterplan.rules import Answering


class Gap(models.TextChoices):
    """What is missing so that someone answers for a measure, the gravest first."""

    RESPONSIBLE_LEFT = "ausgeschieden", "Verantwortliche ausgeschieden"
    NO_RESPONSIBLE = "verantwortung", "ohne Verantwortliche"
    SILENT = "meldung", "lange nicht gemeldet"
    NO_DEPUTY = "vertretung", "ohne Vertretung"
    UNREACHABLE = "kontakt", "externe Stelle ohne Postfach"
    UNIT_DISSOLVED = "aufgeloest", "Federführung aufgelöst"


def missing(gap: Gap, today: date) -> Q:
    """The condition on measures. What is reported counts from the beginning of the last half-year."""
    able = User.objects.able_to_answer_for_measures().values("pk")
    unfinished = ~Q(phase__in=ENDED_PHASES)
    return {
        Gap.RESPONSIBLE_LEFT: unfinished & Q(responsible__isnull=False) & ~Q(responsible__in=able),
        Gap.NO_RESPONSIBLE: unfinished & Q(responsible=None),
        Gap.SILENT: Q(phase__in=ACTIVE_PHASES) & ~Q(pk__in=_reported_since(silent_from(today))),
        Gap.NO_DEPUTY: unfinished
        & ~Q(deputy__isnull=False, deputy__in=able)
        & ~Q(responsible__deputy__isnull=False, responsible__deputy__in=able),
        Gap.UNREACHABLE: unfinished & Q(lead_unit__kind=UnitKind.EXTERNAL, lead_unit__email=""),
        Gap.UNIT_DISSOLVED: unfinished & Q(lead_unit__dissolved_on__isnull=False),
    }[gap]


def silent_from(today: date) -> date:
    """Who has reported nothing since this day has let at least one whole half-year go by."""
    return HalfYear.of(today).previous().start


def _reported_since(day: date) -> QuerySet:
    moment = timezone.make_aware(datetime.combine(day, time.min))
    return StatusUpdate.objects.told().filter(decided_at__gte=moment).order_by().values("measure")


def with_any_gap(measures: MeasureQuerySet, today: date) -> MeasureQuerySet:
    """Those in which something is missing."""
    wanted = Q(pk__in=[])
    for gap in Gap:
        wanted |= missing(gap, today)
    return measures.filter(wanted)


def with_stand_in(measures: MeasureQuerySet) -> MeasureQuerySet:
    """Annotates `stand_in`, the id of who stands in: the deputy of the measure, else that of its responsible."""
    able = User.objects.able_to_answer_for_measures().values("pk")
    return measures.annotate(
        stand_in=Case(
            When(deputy__in=able, then=F("deputy")),
            When(responsible__deputy__in=able, then=F("responsible__deputy")),
            default=None,
            output_field=models.BigIntegerField(null=True),
        )
    )


def stand_in(measure: Measure) -> User | None:
    """Who stands in for the responsible of this measure; None where nobody can."""
    found: Any = with_stand_in(Measure.objects.filter(pk=measure.pk))
    pk = found.values_list("stand_in", flat=True).get()
    return User.objects.filter(pk=pk).first() if pk else None


def answering(pks: Collection[int], today: date) -> dict[int, Answering]:
    """Those who can answer and can be written to, and whether they are away today."""
    away = set(
        Absence.objects.filter(user__in=pks, first_day__lte=today, last_day__gte=today).values_list("user", flat=True)
    )
    able = User.objects.able_to_answer_for_measures().exclude(email="").filter(pk__in=pks)
    return {pk: Answering(pk, is_absent=pk in away) for pk in able.values_list("pk", flat=True)}


def left_by(user: User) -> list[str]:
    """What is said before an account is closed; how many measures there are, and which, is not the system's to know."""
    if not Measure.objects.current().exclude(phase__in=ENDED_PHASES).own(user).exists():
        return []
    return [
        "Diese Person antwortet für Maßnahmen. Der Digital Officer kann sie vorher in einem Schritt an eine andere "
        "übergeben (Arbeitsbereich, Radar)."
    ]
