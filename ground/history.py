"""Rows whose every earlier value is kept (for undo) and that no bulk call can change past their history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Never, Self

from django.db import models
from django.db.models import Max
from django.utils import timezone
from simple_history.utils import get_m2m_field_name


class HistoryBypassed(Exception):
    """Tracked rows were to be changed or deleted past their history and their activity.

    Use `save_tracked`, `create_tracked` or `update_tracked`; a draft deletes itself.
    """


class TrackedQuerySet[M: models.Model](models.QuerySet[M]):
    def update(self, **kwargs: Any) -> Never:
        raise HistoryBypassed(self.model._meta.label)

    def delete(self) -> Never:
        raise HistoryBypassed(self.model._meta.label)

    def bulk_create(self, *args: Any, **kwargs: Any) -> Never:
        raise HistoryBypassed(self.model._meta.label)

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise HistoryBypassed(self.model._meta.label)


class StaleRow(Exception):
    """Someone saved the row after it was read. `current` is the row as it is now."""

    def __init__(self, current: "Tracked") -> None:
        super().__init__(current)
        self.current = current


class Tracked(models.Model):
    """Carries the version that forms send back, so that an overtaken form is refused.

    A subclass declares `history = HistoricalRecords()` and a QuerySet made from TrackedQuerySet.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, pk: int, *, expected_version: int | None) -> Self:
        """The row, locked until the transaction ends. Raises StaleRow where it is not of the expected version."""
        row = cls._base_manager.select_for_update(of=("self",)).get(pk=pk)
        if expected_version is not None and row.version != expected_version:
            raise StaleRow(row)
        return row

    def set_tracked(self, sets: Mapping[str, Collection[Any]]) -> None:
        """Sets many-to-many fields; the history row is that of the `save_tracked` which follows."""
        self.skip_history_when_saving = True
        for name, rows in sets.items():
            getattr(self, name).set(rows)
        del self.skip_history_when_saving

    def save_tracked(self, *, by: Any, reason: str = "", at: datetime | None = None) -> None:
        """Saves with the next version and a history row that names its author."""
        if self.pk:
            self.version += 1
        self._history_user = by
        self._change_reason = reason[:100] or None
        if at:
            self._history_date = at
        self.save()


def create_tracked[M: Tracked](rows: Sequence[M], *, by: Any, at: datetime | None = None) -> list[M]:
    """Inserts many rows of one model with a history row each, in two statements a batch."""
    if not rows:
        return []
    model = type(rows[0])
    created = model._base_manager.bulk_create(rows, batch_size=500)
    model.history.bulk_history_create(  # type: ignore[attr-defined]
        created, batch_size=500, default_user=by, default_date=at or timezone.now()
    )
    return created


def update_tracked[M: Tracked](
    rows: Sequence[M], fields: Iterable[str], *, by: Any, reason: str = "", at: datetime | None = None
) -> None:
    """Updates many rows of one model with a history row each; raises the version of each.

    Written as "insert or else update", which takes a fifth of the time of Django's bulk_update. The rows exist.
    """
    if not rows:
        return
    for row in rows:
        row.version += 1
    model = type(rows[0])
    model._base_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=[*fields, "version"], batch_size=500
    )
    model.history.bulk_history_create(  # type: ignore[attr-defined]
        rows,
        batch_size=500,
        update=True,
        default_user=by,
        default_change_reason=reason[:100] or None,
        default_date=at or timezone.now(),
    )
    keep_sets(rows)


def keep_sets[M: Tracked](rows: Sequence[M]) -> None:
    """Copies today's many-to-many rows to the newest history row of each; the bulk call leaves them out."""
    historic = type(rows[0]).history.model  # type: ignore[attr-defined]
    if not historic._history_m2m_fields:
        return
    newest = dict(
        historic.objects.filter(id__in=[row.pk for row in rows]).values_list("id").annotate(newest=Max("history_id"))
    )
    for m2m in historic._history_m2m_fields:
        own, copies = get_m2m_field_name(m2m), getattr(historic, m2m.name).model
        others = m2m.m2m_reverse_field_name()
        copies.objects.bulk_create(
            [
                copies(**{"id": through, "history_id": newest[pk], f"{own}_id": pk, f"{others}_id": other})
                for through, pk, other in getattr(rows[0], m2m.name)
                .through.objects.filter(**{f"{own}__in": newest})
                .values_list("id", own, others)
            ],
            batch_size=500,
        )
