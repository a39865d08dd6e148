from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ACTIVE = ("PLANNED", "IN_PREPARATION", "IN_PROGRESS")
LONGEST = 400


def keep(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now each health was stated by a person: it keeps the reason of the update that last changed it."""
    measures = apps.get_model("masterplan", "Measure")
    updates = apps.get_model("masterplan", "StatusUpdate")
    for measure in measures.objects.filter(phase__in=ACTIVE, health_reason="").exclude(health="NOT_ASSESSED"):
        told = updates.objects.filter(measure=measure, state="APPROVED", values__has_key="health").exclude(reason="")
        last = told.order_by("-decided_at", "-pk").first()
        measure.health_reason = last.reason[:LONGEST] if last else "So zuletzt gemeldet"
        measure.save(update_fields=["health_reason"])


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The column itself goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("masterplan", "0013_criteria_of_the_health")]

    operations = [migrations.RunPython(keep, forget)]
