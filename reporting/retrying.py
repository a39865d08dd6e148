"""Takes up renderings again: by hand after a failure, by the sweep where a message or a worker was lost."""

from functools import partial
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from reporting import tasks
from reporting.models import Edition, RenderingState


@transaction.atomic
def retry(*, edition_id: int, by: Any) -> bool:
    """Sends a failed rendering again; False where it had not failed."""
    require(by, Perm.PREPARE_REPORTS)
    failed = Edition.objects.filter(pk=edition_id, state=RenderingState.FAILED)
    if not failed.update(state=RenderingState.WAITING, error="", progress=0, step=""):
        return False
    transaction.on_commit(partial(tasks.render_edition.delay, edition_id), robust=True)
    return True
