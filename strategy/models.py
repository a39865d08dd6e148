from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ground.history import Tracked, TrackedQuerySet


class StrategyState(models.TextChoices):
    DRAFT = "DRAFT", "Entwurf"
    IN_FORCE = "IN_FORCE", "in Kraft"
    SUPERSEDED = "SUPERSEDED", "abgelöst"


class StrategyQuerySet(TrackedQuerySet["Strategy"]):
    def published(self) -> Self:
        return self.exclude(state=StrategyState.DRAFT)

    def in_force(self) -> Self:
        return self.filter(state=StrategyState.IN_FORCE)


class Strategy(Tracked):
    """Digitalstrategie. One is in force; older ones stay readable, drafts are internal."""

    title = models.CharField("Titel", max_length=120)
    vision = models.TextField("Leitbild", help_text="Wohin will die Stadt? Absätze und Listen sind möglich.")
    state = models.CharField(
        "Stand", max_length=12, choices=StrategyState.choices, default=StrategyState.DRAFT, editable=False
    )
    in_force_since = models.DateField("in Kraft seit", null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Strategie", "Strategien"
        ordering = ["-in_force_since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="IN_FORCE"), name="strategy_one_in_force"),
            models.CheckConstraint(
                condition=Q(state="DRAFT", in_force_since=None) | ~Q(state="DRAFT") & Q(in_force_since__isnull=False),
                name="strategy_in_force_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GoalQuerySet(TrackedQuerySet["Goal"]):
    def published(self) -> Self:
        return self.exclude(strategy__state=StrategyState.DRAFT)


class Goal(Tracked):
    strategy = models.ForeignKey(Strategy, verbose_name="Strategie", on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    title = models.CharField("Ziel", max_length=80)
    slug = models.SlugField("Adresse", max_length=80)
    text = models.TextField("Was wir damit meinen")

    history = HistoricalRecords()
    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Ziel", "Ziele"
        ordering = ["strategy", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["strategy", "slug"], name="goal_slug_unique_in_strategy")]

    def __str__(self) -> str:
        return self.title


class FieldOfActionQuerySet(TrackedQuerySet["FieldOfAction"]):
    def current(self) -> Self:
        return self.filter(withdrawn_on=None)


class FieldOfAction(Tracked):
    """Handlungsfeld. Its code begins the numbers of its measures, so it never changes."""

    code = models.CharField(
        "Kürzel",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[A-ZÄÖÜ]{2,4}$", "Zwei bis vier Großbuchstaben, zum Beispiel BS.")],
        help_text="Zwei bis vier Großbuchstaben; steht in jeder Maßnahmennummer und bleibt.",
    )
    title = models.CharField("Titel", max_length=80, unique=True)
    slug = models.SlugField("Adresse", max_length=80, unique=True)
    teaser = models.CharField("In einem Satz", max_length=240, blank=True)
    description = models.TextField("Beschreibung", blank=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    withdrawn_on = models.DateField("nicht mehr benutzt seit", null=True, blank=True)

    history = HistoricalRecords()
    objects = FieldOfActionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Handlungsfeld", "Handlungsfelder"
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title
