import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0017_risks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BudgetSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("product", models.CharField(blank=True, max_length=120, verbose_name="Aus Produkt")),
                (
                    "measure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_source",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Kein eigener Ansatz",
                "verbose_name_plural": "Kein eigener Ansatz",
            },
        ),
        migrations.CreateModel(
            name="HistoricalBudgetLine",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                ("sub_budget", models.CharField(blank=True, max_length=80, verbose_name="Teilhaushalt")),
                ("product", models.CharField(blank=True, max_length=80, verbose_name="Produkt")),
                ("requested", models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Bedarf")),
                (
                    "appropriated",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Ansatz"),
                ),
                (
                    "supplementary",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Nachtrag"),
                ),
                (
                    "carried_over",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Übertragene Ermächtigung"
                    ),
                ),
                (
                    "extra",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Über-/außerplanmäßig"
                    ),
                ),
                (
                    "spent",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Ist"),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="Stand des Ist")),
                (
                    "commitment",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Verpflichtungsermächtigung"
                    ),
                ),
                (
                    "resolved",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=14, null=True, verbose_name="Beschlossen"
                    ),
                ),
                ("resolved_on", models.DateField(editable=False, null=True, verbose_name="Beschlossen am")),
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
                "verbose_name": "historical Haushaltszeile",
                "verbose_name_plural": "historical Haushaltszeilen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalBudgetSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("product", models.CharField(blank=True, max_length=120, verbose_name="Aus Produkt")),
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
                "verbose_name": "historical Kein eigener Ansatz",
                "verbose_name_plural": "historical Kein eigener Ansatz",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                ("sub_budget", models.CharField(blank=True, max_length=80, verbose_name="Teilhaushalt")),
                ("product", models.CharField(blank=True, max_length=80, verbose_name="Produkt")),
                ("requested", models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Bedarf")),
                (
                    "appropriated",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Ansatz"),
                ),
                (
                    "supplementary",
                    models.DecimalField(decimal_places=2, default=0, max_digits=14, verbose_name="Nachtrag"),
                ),
                (
                    "carried_over",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Übertragene Ermächtigung"
                    ),
                ),
                (
                    "extra",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Über-/außerplanmäßig"
                    ),
                ),
                (
                    "spent",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Ist"),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="Stand des Ist")),
                (
                    "commitment",
                    models.DecimalField(
                        decimal_places=2, default=0, max_digits=14, verbose_name="Verpflichtungsermächtigung"
                    ),
                ),
                (
                    "resolved",
                    models.DecimalField(
                        decimal_places=2, editable=False, max_digits=14, null=True, verbose_name="Beschlossen"
                    ),
                ),
                ("resolved_on", models.DateField(editable=False, null=True, verbose_name="Beschlossen am")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_lines",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Haushaltszeile",
                "verbose_name_plural": "Haushaltszeilen",
                "ordering": ["measure", "kind", "year", "sub_budget", "product", "pk"],
                "indexes": [models.Index(fields=["year", "kind", "measure"], name="budget_of_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "year", "kind", "sub_budget", "product"),
                        name="budget_line_once",
                        violation_error_message="Diese Zeile gibt es schon: dasselbe Jahr, derselbe Haushalt, dasselbe Produkt. Ändern Sie die vorhandene Zeile.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["EXPENSE", "PAYMENT"])), name="budget_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (2000, 2100))),
                        name="budget_year_in_range",
                        violation_error_message="Das Haushaltsjahr liegt zwischen 2000 und 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("carried_over__gte", 0),
                            ("commitment__gte", 0),
                            ("extra__gte", 0),
                            ("requested__gte", 0),
                            models.Q(("appropriated", None), ("appropriated__gte", 0), _connector="OR"),
                            models.Q(("spent", None), ("spent__gte", 0), _connector="OR"),
                        ),
                        name="budget_amounts_not_negative",
                        violation_error_message="Geben Sie null oder positive Beträge ein. Ein Minus gehört nur in den Nachtrag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supplementary", 0),
                            models.Q(
                                (
                                    "appropriated__gte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("supplementary"), "*", models.Value(-1)
                                    ),
                                ),
                                ("appropriated__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="budget_nachtrag_within_ansatz",
                        violation_error_message="Zu einem Nachtrag gehört ein Ansatz, und er nimmt nicht mehr weg, als der Ansatz hat.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("as_of", None), ("spent", None)),
                            models.Q(("as_of__isnull", False), ("spent__isnull", False)),
                            _connector="OR",
                        ),
                        name="budget_spent_has_its_day",
                        violation_error_message="Zum Ist gehört der Tag, von dem es stammt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved", None), ("resolved_on", None)),
                            models.Q(("resolved__isnull", False), ("resolved_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="budget_resolved_has_its_day",
                    ),
                ],
            },
        ),
    ]
