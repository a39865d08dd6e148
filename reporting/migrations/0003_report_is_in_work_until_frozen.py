from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("council", "0002_constraints_speak_german"),
        ("reporting", "0002_frozen_append_only"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="report",
            name="report_state_known",
        ),
        migrations.AlterField(
            model_name="historicalreport",
            name="state",
            field=models.CharField(
                choices=[("COLLECTING", "in Arbeit"), ("FROZEN", "eingefroren"), ("RELEASED", "freigegeben")],
                default="COLLECTING",
                editable=False,
                max_length=12,
                verbose_name="Stand",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[("COLLECTING", "in Arbeit"), ("FROZEN", "eingefroren"), ("RELEASED", "freigegeben")],
                default="COLLECTING",
                editable=False,
                max_length=12,
                verbose_name="Stand",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["COLLECTING", "FROZEN", "RELEASED"])), name="report_state_known"
            ),
        ),
    ]
