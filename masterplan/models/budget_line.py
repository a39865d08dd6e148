from collections.abc import Collection
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import BigIntegerField, DecimalField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Cast, Round
from simple_history.models import HistoricalRecords

from ground.history import Tracked, TrackedQuerySet
from masterplan.budgeting.rules import MONEY, Money
from masterplan.models.measure import Measure

YEARS = 2000, 2100
GROUPS = {
    "measure": "measure_id",
    "field": "measure__field_id",
    "unit": "measure__lead_unit_id",
    "year": "year",
}
"""What lines can be grouped by, beside their kind."""


class BudgetKind(models.TextChoices):
    """Aufwand and Auszahlung are two views of a budget; whoever adds them counts money twice."""

    EXPENSE = "EXPENSE", "Ergebnishaushalt (Aufwand)"
    PAYMENT = "PAYMENT", "Finanzhaushalt (Auszahlung)"

    @property
    def short(self) -> str:
        return "Aufwand" if self is BudgetKind.EXPENSE else "Auszahlung"


def cents(name: str) -> Sum:
    """The sum of a column in whole cents, which every database adds without a rounding error."""
    hundredfold = ExpressionWrapper(F(name) * 100, output_field=DecimalField(max_digits=20, decimal_places=2))
    return Sum(Cast(Round(hundredfold), BigIntegerField()))


def euros(summed: Any) -> Decimal | None:
    return None if summed is None else Decimal(int(summed)).scaleb(-2)


KEPT = Q(appropriated__isnull=False) | Q(spent__isnull=False) | Q(resolved__isnull=False)


class BudgetLineQuerySet(TrackedQuerySet["BudgetLine"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(measure__in=Measure.objects.visible_to(user))

    def of_published(self) -> Self:
        """With an Ansatz or an Ist: whoever only asked for money has told nothing in public."""
        told = Q(appropriated__isnull=False) | Q(spent__isnull=False)
        return self.filter(told, measure__in=Measure.objects.published())

    def sums(self, *, by: Collection[str] = ()) -> dict[tuple[Any, ...], Money]:
        """By kind, always, and then by `by` (see GROUPS), sorted so; to the cent, in one query."""
        groups = ("kind", *(GROUPS[name] for name in by))
        rows = self.order_by(*groups).values_list(*groups)
        found = rows.annotate(**{f"sum_{name}": cents(name) for name in MONEY})
        size = 1 + len(by)
        return {(BudgetKind(row[0]), *row[1:size]): _money(row[size:]) for row in found}


def _money(sums: Collection[Any]) -> Money:
    return Money(*map(euros, sums))  # type: ignore[arg-type]


def _amount(label: str, **options: Any) -> Any:
    return models.DecimalField(label, max_digits=14, decimal_places=2, **options)


class BudgetLine(Tracked):
    """What one measure needs, gets and spends in one year, in one of the two budgets.

    Written by `masterplan.budgeting` alone. `resolved` keeps the Bedarf as it was when the measure was resolved.
    """

    measure = models.ForeignKey(Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(
        "Haushaltsjahr", validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])]
    )
    kind = models.CharField("Haushalt", max_length=8, choices=BudgetKind.choices)
    sub_budget = models.CharField("Teilhaushalt", max_length=80, blank=True)
    product = models.CharField("Produkt", max_length=80, blank=True)
    requested = _amount("Bedarf", default=0)
    appropriated = _amount("Ansatz", null=True, blank=True)
    supplementary = _amount("Nachtrag", default=0)
    carried_over = _amount("Übertragene Ermächtigung", default=0)
    extra = _amount("Über-/außerplanmäßig", default=0)
    spent = _amount("Ist", null=True, blank=True)
    as_of = models.DateField("Stand des Ist", null=True, blank=True)
    commitment = _amount("Verpflichtungsermächtigung", default=0)
    resolved = _amount("Beschlossen", null=True, editable=False)
    resolved_on = models.DateField("Beschlossen am", null=True, editable=False)

    history = HistoricalRecords()
    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Haushaltszeile", "Haushaltszeilen"
        ordering = ["measure", "kind", "year", "sub_budget", "product", "pk"]
        indexes = [models.Index(fields=["year", "kind", "measure"], name="budget_of_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "year", "kind", "sub_budget", "product"],
                name="budget_line_once",
                violation_error_message="Diese Zeile gibt es schon: dasselbe Jahr, derselbe Haushalt, dasselbe "
                "Produkt. Ändern Sie die vorhandene Zeile.",
            ),
            models.CheckConstraint(condition=Q(kind__in=BudgetKind.values), name="budget_kind_known"),
            models.CheckConstraint(
                condition=Q(year__range=YEARS),
                name="budget_year_in_range",
                violation_error_message="Das Haushaltsjahr liegt zwischen 2000 und 2100.",
            ),
            models.CheckConstraint(
                condition=Q(requested__gte=0, carried_over__gte=0, extra__gte=0, commitment__gte=0)
                & (Q(appropriated=None) | Q(appropriated__gte=0))
                & (Q(spent=None) | Q(spent__gte=0)),
                name="budget_amounts_not_negative",
                violation_error_message="Geben Sie null oder positive Beträge ein. Ein Minus gehört nur in den "
                "Nachtrag.",
            ),
            models.CheckConstraint(
                condition=Q(supplementary=0) | Q(appropriated__isnull=False, appropriated__gte=F("supplementary") * -1),
                name="budget_nachtrag_within_ansatz",
                violation_error_message="Zu einem Nachtrag gehört ein Ansatz, und er nimmt nicht mehr weg, als der "
                "Ansatz hat.",
            ),
            models.CheckConstraint(
                condition=Q(spent=None, as_of=None) | Q(spent__isnull=False, as_of__isnull=False),
                name="budget_spent_has_its_day",
                violation_error_message="Zum Ist gehört der Tag, von dem es stammt.",
            ),
            models.CheckConstraint(
                condition=Q(resolved=None, resolved_on=None) | Q(resolved__isnull=False, resolved_on__isnull=False),
                name="budget_resolved_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {BudgetKind(self.kind).short} {self.year}"

    @property
    def money(self) -> Money:
        return Money(*(getattr(self, name) for name in MONEY))

    @property
    def account(self) -> str:
        """Teilhaushalt and Produkt in one."""
        return ", ".join(filter(None, (self.sub_budget, self.product)))


class BudgetSource(Tracked):
    """„Kein eigener Ansatz (aus Produkt …)“: what a measure is paid from that has no lines of its own.

    An empty product says that the answer was taken back.
    """

    measure = models.OneToOneField(
        Measure, verbose_name="Maßnahme", on_delete=models.CASCADE, related_name="budget_source"
    )
    product = models.CharField("Aus Produkt", max_length=120, blank=True)

    history = HistoricalRecords()
    objects = TrackedQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "Kein eigener Ansatz", "Kein eigener Ansatz"

    def __str__(self) -> str:
        return self.product
