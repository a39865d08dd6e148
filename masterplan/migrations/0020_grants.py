import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0019_budget_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalGrant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("programme", models.CharField(max_length=120, verbose_name="Programm")),
                ("payer", models.CharField(max_length=120, verbose_name="Wer zahlt")),
                (
                    "share_percent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="Anteil in Prozent"
                    ),
                ),
                (
                    "share_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Anteil als Betrag"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PLANNED", "vorgesehen"),
                            ("APPLIED", "beantragt"),
                            ("GRANTED", "bewilligt"),
                            ("PROVEN", "Verwendung nachgewiesen"),
                            ("DECLINED", "abgelehnt"),
                            ("DROPPED", "nicht weiter verfolgt"),
                        ],
                        default="PLANNED",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                ("apply_by", models.DateField(blank=True, null=True, verbose_name="Antrag bis")),
                ("proof_by", models.DateField(blank=True, null=True, verbose_name="Verwendungsnachweis bis")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Zuwendung",
                "verbose_name_plural": "historical Zuwendungen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("programme", models.CharField(max_length=120, verbose_name="Programm")),
                ("payer", models.CharField(max_length=120, verbose_name="Wer zahlt")),
                (
                    "share_percent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="Anteil in Prozent"
                    ),
                ),
                (
                    "share_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Anteil als Betrag"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PLANNED", "vorgesehen"),
                            ("APPLIED", "beantragt"),
                            ("GRANTED", "bewilligt"),
                            ("PROVEN", "Verwendung nachgewiesen"),
                            ("DECLINED", "abgelehnt"),
                            ("DROPPED", "nicht weiter verfolgt"),
                        ],
                        default="PLANNED",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                ("apply_by", models.DateField(blank=True, null=True, verbose_name="Antrag bis")),
                ("proof_by", models.DateField(blank=True, null=True, verbose_name="Verwendungsnachweis bis")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zuwendung",
                "verbose_name_plural": "Zuwendungen",
                "ordering": ["measure", "programme", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("share_amount", None),
                                ("share_percent__gt", 0),
                                ("share_percent__isnull", False),
                                ("share_percent__lte", 100),
                            ),
                            models.Q(("share_amount__gt", 0), ("share_amount__isnull", False), ("share_percent", None)),
                            _connector="OR",
                        ),
                        name="grant_has_one_share",
                        violation_error_message="Nennen Sie den Anteil entweder in Prozent (bis 100) oder als Betrag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("apply_by", None),
                            ("proof_by", None),
                            ("proof_by__gte", models.F("apply_by")),
                            _connector="OR",
                        ),
                        name="grant_proven_after_applied",
                        violation_error_message="Der Verwendungsnachweis kann nicht vor dem Antrag fällig sein.",
                    ),
                ],
            },
        ),
    ]
