"""An uploaded list on its way through the browser: kept between the steps, own only, gone after a day."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from masterplan.importing.applying import PreviewOvertaken, import_table
from masterplan.importing.comparing import plan_import
from masterplan.importing.known import known_to
from masterplan.importing.mapping import guess
from masterplan.importing.meanings import Meanings
from masterplan.importing.plan import ImportPlan, Verdict
from masterplan.importing.reading import read_table
from masterplan.importing.table import Table
from masterplan.models import ImportDraft


@transaction.atomic
def upload(*, name: str, content: bytes, by: Any, now: datetime) -> ImportDraft:
    """Keeps a list; it replaces an earlier one of the same person. Raises UnreadableFile."""
    require(by, Perm.IMPORT_MEASURES)
    table = read_table(content, name=name)
    sweep_drafts(now=now)
    ImportDraft.objects.filter(user=by, result__isnull=True).delete()
    return ImportDraft.objects.create(
        user=by, name=name[:120], content=content, mapping=list(guess(table)), created_at=now
    )


def sweep_drafts(*, now: datetime) -> int:
    """Deletes what expired."""
    return ImportDraft.objects.expired(now).delete()[0]


def table_of_draft(draft: ImportDraft) -> Table:
    return read_table(bytes(draft.content))


def map_columns(*, draft: ImportDraft, mapping: Sequence[str], by: Any) -> None:
    require(by, Perm.IMPORT_MEASURES)
    draft.mapping = list(mapping)
    draft.save(update_fields=["mapping"])


def map_words(*, draft: ImportDraft, meanings: Meanings, by: Any) -> None:
    """Keeps what words of the list mean, for this list only."""
    require(by, Perm.IMPORT_MEASURES)
    draft.meanings = {key: dict(words) for key, words in meanings.items()}
    draft.save(update_fields=["meanings"])


def plan_of(draft: ImportDraft, *, by: Any, now: datetime) -> ImportPlan:
    """What the list would change today."""
    table, today = table_of_draft(draft), timezone.localdate(now)
    return plan_import(table, tuple(draft.mapping), known_to(by, today), meanings=draft.meanings, today=today)


def preview(*, draft: ImportDraft, by: Any, now: datetime) -> ImportPlan:
    """As `plan_of`; remembers the versions that it was made from."""
    require(by, Perm.IMPORT_MEASURES)
    plan = plan_of(draft, by=by, now=now)
    if draft.versions != plan.versions:
        draft.versions = plan.versions
        draft.save(update_fields=["versions"])
    return plan


def stamp_of(draft: ImportDraft) -> str:
    """Stands in the preview's form, so that a preview in another window is not confirmed by mistake."""
    seen = json.dumps([draft.mapping, draft.meanings, draft.versions], sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


@transaction.atomic
def take_over(*, draft_id: int, stamp: str, reason: str, by: Any, now: datetime) -> ImportDraft:
    """Writes what the preview showed; a second call does nothing. For errors see `import_table`."""
    require(by, Perm.IMPORT_MEASURES)
    draft = ImportDraft.objects.own(by, now).select_for_update().get(pk=draft_id)
    if draft.result is not None:
        return draft
    if stamp != stamp_of(draft):
        raise PreviewOvertaken
    plan = import_table(
        table_of_draft(draft),
        tuple(draft.mapping),
        meanings=draft.meanings,
        versions=draft.versions,
        reason=reason,
        by=by,
        now=now,
    )
    draft.result = {
        "new": plan.counts[Verdict.NEW],
        "changed": plan.counts[Verdict.CHANGED],
        "unchanged": plan.counts[Verdict.UNCHANGED],
        "fields": [field.title for field in plan.new_fields],
        "codes": sorted({row.measure.field.code for row in plan.rows}),
    }
    draft.content, draft.meanings, draft.versions = b"", {}, {}
    draft.save(update_fields=["result", "content", "meanings", "versions"])
    return draft
