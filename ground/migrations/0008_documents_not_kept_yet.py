from django.db import migrations, models
from django.db.migrations import RunPython

from ground.append_only import append_only

EACH = append_only("ground_document")
KEPT = append_only("ground_document", where="OLD.kept")


class Migration(migrations.Migration):
    """A document that is not kept yet may be erased, or kept from then on."""

    dependencies = [("ground", "0007_mails")]

    operations = [
        RunPython(EACH.reverse_code, EACH.code),
        migrations.AddField(
            model_name="document",
            name="kept",
            field=models.BooleanField(default=True, verbose_name="für immer"),
        ),
        KEPT,
    ]
