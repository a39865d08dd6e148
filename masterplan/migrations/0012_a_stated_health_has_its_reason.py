from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("masterplan", "0011_units_are_asked")]

    operations = [
        migrations.AddField(
            model_name="historicalmeasure",
            name="health_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Leer, solange der Status aus den Kriterien folgt.",
                max_length=400,
                verbose_name="Begründung des Status",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="health_reason",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Leer, solange der Status aus den Kriterien folgt.",
                max_length=400,
                verbose_name="Begründung des Status",
            ),
        ),
    ]
