import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0008_documents_not_kept_yet"),
        ("masterplan", "0023_when_an_update_was_written_last"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("ASKED", "ASKED"),
                            ("BEFORE", "BEFORE"),
                            ("OVERDUE", "OVERDUE"),
                            ("HEAD", "HEAD"),
                            ("DESK", "DESK"),
                        ],
                        max_length=8,
                        verbose_name="Schritt",
                    ),
                ),
                ("due", models.DateField(verbose_name="erbeten bis")),
                ("sent_at", models.DateTimeField(verbose_name="gefragt am")),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ground.mail",
                        verbose_name="Mail",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="an",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="masterplan.statusrequest",
                        verbose_name="Abfrage",
                    ),
                ),
            ],
            options={
                "verbose_name": "Erinnerung",
                "verbose_name_plural": "Erinnerungen",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "recipient", "step", "due"), name="reminder_each_step_once"
                    )
                ],
            },
        ),
    ]
