from celery import shared_task
from django.utils import timezone

from masterplan import deriving
from masterplan.importing.drafts import sweep_drafts


@shared_task(name="masterplan.sweep_drafts")
def sweep_import_drafts() -> None:
    sweep_drafts(now=timezone.now())


@shared_task(name="masterplan.derive_health")
def derive_health() -> None:
    """Each hour, so that a machine that was down at midnight catches up."""
    deriving.derive_health(now=timezone.now())
