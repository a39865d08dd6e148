from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from guardian.models import UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from accounts.access import Perm, Role
from accounts.models import Unit, User
from ground.history import Tracked, TrackedQuerySet
from masterplan.models.status import ACTIVE_PHASES, ENDED_PHASES, Health, Phase, ShownStatus, shown_status, status_rank
from masterplan.rules import Deadline
from strategy.models import FieldOfAction, Goal


class Visibility(models.TextChoices):
    INTERNAL = "INTERNAL", "intern"
    PUBLIC = "PUBLIC", "öffentlich"
    CONFIDENTIAL = "CONFIDENTIAL", "nichtöffentlich"


class Priority(models.TextChoices):
    HIGH = "HIGH", "hoch"
    MEDIUM = "MEDIUM", "mittel"
    LOW = "LOW", "niedrig"


class Origin(models.TextChoices):
    UNIT = "UNIT", "Vorschlag der Verwaltung"
    IDEA = "IDEA", "Idee"
    MOTION = "MOTION", "Antrag aus dem Rat"
    LAW = "LAW", "gesetzliche Pflicht"


class Basis(models.TextChoices):
    PLAN = "PLAN", "beschlossener Masterplan"
    RESOLUTION = "RESOLUTION", "einzelner Beschluss"
    ROUTINE = "ROUTINE", "Geschäft der laufenden Verwaltung"


REPORT = "report_measure"
"""The name of the object grant that makes a measure one's own."""


def is_behind(today: date) -> Q:
    """`masterplan.rules.Deadline.is_behind` as a condition."""
    late = Q(planned_end__gt=F("baseline_end")) | Q(baseline_end__lt=today)
    return Q(phase__in=ACTIVE_PHASES) & late


class MeasureQuerySet(TrackedQuerySet["Measure"]):
    def current(self) -> Self:
        return self.filter(withdrawn_at=None)

    def published(self) -> Self:
        """What the public may see now; the one place that says so."""
        return self.current().filter(visibility=Visibility.PUBLIC)

    def submitted_to_council(self) -> Self:
        """What the council edition of a report tells of: public, or internal and once resolved."""
        return self.current().filter(
            Q(visibility=Visibility.PUBLIC) | Q(visibility=Visibility.INTERNAL, resolved_on__isnull=False)
        )

    def confidential(self) -> Self:
        """What stands in the annex alone."""
        return self.current().filter(visibility=Visibility.CONFIDENTIAL)

    def active(self) -> Self:
        return self.filter(phase__in=ACTIVE_PHASES)

    def unfinished(self) -> Self:
        """Of which something is still to be reported."""
        return self.exclude(phase__in=ENDED_PHASES)

    def own(self, user: User) -> Self:
        """Responsible, deputy, or by an object grant."""
        granted = MeasureUserObjectPermission.objects.filter(user=user, permission__codename=REPORT)
        return self.filter(Q(responsible=user) | Q(deputy=user) | Q(pk__in=granted.values("content_object_id")))

    def reportable_by(self, user: Any) -> Self:
        """On which the user may say how they stand: the own ones, all for who approves."""
        if user is None or user.has_perm(Perm.APPROVE_STATUS):
            return self.current()
        if not user.has_perm(Perm.REPORT_STATUS):
            return self.none()
        today = timezone.localdate()
        own, stood_in = Measure.objects.own(user), Measure.objects.stood_in_by(user, today)
        return self.current().filter(Q(pk__in=own.values("pk")) | Q(pk__in=stood_in.values("pk")))

    def stood_in_by(self, user: User, today: date) -> Self:
        """Without a deputy of their own who could; the responsible is away today or has left, and named the user."""
        away = Q(absences__first_day__lte=today, absences__last_day__gte=today) | Q(is_active=False)
        left = User.objects.filter(away, deputy=user).values("pk")
        able = User.objects.able_to_answer_for_measures().values("pk")
        return self.exclude(Q(visibility=Visibility.CONFIDENTIAL) | Q(deputy__in=able)).filter(responsible__in=left)

    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.published()
        if user.has_perm(Perm.READ_CONFIDENTIAL_MEASURES):
            return self.current()
        if user.has_perm(Perm.READ_INTERNAL_MEASURES):
            own = Measure.objects.own(user).values("pk")
            of_own_unit = (
                Q(lead_unit=user.unit_id) if user.unit_id and user.role == Role.ADMINISTRATION else Q(pk__in=[])
            )
            return self.current().filter(~Q(visibility=Visibility.CONFIDENTIAL) | of_own_unit | Q(pk__in=own))
        return self.published()

    def behind_promise(self, today: date) -> Self:
        return self.filter(is_behind(today))

    def in_order(self) -> Self:
        return self.order_by("field__position", "field__title", "code", "serial")


