from django.db import migrations

from ground.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_initial")]

    operations = [append_only("ground_event")]
