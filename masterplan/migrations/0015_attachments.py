import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ground", "0008_documents_not_kept_yet"),
        ("masterplan", "0014_what_was_stated_stays_stated"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalAttachment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("FILE", "Datei"), ("LINK", "Link")], editable=False, max_length=4, verbose_name="Art"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Adresse")),
                ("public", models.BooleanField(default=False, verbose_name="öffentlich")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="zuerst veröffentlicht")),
                ("position", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="Reihenfolge")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="hinzugefügt am"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="zurückgezogen")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hinzugefügt von",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ground.document",
                        verbose_name="Datei",
                    ),
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
                "verbose_name": "historical Unterlage",
                "verbose_name_plural": "historical Unterlagen",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("FILE", "Datei"), ("LINK", "Link")], editable=False, max_length=4, verbose_name="Art"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Titel")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="Adresse")),
                ("public", models.BooleanField(default=False, verbose_name="öffentlich")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="zuerst veröffentlicht")),
                ("position", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="Reihenfolge")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="hinzugefügt am"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="zurückgezogen")),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hinzugefügt von",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ground.document",
                        verbose_name="Datei",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="masterplan.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Unterlage",
                "verbose_name_plural": "Unterlagen",
                "ordering": ["measure", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("kind", "FILE"), ("url", "")),
                            models.Q(
                                ("document", None),
                                ("kind", "LINK"),
                                models.Q(
                                    ("url__startswith", "https://"), ("url__startswith", "http://"), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_is_file_or_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public", False),
                            models.Q(("published_at__isnull", False), ("withdrawn_at", None)),
                            _connector="OR",
                        ),
                        name="attachment_public_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_at", None), ("published_at__isnull", False), _connector="OR"),
                        name="attachment_withdrawn_was_public",
                    ),
                ],
            },
        ),
    ]
