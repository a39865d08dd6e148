from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Count


class TwoReportsOfOneHalfYear(Exception):
    """The public address of a half-year shows one report; which of two it is, people decide."""


def refuse_two(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    reports = apps.get_model("reporting", "Report").objects
    twice = reports.order_by().values_list("year", "half").annotate(count=Count("pk")).filter(count__gt=1)
    named = [f"{year}-H{half} ({count} Berichte)" for year, half, count in twice]
    if named:
        raise TwoReportsOfOneHalfYear(
            "Ein Halbjahr hat nur noch einen Statusbericht, auch wenn inzwischen ein anderes Gremium ihn erhält. "
            f"Mehrere gibt es für: {', '.join(named)}. Die Datenbank ist unverändert. Löschen Sie dort zuerst in der "
            "Tabelle reporting_report den Bericht, der nie eingefroren wurde, mit seinen Entwürfen (reporting_draft)."
        )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_report_may_be_returned")]

    operations = [
        migrations.RunPython(refuse_two, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="report", name="report_once_per_period_and_committee"),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("year", "half"), name="report_once_per_period"),
        ),
    ]
