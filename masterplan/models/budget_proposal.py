from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from masterplan.models.budget_line import YEARS, BudgetKind
from masterplan.models.measure import Measure


class ProposalState(models.TextChoices):
    OPEN = "OPEN", "offen"
    ACCEPTED = "ACCEPTED", "übernommen"
    DECLINED = "DECLINED", "abgelehnt"


class BudgetProposalQuerySet(models.QuerySet["BudgetProposal"]):
    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)

    def visible_to(self, user: Any) -> Self:
        return self.filter(measure__in=Measure.objects.visible_to(user))


class BudgetProposal(models.Model):
    """A Bedarf that whose measure it is proposes, until the Kämmerei or the Digital Officer decides on it."""

    measure = models.ForeignKey(
        Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="budget_proposals"
    )
    year = models.PositiveSmallIntegerField(
        "Haushaltsjahr", validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])]
    )
    kind = models.CharField("Haushalt", max_length=8, choices=BudgetKind.choices)
    amount = models.DecimalField("Bedarf", max_digits=14, decimal_places=2)
    why = models.CharField("Wofür", max_length=240)
    state = models.CharField("Stand", max_length=8, choices=ProposalState.choices, default=ProposalState.OPEN)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("vorgeschlagen am")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("entschieden am", null=True)
    answer = models.CharField("Grund der Ablehnung", max_length=240, blank=True)

    objects = BudgetProposalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Vorschlag zum Bedarf", "Vorschläge zum Bedarf"
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="proposal_positive",
                violation_error_message="Geben Sie einen Betrag über null ein.",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at=None) | ~Q(state="OPEN") & Q(decided_at__isnull=False),
                name="proposal_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="DECLINED") | ~Q(answer=""), name="proposal_declined_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{BudgetKind(self.kind).short} {self.year}"
