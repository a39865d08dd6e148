from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0009_approved_status_updates_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="statusupdate",
            name="achieved",
            field=models.TextField(blank=True, verbose_name="Was erreicht wurde (intern)"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="as_submitted",
            field=models.JSONField(default=dict, verbose_name="Texte, wie abgeschickt"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="comment",
            field=models.TextField(blank=True, verbose_name="Hinweis zur Rückgabe (intern)"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="correction",
            field=models.BooleanField(default=False, verbose_name="Korrektur"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="decision",
            field=models.TextField(blank=True, verbose_name="Nötige Entscheidung (intern)"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="next_steps",
            field=models.TextField(blank=True, verbose_name="Was als Nächstes kommt (intern)"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="options",
            field=models.JSONField(default=list, verbose_name="Möglichkeiten (intern)"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="submitted_at",
            field=models.DateTimeField(null=True, verbose_name="abgeschickt am"),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="statusupdate",
            name="via_link",
            field=models.BooleanField(default=False, verbose_name="über Link"),
        ),
        migrations.AddConstraint(
            model_name="statusupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "SUBMITTED"), _negated=True), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="update_submitted_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "RETURNED"), _negated=True),
                    models.Q(("comment", ""), _negated=True),
                    _connector="OR",
                ),
                name="update_returned_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusupdate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["DRAFT", "SUBMITTED"])),
                fields=("measure",),
                name="update_one_open_per_measure",
            ),
        ),
    ]
