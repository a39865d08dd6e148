from django.db import migrations

from ground.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("masterplan", "0001_initial")]

    operations = [append_only("masterplan_duedatepromise")]
