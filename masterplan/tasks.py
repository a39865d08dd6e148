from celery import shared_task
from django.utils import timezone

from masterplan.importing.drafts import sweep_drafts


@shared_task(name="masterplan.sweep_drafts")
def sweep_import_drafts() -> None:
    sweep_drafts(now=timezone.now())
