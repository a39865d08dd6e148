import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0015_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dependency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lag",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(3650)],
                        verbose_name="Tage dazwischen",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=240, verbose_name="Notiz")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="aufgehoben")),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependencies_after",
                        to="masterplan.measure",
                        verbose_name="wartet auf",
                    ),
                ),
                (
                    "predecessor_milestone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="masterplan.milestone",
                        verbose_name="deren Meilenstein",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependencies_before",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "successor_milestone",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="masterplan.milestone",
                        verbose_name="Meilenstein",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abhängigkeit",
                "verbose_name_plural": "Abhängigkeiten",
                "ordering": ["predecessor__number", "successor__number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("predecessor"),
                        models.F("successor"),
                        django.db.models.functions.comparison.Coalesce(
                            "predecessor_milestone", models.Value(0), output_field=models.BigIntegerField()
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            "successor_milestone", models.Value(0), output_field=models.BigIntegerField()
                        ),
                        condition=models.Q(("withdrawn_at", None)),
                        name="dependency_once",
                        violation_error_message="Diese Abhängigkeit ist schon eingetragen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("predecessor", models.F("successor")), _negated=True),
                            models.Q(
                                ("predecessor_milestone__isnull", False),
                                ("successor_milestone__isnull", False),
                                models.Q(("predecessor_milestone", models.F("successor_milestone")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dependency_not_on_itself",
                        violation_error_message="Nichts kann auf sich selbst warten.",
                    ),
                    models.CheckConstraint(condition=models.Q(("lag__lte", 3650)), name="dependency_lag_in_years"),
                ],
            },
        ),
    ]
