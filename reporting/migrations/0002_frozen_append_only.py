from django.db import migrations

from ground.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [
        append_only("reporting_snapshot"),
        append_only("reporting_release"),
        append_only("reporting_edition", columns=("snapshot_id", "kind", "payload", "sha256")),
    ]
