from celery import shared_task
from django.utils import timezone

from masterplan import deriving
from masterplan.importing.drafts import sweep_drafts
from masterplan.reminding import mailing


@shared_task(name="masterplan.sweep_drafts")
def sweep_import_drafts() -> None:
    sweep_drafts(now=timezone.now())


@shared_task(name="masterplan.derive_health")
def derive_health() -> None:
    """Each hour, so that a machine that was down at midnight catches up."""
    deriving.derive_health(now=timezone.now())


@shared_task(name="masterplan.remind")
def remind() -> None:
    """Often, so that a machine that was down in the morning catches up; whoever has a mail today gets no other."""
    mailing.remind(now=timezone.now())
