import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("masterplan", "0022_benefits"),
    ]

    operations = [
        migrations.AddField(
            model_name="statusupdate",
            name="saved_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="zuletzt geschrieben am"),
        ),
        migrations.AlterField(
            model_name="statusupdate",
            name="state",
            field=models.CharField(
                choices=[
                    ("DRAFT", "Entwurf"),
                    ("SUBMITTED", "abgeschickt"),
                    ("APPROVED", "übernommen"),
                    ("RETURNED", "zurückgegeben"),
                ],
                max_length=12,
                verbose_name="Stand",
            ),
        ),
    ]
