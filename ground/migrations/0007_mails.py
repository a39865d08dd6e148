import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0006_signed_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        help_text="wofür und an wen, wie statusabfrage:2026-11-24:user-12", max_length=200, unique=True
                    ),
                ),
                ("kind", models.CharField(help_text="Schlüssel wie status.asked", max_length=60, verbose_name="Art")),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        help_text="wie versandt; leer, wenn gelöscht",
                        max_length=254,
                        verbose_name="Adresse",
                    ),
                ),
                ("subject", models.CharField(max_length=150, verbose_name="Betreff")),
                ("text", models.TextField(blank=True, verbose_name="Text")),
                ("message_id", models.CharField(help_text="ohne spitze Klammern", max_length=200, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="angelegt")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "wartet"),
                            ("SENDING", "wird versandt"),
                            ("SENT", "versandt"),
                            ("FAILED", "nicht versandt"),
                            ("RETURNED", "kam zurück"),
                            ("CANCELLED", "zurückgezogen"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("send_after", models.DateTimeField(verbose_name="frühestens")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="Versuche")),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True, verbose_name="versandt")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="gescheitert")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="zurückgekommen")),
                ("reason", models.TextField(blank=True, verbose_name="Grund")),
                ("answer", models.TextField(blank=True, verbose_name="Antwort des Mailservers")),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="an",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ground.signedlink",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mail",
                "verbose_name_plural": "Postausgang",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["-created_at", "-id"], name="mail_newest"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["state", "send_after"], name="mail_due"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["address", "-sent_at"], name="mail_sent_to"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["WAITING", "SENDING", "SENT", "FAILED", "RETURNED", "CANCELLED"])),
                name="mail_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "SENDING"), _negated=True), ("claimed_at__isnull", False), _connector="OR"
                ),
                name="mail_sending_is_claimed",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state__in", ["SENT", "RETURNED"])),
                    models.Q(models.Q(("state__in", ["SENT", "RETURNED"]), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="mail_sent_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failed_at__isnull", False), ("state", "FAILED")),
                    models.Q(models.Q(("state", "FAILED"), _negated=True), ("failed_at__isnull", True)),
                    _connector="OR",
                ),
                name="mail_failed_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_at__isnull", False), ("state", "RETURNED")),
                    models.Q(models.Q(("state", "RETURNED"), _negated=True), ("returned_at__isnull", True)),
                    _connector="OR",
                ),
                name="mail_returned_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["FAILED", "RETURNED"]), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state__in", ["FAILED", "RETURNED"]), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="mail_undelivered_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["WAITING", "SENDING"]), _negated=True),
                    models.Q(("address", ""), _negated=True),
                    _connector="OR",
                ),
                name="mail_to_be_sent_has_an_address",
            ),
        ),
    ]
