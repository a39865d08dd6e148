import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ground.models.signed_link


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0005_journal_indexes_by_step"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(help_text="Name der Adresse, die er öffnet", max_length=60)),
                ("subject", models.CharField(help_text="wovon die Seite handelt, wie user:12", max_length=120)),
                ("nonce", models.CharField(default=ground.models.signed_link.new_nonce, max_length=22, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="angelegt")),
                ("expires_at", models.DateTimeField(verbose_name="gilt bis")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="widerrufen")),
                (
                    "last_used_at",
                    models.DateTimeField(
                        help_text="abgeschickt; Öffnen zählt nicht", null=True, verbose_name="zuletzt benutzt"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="von",
                    ),
                ),
                (
                    "for_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="für",
                    ),
                ),
            ],
            options={
                "verbose_name": "persönlicher Link",
                "verbose_name_plural": "persönliche Links",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="signedlink",
            index=models.Index(fields=["purpose", "subject"], name="signed_link_about"),
        ),
        migrations.AddConstraint(
            model_name="signedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))), name="signed_link_ends_after_it_began"
            ),
        ),
    ]
