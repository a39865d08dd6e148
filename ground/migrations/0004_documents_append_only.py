from django.db import migrations

from ground.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("ground", "0003_town_arms_in_a_document")]

    operations = [append_only("ground_document")]
