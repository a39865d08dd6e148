"""Foresees what may go wrong with a measure: risks are proposed, taken in or declined, reviewed and closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.access import Perm, require
from ground.journal import Entry, record
from masterplan.models import Measure, Risk, RiskState

TEXTS = ("title", "likelihood", "impact", "countermeasure", "owner_unit")
STATES = (RiskState.OPEN, RiskState.OCCURRED, RiskState.CLOSED)
"""Where a risk can be once it was taken in."""
TOLD = {RiskState.OPEN: "Risiko offen", RiskState.OCCURRED: "Risiko eingetreten", RiskState.CLOSED: "Risiko erledigt"}


class AlreadyDecided(Exception):
    """The risk is no proposal any more, or a declined one, which nobody changes."""


class ReasonToDeclineMissing(Exception):
    """Whoever proposed a risk hears why it is not taken in."""


def may_foresee(measure: Measure, user: Any) -> bool:
    """Who edits measures enters risks; whose measure it is proposes them."""
    return bool(user.has_perm(Perm.EDIT_MEASURES) or Measure.objects.own(user).filter(pk=measure.pk).exists())


@transaction.atomic
def add_risk(*, measure_id: int, values: Mapping[str, Any], by: Any, now: datetime | None = None) -> Risk:
    """A risk, or a proposal of one by whose measure it is. `values` are TEXTS. Raises PermissionDenied."""
    measure = Measure.locked(measure_id, expected_version=None)
    if by is not None and not may_foresee(measure, by):
        raise PermissionDenied
    moment = now or timezone.now()
    decides = by is None or by.has_perm(Perm.EDIT_MEASURES)
    risk = Risk(measure=measure, proposed_by=by, **{name: values[name] for name in TEXTS if name in values})
    risk.state = RiskState.OPEN if decides else RiskState.PROPOSED
    risk.reviewed_on = timezone.localdate(moment) if decides else None
    risk.save_tracked(by=by, at=moment)
    _tell(risk, "added", "Risiko aufgenommen" if decides else "Risiko vorgeschlagen", by=by, now=moment)
    return risk


@transaction.atomic
def edit_risk(
    *,
    risk_id: int,
    values: Mapping[str, Any],
    state: RiskState | None = None,
    expected_version: int | None,
    by: Any,
    now: datetime | None = None,
) -> Risk:
    """Changes a risk, which counts as reviewed by that, or one's own proposal. `state` is one of STATES.

    Raises StaleRow, PermissionDenied or AlreadyDecided.
    """
    moment = now or timezone.now()
    risk = Risk.locked(risk_id, expected_version=expected_version)
    decides = by is None or by.has_perm(Perm.EDIT_MEASURES)
    if not decides and not Risk.objects.alterable_by(by).filter(pk=risk_id).exists():
        raise PermissionDenied
    if risk.state == RiskState.DECLINED:
        raise AlreadyDecided(risk_id)
    changed = [name for name in TEXTS if name in values and getattr(risk, name) != values[name]]
    for name in changed:
        setattr(risk, name, values[name])
    moved = state is not None and decides and risk.state in STATES and state != risk.state
    if moved and state:
        risk.state = state
    if risk.state in STATES and decides:
        risk.reviewed_on = timezone.localdate(moment)
    risk.save_tracked(by=by, at=moment)
    title = TOLD[RiskState(risk.state)] if moved else "Risiko geändert" if changed else "Risiko geprüft"
    _tell(risk, "edited", title, by=by, now=moment)
    return risk


@transaction.atomic
def take_in_risk(*, risk_id: int, expected_version: int | None, by: Any, now: datetime | None = None) -> Risk:
    """A proposal becomes a risk. Raises StaleRow or AlreadyDecided."""
    return _decide(risk_id, RiskState.OPEN, "", expected_version, by=by, now=now or timezone.now())


@transaction.atomic
def decline_risk(
    *, risk_id: int, reason: str, expected_version: int | None, by: Any, now: datetime | None = None
) -> Risk:
    """A proposal stays one that was not taken in, and says why. Raises as `take_in_risk`, or ReasonToDeclineMissing."""
    if not reason.strip():
        raise ReasonToDeclineMissing
    return _decide(risk_id, RiskState.DECLINED, reason.strip(), expected_version, by=by, now=now or timezone.now())


def _decide(risk_id: int, state: RiskState, reason: str, version: int | None, *, by: Any, now: datetime) -> Risk:
    require(by, Perm.EDIT_MEASURES)
    risk = Risk.locked(risk_id, expected_version=version)
    if risk.state != RiskState.PROPOSED:
        raise AlreadyDecided(risk_id)
    risk.state, risk.declined_because = state, reason
    risk.reviewed_on = timezone.localdate(now)
    risk.save_tracked(by=by, reason=reason, at=now)
    told = "Risiko aufgenommen" if state == RiskState.OPEN else "Risiko nicht aufgenommen"
    _tell(risk, "decided", told, reason=reason, by=by, now=now)
    return risk


def _tell(risk: Risk, what: str, title: str, *, reason: str = "", by: Any, now: datetime) -> None:
    told = Entry(subject=risk.measure, kind=f"risk.{what}", title=title, after=risk.title, reason=reason)
    record(told, by=by, at=now)
