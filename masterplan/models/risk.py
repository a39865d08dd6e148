from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.access import Perm
from accounts.models import Unit, User
from ground.choices import ShownChoices
from ground.history import TrackedQuerySet
from masterplan.models.measure import Measure
from masterplan.models.measure_row import MeasureRow
from masterplan.rules.risk import risk_level


class Likelihood(models.IntegerChoices):
    UNLIKELY = 1, "unwahrscheinlich"
    POSSIBLE = 2, "möglich"
    LIKELY = 3, "wahrscheinlich"


class Impact(models.IntegerChoices):
    MINOR = 1, "leicht"
    FELT = 2, "spürbar"
    SEVERE = 3, "schwer"


class RiskLevel(ShownChoices):
    """How grave a risk is."""

    LOW = "LOW", "circle-check", "good", "gering"
    MEDIUM = "MEDIUM", "triangle", "risk", "mittel"
    HIGH = "HIGH", "diamond", "critical", "hoch"


class RiskState(models.TextChoices):
    PROPOSED = "PROPOSED", "vorgeschlagen"
    OPEN = "OPEN", "offen"
    OCCURRED = "OCCURRED", "eingetreten"
    CLOSED = "CLOSED", "erledigt"
    DECLINED = "DECLINED", "nicht aufgenommen"


class RiskQuerySet(TrackedQuerySet["Risk"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the measures that one sees. The council reads what is taken in, the house also what is proposed."""
        if not user.is_authenticated or not user.has_perm(Perm.READ_RISKS):
            return self.none()
        seen = self.filter(measure__in=Measure.objects.visible_to(user))
        return seen if user.has_perm(Perm.READ_INTERNAL_MEASURES) else seen.taken_in()

    def alterable_by(self, user: Any) -> Self:
        """All for who edits measures; else one's own proposals, until they are decided."""
        if user.has_perm(Perm.EDIT_MEASURES):
            return self.visible_to(user).exclude(state=RiskState.DECLINED)
        own = Measure.objects.own(user).values("pk")
        return self.visible_to(user).filter(state=RiskState.PROPOSED, proposed_by=user, measure__in=own)

    def taken_in(self) -> Self:
        return self.exclude(state__in=(RiskState.PROPOSED, RiskState.DECLINED))

    def present(self) -> Self:
        """What stands in the matrix: taken in and not over."""
        return self.filter(state__in=(RiskState.OPEN, RiskState.OCCURRED))

    def proposed(self) -> Self:
        return self.filter(state=RiskState.PROPOSED)

    def gravest_first(self) -> Self:
        return self.annotate(weight=F("likelihood") * F("impact")).order_by("-weight", "measure__number", "pk")


class Risk(MeasureRow):
    """Risiko of a measure, never public. Written by `masterplan.foreseeing` alone and never deleted."""

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.PROTECT, related_name="risks")
    title = models.CharField("Was kann passieren", max_length=160)
    likelihood = models.PositiveSmallIntegerField("Wahrscheinlichkeit", choices=Likelihood.choices)
    impact = models.PositiveSmallIntegerField("Auswirkung", choices=Impact.choices)
    countermeasure = models.TextField("Gegenmaßnahme", blank=True)
    owner_unit = models.ForeignKey(
        Unit,
        verbose_name="Zuständig",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="owned_risks",
    )
    state = models.CharField("Stand", max_length=10, choices=RiskState.choices, default=RiskState.OPEN, editable=False)
    reviewed_on = models.DateField("zuletzt geprüft", null=True, editable=False)
    declined_because = models.CharField("Grund der Ablehnung", max_length=400, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        User, verbose_name="vorgeschlagen von", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    history = HistoricalRecords()
    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Risiko", "Risiken"
        ordering = ["measure", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(likelihood__range=(1, 3)), name="risk_likelihood_known"),
            models.CheckConstraint(condition=Q(impact__range=(1, 3)), name="risk_impact_known"),
            models.CheckConstraint(condition=Q(state__in=RiskState.values), name="risk_state_known"),
            models.CheckConstraint(
                condition=Q(state=RiskState.DECLINED) ^ Q(declined_because=""),
                name="risk_declined_says_why",
                violation_error_message="Ein Vorschlag wird nur mit einem Grund abgelehnt.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def level(self) -> RiskLevel:
        return RiskLevel(risk_level(self.likelihood, self.impact))