class Measure(Tracked):
    """Maßnahme.

    Phase, health, progress, planned and actual dates are written by `masterplan.updating` alone; visibility by
    `masterplan.publishing`; resolved dates by `masterplan.resolving`.
    """

    number = models.CharField("Nummer", max_length=12, unique=True, editable=False)
    code = models.CharField(max_length=4, editable=False)
    serial = models.PositiveIntegerField(editable=False)
    field = models.ForeignKey(
        FieldOfAction, verbose_name="Handlungsfeld", on_delete=models.PROTECT, related_name="measures"
    )
    title = models.CharField("Titel", max_length=120)
    slug = models.SlugField("Adresse", max_length=140, unique=True, null=True, editable=False)
    teaser = models.CharField("In einem Satz", max_length=240, blank=True)
    description = models.TextField("Worum geht es", blank=True)
    objective = models.TextField("Was soll erreicht werden", blank=True)
    beneficiaries = models.CharField("Wem nützt es", max_length=240, blank=True)
    goals = models.ManyToManyField(Goal, verbose_name="Ziele", blank=True, related_name="measures")

    lead_unit = models.ForeignKey(
        Unit, verbose_name="Federführung", null=True, blank=True, on_delete=models.PROTECT, related_name="led_measures"
    )
    involved_units = models.ManyToManyField(Unit, verbose_name="beteiligt", blank=True, related_name="shared_measures")
    external_partners = models.CharField("Partner außerhalb der Verwaltung", max_length=240, blank=True)
    responsible = models.ForeignKey(
        User,
        verbose_name="verantwortlich",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures_responsible",
    )
    deputy = models.ForeignKey(
        User, verbose_name="Vertretung", null=True, blank=True, on_delete=models.PROTECT, related_name="measures_deputy"
    )

    visibility = models.CharField(
        "Sichtbarkeit", max_length=12, choices=Visibility.choices, default=Visibility.INTERNAL, editable=False
    )
    published_at = models.DateTimeField("zuerst veröffentlicht", null=True, editable=False)
    withdrawn_at = models.DateTimeField("zurückgezogen", null=True, editable=False)
    priority = models.CharField("Priorität", max_length=8, choices=Priority.choices, default=Priority.MEDIUM)
    origin = models.CharField("Herkunft", max_length=8, choices=Origin.choices, default=Origin.UNIT)
    basis = models.CharField("Grundlage", max_length=12, choices=Basis.choices, blank=True)
    internal_notes = models.TextField("Interne Notizen", blank=True)

    phase = models.CharField("Phase", max_length=16, choices=Phase.choices, default=Phase.PROPOSED, editable=False)
    health = models.CharField(
        "Status", max_length=16, choices=Health.choices, default=Health.NOT_ASSESSED, editable=False
    )
    health_reason = models.CharField(
        "Begründung des Status",
        max_length=400,
        blank=True,
        editable=False,
        help_text="Leer, solange der Status aus den Kriterien folgt.",
    )
    progress = models.PositiveSmallIntegerField("Fortschritt in Prozent", default=0, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="zusammengeführt in",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )
    planned_start = models.DateField("geplanter Beginn", null=True, editable=False)
    planned_end = models.DateField("geplantes Ende", null=True, editable=False)
    actual_start = models.DateField("tatsächlicher Beginn", null=True, editable=False)
    actual_end = models.DateField("tatsächliches Ende", null=True, editable=False)
    resolved_on = models.DateField("beschlossen am", null=True, editable=False)
    resolved_start = models.DateField("beschlossener Beginn", null=True, editable=False)
    resolved_end = models.DateField("beschlossenes Ende", null=True, editable=False)
    first_promised_end = models.DateField("zuerst zugesagtes Ende", null=True, editable=False)

    shown_status = models.GeneratedField(
        expression=shown_status(), output_field=models.CharField(max_length=16), db_persist=True
    )
    status_rank = models.GeneratedField(
        expression=status_rank(), output_field=models.SmallIntegerField(), db_persist=True
    )
    baseline_end = models.GeneratedField(
        expression=models.functions.Coalesce("resolved_end", "first_promised_end"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    history = HistoricalRecords(
        excluded_fields=["shown_status", "status_rank", "baseline_end"], m2m_fields=[goals, involved_units]
    )
    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Maßnahme", "Maßnahmen"
        ordering = ["code", "serial"]
        permissions = [(REPORT, "Stand der Maßnahme melden")]
        indexes = [
            models.Index(fields=["visibility", "withdrawn_at", "status_rank", "code", "serial"], name="measure_list"),
            models.Index(fields=["visibility", "withdrawn_at", "field"], name="measure_of_field"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code", "serial"], name="measure_serial_unique_in_code"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="measure_progress_is_percent"),
            models.CheckConstraint(
                condition=Q(planned_end=None) | Q(planned_start=None) | Q(planned_end__gte=F("planned_start")),
                name="measure_planned_end_after_start",
            ),
            models.CheckConstraint(
                condition=Q(actual_end=None) | Q(actual_start=None) | Q(actual_end__gte=F("actual_start")),
                name="measure_actual_end_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(visibility="PUBLIC") | Q(slug__isnull=False, published_at__isnull=False),
                name="measure_public_has_address_and_day",
            ),
            models.CheckConstraint(
                condition=Q(phase="MERGED", merged_into__isnull=False) | ~Q(phase="MERGED") & Q(merged_into=None),
                name="measure_merged_names_its_target",
            ),
            models.CheckConstraint(
                condition=Q(resolved_end=None) | Q(resolved_on__isnull=False), name="measure_resolved_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(responsible=None) | Q(deputy=None) | ~Q(responsible=F("deputy")),
                name="measure_deputy_is_another_person",
            ),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="measure_phase_known"),
            models.CheckConstraint(condition=Q(health__in=Health.values), name="measure_health_known"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="measure_visibility_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC and self.withdrawn_at is None

    @property
    def visibility_is_kept(self) -> bool:
        """Public or confidential: from then on who may see it changes only with a reason."""
        return self.is_public or self.visibility == Visibility.CONFIDENTIAL

    @property
    def is_committed(self) -> bool:
        """Public once or resolved: from then on dates are promises and changes need a reason."""
        return self.published_at is not None or self.resolved_on is not None

    @property
    def status(self) -> ShownStatus:
        """As the generated column, for a row that is in memory."""
        return ShownStatus(self.health if self.phase in ACTIVE_PHASES else self.phase)

    @property
    def deadline(self) -> Deadline:
        dates = (self.planned_end, self.actual_end, self.resolved_end, self.first_promised_end)
        return Deadline(self.phase, *dates)


class MeasureUserObjectPermission(UserObjectPermissionBase):
    """Object grant by the Digital Officer: whose own this measure is beside its responsible and deputy.

    Such a person sees it with its notes and reports on it, as these do.
    Given and taken back by `masterplan.granting` alone.
    """

    content_object = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="report_grants")
    given_by = models.ForeignKey(
        User, verbose_name="gegeben von", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("gegeben am", default=timezone.now, editable=False)

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name, verbose_name_plural = "Meldeberechtigung", "Meldeberechtigungen"
