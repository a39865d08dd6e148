import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ground", "0002_journal_append_only")]

    operations = [
        migrations.RemoveField("town", "arms"),
        migrations.AddField(
            "town",
            "arms",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ground.document",
                verbose_name="Wappen",
            ),
        ),
    ]
