import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0012_a_stated_health_has_its_reason"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HealthCriteria",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "days_at_risk",
                    models.PositiveSmallIntegerField(default=30, verbose_name="gefährdet ab Tagen Verzug"),
                ),
                (
                    "days_critical",
                    models.PositiveSmallIntegerField(default=90, verbose_name="kritisch ab Tagen Verzug"),
                ),
                (
                    "points_at_risk",
                    models.PositiveSmallIntegerField(default=15, verbose_name="gefährdet ab Prozentpunkten Rückstand"),
                ),
                (
                    "points_critical",
                    models.PositiveSmallIntegerField(default=30, verbose_name="kritisch ab Prozentpunkten Rückstand"),
                ),
                (
                    "percent_at_risk",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="gefährdet ab Prozent über dem, was bereitsteht"
                    ),
                ),
                (
                    "percent_critical",
                    models.PositiveSmallIntegerField(
                        default=25, verbose_name="kritisch ab Prozent über dem, was bereitsteht"
                    ),
                ),
            ],
            options={
                "verbose_name": "Kriterien des Status",
                "verbose_name_plural": "Kriterien des Status",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="criteria_are_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("days_at_risk__gte", 1), ("days_critical__gt", models.F("days_at_risk"))),
                        name="criteria_days_in_order",
                        violation_error_message="„Kritisch“ beginnt später als „gefährdet“, und beide ab 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("points_at_risk__gte", 1), ("points_critical__gt", models.F("points_at_risk"))
                        ),
                        name="criteria_points_in_order",
                        violation_error_message="„Kritisch“ beginnt später als „gefährdet“, und beide ab 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent_at_risk__gte", 1), ("percent_critical__gt", models.F("percent_at_risk"))
                        ),
                        name="criteria_percent_in_order",
                        violation_error_message="„Kritisch“ beginnt später als „gefährdet“, und beide ab 1.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalHealthCriteria",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "days_at_risk",
                    models.PositiveSmallIntegerField(default=30, verbose_name="gefährdet ab Tagen Verzug"),
                ),
                (
                    "days_critical",
                    models.PositiveSmallIntegerField(default=90, verbose_name="kritisch ab Tagen Verzug"),
                ),
                (
                    "points_at_risk",
                    models.PositiveSmallIntegerField(default=15, verbose_name="gefährdet ab Prozentpunkten Rückstand"),
                ),
                (
                    "points_critical",
                    models.PositiveSmallIntegerField(default=30, verbose_name="kritisch ab Prozentpunkten Rückstand"),
                ),
                (
                    "percent_at_risk",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="gefährdet ab Prozent über dem, was bereitsteht"
                    ),
                ),
                (
                    "percent_critical",
                    models.PositiveSmallIntegerField(
                        default=25, verbose_name="kritisch ab Prozent über dem, was bereitsteht"
                    ),
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
            ],
            options={
                "verbose_name": "historical Kriterien des Status",
                "verbose_name_plural": "historical Kriterien des Status",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
