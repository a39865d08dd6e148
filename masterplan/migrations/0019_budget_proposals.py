import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0018_budget_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="Haushaltsjahr",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("EXPENSE", "Ergebnishaushalt (Aufwand)"), ("PAYMENT", "Finanzhaushalt (Auszahlung)")],
                        max_length=8,
                        verbose_name="Haushalt",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Bedarf")),
                ("why", models.CharField(max_length=240, verbose_name="Wofür")),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "offen"), ("ACCEPTED", "übernommen"), ("DECLINED", "abgelehnt")],
                        default="OPEN",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="vorgeschlagen am")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="entschieden am")),
                ("answer", models.CharField(blank=True, max_length=240, verbose_name="Grund der Ablehnung")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_proposals",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorschlag zum Bedarf",
                "verbose_name_plural": "Vorschläge zum Bedarf",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="proposal_positive",
                        violation_error_message="Geben Sie einen Betrag über null ein.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "OPEN")),
                            models.Q(models.Q(("state", "OPEN"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_decided_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "DECLINED"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_declined_with_reason",
                    ),
                ],
            },
        ),
    ]
