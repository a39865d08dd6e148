"""Adds fields of action."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.access import Perm, require
from ground.history import create_tracked
from ground.journal import Entry, record
from ground.models import PublicVersion
from ground.slugs import slug_of
from strategy.models import FieldOfAction


@transaction.atomic
def add_fields(fields: Sequence[FieldOfAction], *, by: Any, now: datetime | None = None) -> list[FieldOfAction]:
    """Inserts fields that have code and title, behind those that exist; gives each its address and place."""
    require(by, Perm.EDIT_STRATEGY)
    if not fields:
        return []
    existing = list(FieldOfAction.objects.values_list("slug", "position"))
    taken = {slug for slug, _ in existing}
    last = max((position for _, position in existing), default=0)
    for place, field in enumerate(fields, last + 1):
        field.slug = slug_of(field.title, taken=taken, suffix=field.code, longest=70)
        field.position = place
        taken.add(field.slug)
    created = create_tracked(fields, by=by, at=now)
    record(
        *(
            Entry(subject=field, kind="field.added", title="Handlungsfeld angelegt", after=field.title)
            for field in created
        ),
        by=by,
        at=now,
    )
    PublicVersion.raise_()
    return created
