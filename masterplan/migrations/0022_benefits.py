import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0021_running_costs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalBenefit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("who", models.CharField(max_length=120, verbose_name="Wer hat den Nutzen")),
                ("what", models.CharField(max_length=240, verbose_name="Worin er besteht")),
                (
                    "unit",
                    models.CharField(
                        choices=[("EURO", "Euro im Jahr"), ("HOURS", "Stunden im Jahr")],
                        max_length=8,
                        verbose_name="Gemessen in",
                    ),
                ),
                ("claimed", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Erwartet im Jahr")),
                (
                    "achieved",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Erreicht im Jahr"
                    ),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="Stand")),
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
                "verbose_name": "historical Nutzen",
                "verbose_name_plural": "historical Nutzen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Benefit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("who", models.CharField(max_length=120, verbose_name="Wer hat den Nutzen")),
                ("what", models.CharField(max_length=240, verbose_name="Worin er besteht")),
                (
                    "unit",
                    models.CharField(
                        choices=[("EURO", "Euro im Jahr"), ("HOURS", "Stunden im Jahr")],
                        max_length=8,
                        verbose_name="Gemessen in",
                    ),
                ),
                ("claimed", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="Erwartet im Jahr")),
                (
                    "achieved",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Erreicht im Jahr"
                    ),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="Stand")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="benefits",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Nutzen",
                "verbose_name_plural": "Nutzen",
                "ordering": ["measure", "who", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("claimed__gt", 0)),
                        name="benefit_claims_something",
                        violation_error_message="Der erwartete Nutzen ist größer als null.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("achieved", None), ("as_of", None)),
                            models.Q(("achieved__isnull", False), ("as_of__isnull", False)),
                            _connector="OR",
                        ),
                        name="benefit_achieved_has_its_day",
                        violation_error_message="Zum erreichten Nutzen gehört der Tag, von dem er stammt, und umgekehrt.",
                    ),
                ],
            },
        ),
    ]
