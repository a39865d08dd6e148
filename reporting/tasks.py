from celery import shared_task
from django.utils import timezone

from reporting import rendering, sweeping


@shared_task(name="reporting.render_edition")
def render_edition(edition_id: int) -> None:
    rendering.render(edition_id=edition_id)


@shared_task(name="reporting.sweep_renderings")
def sweep_renderings() -> None:
    for edition_id in sweeping.due_editions(now=timezone.now()):
        render_edition.delay(edition_id)
