"""What a report says, as data that stands alone: labels instead of keys into other tables, no ids, no addresses that
another change could break. Written as canonical JSON, whose SHA-256 is the proof of what was reported."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from reporting import schema_1

SCHEMA_VERSION = 2


class UnknownSchema(Exception):
    """The payload was written by a newer portal than this one."""


@dataclass(frozen=True, kw_only=True)
class Town:
    name: str
    office: str
    email: str
    is_example: bool


@dataclass(frozen=True, kw_only=True)
class Status:
    key: str
    label: str
    symbol: str
    tone: str
    criteria: str


@dataclass(frozen=True, kw_only=True)
class Field:
    code: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A due date that was promised for the end of a measure; `kind` as in the Masterplan's PromiseKind."""

    kind: str
    label: str
    on: date
    due: date | None
    days: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Slip:
    """How often the promised end was postponed, and by how many days it was moved in all."""

    times: int
    days: int


@dataclass(frozen=True, kw_only=True)
class MilestoneState:
    key: int
    """Tells that two reports mean the same milestone, and leads nowhere; 0 in schema 1, where its title tells."""
    title: str
    planned: date | None
    resolved: date | None
    first_promised: date | None
    reached_on: date | None
    moves: int
    """How often it was postponed or lost its date so far; a correction is no move."""


@dataclass(frozen=True, kw_only=True)
class MeasureState:
    """A measure with what the rules of the day said of it, so that no later rule changes what was reported."""

    number: str
    title: str
    path: str
    """Address of the public page on the portal; empty where there is none."""
    field: str
    lead_unit: str
    involved_units: tuple[str, ...]
    partners: str
    goals: tuple[str, ...]
    teaser: str
    description: str
    objective: str
    beneficiaries: str
    basis: str
    phase: str
    phase_label: str
    is_active: bool
    status: str
    progress: int
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    resolved_on: date | None
    resolved_end: date | None
    first_promised_end: date | None
    baseline_end: date | None
    """What the delay is counted from."""
    days_behind: int | None
    is_behind: bool
    is_overdue: bool
    """The planned end went by without the measure being finished."""
    slip: Slip
    merged_into: str
    sentence: str
    sentence_on: date | None
    promises: tuple[Promise, ...]
    milestones: tuple[MilestoneState, ...]

    @property
    def end(self) -> date | None:
        """Reached, else planned."""
        return self.actual_end or self.planned_end


@dataclass(frozen=True, kw_only=True)
class DueMilestone:
    """What was to be reached by the end of the half-year, by the date in the report before or, where there is none,
    by the resolved, else first promised one; and what became of it."""

    key: int
    number: str
    """Of the measure."""
    title: str
    promised: date
    original: date | None
    """Resolved, else first promised."""
    became: str
    """REACHED, LATE, POSTPONED, OPEN or DROPPED."""
    day: date | None
    """On which it was reached, or for which it is planned now."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What became different since the report before; texts are ready to print, `days` only where an end moved."""

    kind: str
    number: str
    before: str
    after: str
    days: int
    times: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """The report that this one is compared with."""

    label: str
    code: str
    frozen_on: date
    total: int
    behind: int
    on_track: int


@dataclass(frozen=True, kw_only=True)
class Payload:
    schema: int
    kind: str
    edition: str
    year: int
    half: int
    fassung: int
    correction: str
    """Why this Fassung replaces the one before; empty for the first."""
    as_of: datetime
    town: Town
    author: str
    """An office, never a person."""
    committee: str
    meeting: datetime | None
    address: str
    """Page on which the report can be checked."""
    assessment: str
    statuses: tuple[Status, ...]
    fields: tuple[Field, ...]
    measures: tuple[MeasureState, ...]
    earlier: Earlier | None
    changes: tuple[Change, ...]
    due: tuple[DueMilestone, ...]

    @property
    def today(self) -> date:
        """The day of which the report tells."""
        return self.as_of.date()

    @property
    def behind(self) -> list[MeasureState]:
        return [measure for measure in self.measures if measure.is_behind]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a document prints of the snapshot that it was made from; a draft has none."""

    code: str
    sha256: str
    frozen_at: datetime
    schema_version: int
    template_version: int


def to_json(payload: Payload) -> str:
    """Canonical: sorted keys, no blanks, dates as ISO text."""
    return json.dumps(asdict(payload), default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Payload:
    """Reads what any earlier schema wrote. Raises UnknownSchema for a later one."""
    raw = json.loads(text)
    if raw["schema"] > SCHEMA_VERSION:
        raise UnknownSchema(raw["schema"])
    payload: Payload = _built(Payload, schema_1.completed(raw) if raw["schema"] == 1 else raw)
    return payload


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def _built(kind: Any, raw: Any) -> Any:
    """The value of a type hint from its JSON; only what this file's dataclasses use."""
    if raw is None:
        return None
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _built(next(one for one in get_args(kind) if one is not type(None)), raw)
    if origin is tuple:
        return tuple(_built(get_args(kind)[0], one) for one in raw)
    if isinstance(raw, Mapping):
        hints = _hints(kind)
        return kind(**{field.name: _built(hints[field.name], raw[field.name]) for field in fields(kind)})
    if kind in (date, datetime):
        return kind.fromisoformat(raw)
    return raw


_kept_hints: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _kept_hints:
        _kept_hints[kind] = get_type_hints(kind)
    return _kept_hints[kind]
