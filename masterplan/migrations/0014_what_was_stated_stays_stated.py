from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ACTIVE = ("PLANNED", "IN_PREPARATION", "IN_PROGRESS")
LONGEST = 400


def keep(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now each health was stated by a person: it keeps the reason of the update that last changed it, where that
    was published, for the reason will be. The newest history row says the same, so that nobody seems to have added it.
    """
    measures = apps.get_model("masterplan", "Measure")
    updates = apps.get_model("masterplan", "StatusUpdate")
    history = apps.get_model("masterplan", "HistoricalMeasure")
    for measure in measures.objects.filter(phase__in=ACTIVE, health_reason="").exclude(health="NOT_ASSESSED"):
        told = updates.objects.filter(measure=measure, state="APPROVED", values__has_key="health").exclude(reason="")
        last = told.order_by("-decided_at", "-pk").first()
        is_public = measure.visibility == "PUBLIC" and measure.withdrawn_at is None
        measure.health_reason = last.reason[:LONGEST] if last and is_public else "So zuletzt gemeldet"
        measure.save(update_fields=["health_reason"])
        newest = history.objects.filter(id=measure.pk).order_by("-history_id").values("pk")[:1]
        history.objects.filter(pk__in=[row["pk"] for row in newest]).update(health_reason=measure.health_reason)


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The column itself goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [("masterplan", "0013_criteria_of_the_health")]

    operations = [migrations.RunPython(keep, forget)]
