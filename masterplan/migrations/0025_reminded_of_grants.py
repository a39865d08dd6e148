import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0008_documents_not_kept_yet"),
        ("masterplan", "0024_reminders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[("AHEAD", "AHEAD"), ("NEAR", "NEAR"), ("MISSED", "MISSED")],
                        max_length=6,
                        verbose_name="Schritt",
                    ),
                ),
                ("due", models.DateField(verbose_name="Frist")),
                ("sent_at", models.DateTimeField(verbose_name="erinnert am")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="masterplan.grant",
                        verbose_name="Zuwendung",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "Erinnerung an eine Zuwendung",
                "verbose_name_plural": "Erinnerungen an Zuwendungen",
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grant", "recipient", "step", "due"), name="grant_reminder_each_step_once"
                    )
                ],
            },
        ),
    ]
