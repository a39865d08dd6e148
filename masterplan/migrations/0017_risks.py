import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_constraints_speak_german"),
        ("masterplan", "0016_dependencies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRisk",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=160, verbose_name="Was kann passieren")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "unwahrscheinlich"), (2, "möglich"), (3, "wahrscheinlich")],
                        verbose_name="Wahrscheinlichkeit",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "leicht"), (2, "spürbar"), (3, "schwer")], verbose_name="Auswirkung"
                    ),
                ),
                ("countermeasure", models.TextField(blank=True, verbose_name="Gegenmaßnahme")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "vorgeschlagen"),
                            ("OPEN", "offen"),
                            ("OCCURRED", "eingetreten"),
                            ("CLOSED", "erledigt"),
                            ("DECLINED", "nicht aufgenommen"),
                        ],
                        default="OPEN",
                        editable=False,
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("reviewed_on", models.DateField(editable=False, null=True, verbose_name="zuletzt geprüft")),
                (
                    "declined_because",
                    models.CharField(blank=True, editable=False, max_length=400, verbose_name="Grund der Ablehnung"),
                ),
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
                (
                    "owner_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="Zuständig",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorgeschlagen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical Risiko",
                "verbose_name_plural": "historical Risiken",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=160, verbose_name="Was kann passieren")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "unwahrscheinlich"), (2, "möglich"), (3, "wahrscheinlich")],
                        verbose_name="Wahrscheinlichkeit",
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "leicht"), (2, "spürbar"), (3, "schwer")], verbose_name="Auswirkung"
                    ),
                ),
                ("countermeasure", models.TextField(blank=True, verbose_name="Gegenmaßnahme")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "vorgeschlagen"),
                            ("OPEN", "offen"),
                            ("OCCURRED", "eingetreten"),
                            ("CLOSED", "erledigt"),
                            ("DECLINED", "nicht aufgenommen"),
                        ],
                        default="OPEN",
                        editable=False,
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("reviewed_on", models.DateField(editable=False, null=True, verbose_name="zuletzt geprüft")),
                (
                    "declined_because",
                    models.CharField(blank=True, editable=False, max_length=400, verbose_name="Grund der Ablehnung"),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_risks",
                        to="accounts.unit",
                        verbose_name="Zuständig",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorgeschlagen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Risiko",
                "verbose_name_plural": "Risiken",
                "ordering": ["measure", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("likelihood__range", (1, 3))), name="risk_likelihood_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("impact__range", (1, 3))), name="risk_impact_known"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["PROPOSED", "OPEN", "OCCURRED", "CLOSED", "DECLINED"])),
                        name="risk_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "DECLINED"), ("declined_because", ""), _connector="XOR"),
                        name="risk_declined_says_why",
                        violation_error_message="Ein Vorschlag wird nur mit einem Grund abgelehnt.",
                    ),
                ],
            },
        ),
    ]
