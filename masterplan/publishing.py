"""Shows measures to the public, or takes them back; a measure's first publication makes its dates promises."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.history import StaleRow, update_tracked
from ground.journal import Entry, record
from ground.models import PublicVersion
from ground.slugs import slug_of
from masterplan.deriving import derive_health
from masterplan.models import Measure, Visibility
from masterplan.promising import first_promises, keep_promises

RESERVED = {"zeitplan", "trend"}
"""Addresses beside the measures that are pages of their own."""


class ReasonForVisibilityMissing(Exception):
    """A measure was to be no longer public, or no longer confidential, without saying why."""


@transaction.atomic
def set_visibility(
    *,
    measure_ids: Collection[int],
    visibility: Visibility,
    reason: str = "",
    versions: Mapping[int, int] | None = None,
    by: Any,
    now: datetime | None = None,
) -> list[Measure]:
    """Sets who sees the measures; returns those that changed. From the first promise on their health is derived.

    `versions` holds the expected version by id. Raises StaleRow or ReasonForVisibilityMissing.
    """
    require(by, Perm.EDIT_MEASURES)
    moment = now or timezone.now()
    rows = _locked(measure_ids, versions or {})
    changed = [measure for measure in rows if measure.visibility != visibility]
    if any(measure.visibility_is_kept for measure in changed) and not reason.strip():
        raise ReasonForVisibilityMissing
    entries = [entry for measure in changed for entry in _entries(measure, visibility, reason)]
    for measure in changed:
        measure.visibility = visibility
    if visibility == Visibility.PUBLIC:
        _promise(changed, by=by, now=moment)
    columns = ["visibility", "slug", "published_at", "first_promised_end"]
    update_tracked(changed, columns, by=by, reason=reason, at=moment)
    record(*entries, by=by, at=moment)
    if changed:
        PublicVersion.raise_()
    derive_health(measure_ids=[measure.pk for measure in changed], by=by, now=moment)
    return changed


def _locked(measure_ids: Collection[int], versions: Mapping[int, int]) -> list[Measure]:
    rows = Measure.objects.current().select_for_update(of=("self",)).filter(pk__in=measure_ids).order_by("pk")
    for measure in rows:
        if versions.get(measure.pk, measure.version) != measure.version:
            raise StaleRow(measure)
    return list(rows)


def _promise(measures: list[Measure], *, by: Any, now: datetime) -> None:
    _make_addresses(measures, now)
    moves, milestones = first_promises(measures)
    keep_promises(moves, on=timezone.localdate(now), by=by)
    update_tracked(milestones, ["first_promised"], by=by, at=now)


def _entries(measure: Measure, visibility: Visibility, reason: str) -> Iterator[Entry]:
    """The public reads that a measure was published; what it was before, and why, stays inside."""
    kind = "measure.visibility"
    if visibility == Visibility.PUBLIC:
        yield Entry(subject=measure, kind=kind, title="Veröffentlicht", public=True)
    if visibility != Visibility.PUBLIC or measure.visibility_is_kept:
        yield Entry(
            subject=measure,
            kind=kind,
            title="Sichtbarkeit geändert",
            before=Visibility(measure.visibility).label,
            after=visibility.label,
            reason=reason,
        )


def _make_addresses(measures: Collection[Measure], now: datetime) -> None:
    """Gives each measure its address, once: title edits keep it."""
    taken = {slug for slug in Measure.objects.values_list("slug", flat=True) if slug} | RESERVED
    for measure in measures:
        measure.published_at = measure.published_at or now
        if measure.slug is None:
            measure.slug = slug_of(measure.title, taken=taken, suffix=measure.number.lower())
            taken.add(measure.slug)
