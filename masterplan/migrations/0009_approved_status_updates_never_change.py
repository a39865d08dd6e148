from django.db import migrations

from ground.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("masterplan", "0008_what_words_of_a_list_mean")]

    operations = [append_only("masterplan_statusupdate", where="OLD.state = 'APPROVED'")]
