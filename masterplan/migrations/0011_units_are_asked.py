import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0010_status_updates_are_drafted_and_sent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(verbose_name="gefragt am")),
                ("due", models.DateField(verbose_name="erbeten bis")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="zurückgezogen am")),
                (
                    "answer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="masterplan.statusupdate",
                        verbose_name="Antwort",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gefragt von",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abfrage",
                "verbose_name_plural": "Abfragen",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None), ("withdrawn_at", None)),
                        fields=("measure",),
                        name="request_one_open_per_measure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", None), ("withdrawn_at", None), _connector="OR"),
                        name="request_answered_or_withdrawn",
                    ),
                ],
            },
        ),
    ]
