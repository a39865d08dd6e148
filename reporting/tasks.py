from celery import shared_task
from django.utils import timezone

from reporting import rendering, sweeping


@shared_task(name="reporting.render_edition")
def render_edition(edition_id: int) -> None:
    rendering.render(edition_id=edition_id)


@shared_task(name="reporting.render_draft")
def render_draft(draft_id: int) -> None:
    rendering.render_draft(draft_id=draft_id)


@shared_task(name="reporting.sweep_renderings")
def sweep_renderings() -> None:
    now = timezone.now()
    for edition_id in sweeping.due_editions(now=now):
        render_edition.delay(edition_id)
    for draft_id in sweeping.due_drafts(now=now):
        render_draft.delay(draft_id)
