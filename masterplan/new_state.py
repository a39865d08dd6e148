"""What is said of one measure, and how it is kept as JSON.

Dates as ISO text, the merged measure by its number, milestones by their id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from masterplan.models import Measure, StatusUpdate
from masterplan.models.status_update import TEXTS

DATES = ("planned_start", "planned_end", "actual_start", "actual_end")


@dataclass(frozen=True, kw_only=True)
class Option:
    """A way out of which a decision is to choose: whole days later than planned now, euro more than there are."""

    text: str
    days: int | None = None
    amount: Decimal | None = None
    recommended: bool = False


@dataclass(frozen=True, kw_only=True)
class NewState:
    """What is reported of one measure.

    `values` holds new values of CONTROLLED fields; `milestones` new dates (MILESTONE_DATES) by the milestone's id.
    `reason` and `public_sentence` may be published; everything else that is said stays internal. A `correction` mends a
    typing error and is not counted as postponed.
    """

    measure_id: int
    values: Mapping[str, Any] = field(default_factory=dict)
    milestones: Mapping[int, Mapping[str, date | None]] = field(default_factory=dict)
    reason: str = ""
    correction: bool = False
    public_sentence: str = ""
    cause: str = ""
    remarks: str = ""
    achieved: str = ""
    next_steps: str = ""
    decision: str = ""
    options: Sequence[Option] = ()
    expected_version: int | None = None

    @property
    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name).strip() for name in TEXTS}

    @property
    def says_something(self) -> bool:
        """Beside values and the reason for them."""
        return any(text for name, text in self.texts.items() if name != "reason")


def recorded(values: Mapping[str, Any], milestones: Mapping[int, Mapping[str, date | None]]) -> dict[str, Any]:
    kept = _plain(values)
    if milestones:
        kept["milestones"] = {str(pk): _plain(dates) for pk, dates in milestones.items()}
    return kept


def recorded_options(options: Sequence[Option]) -> list[dict[str, Any]]:
    return [
        {
            "text": one.text,
            "days": one.days,
            "amount": None if one.amount is None else f"{one.amount:.2f}",
            "recommended": one.recommended,
        }
        for one in options
    ]


def options_of(update: StatusUpdate) -> list[Option]:
    return [
        Option(
            text=one["text"],
            days=one["days"],
            amount=None if one["amount"] is None else Decimal(one["amount"]),
            recommended=one["recommended"],
        )
        for one in update.options
    ]


def state_of(update: StatusUpdate, **instead: Any) -> NewState:
    """What an update that nobody decided on yet says; `instead` replaces parts of it."""
    said: dict[str, Any] = {
        "measure_id": update.measure_id,
        "values": values_in(update.values),
        "milestones": milestones_in(update.values),
        "correction": update.correction,
        "options": options_of(update),
        **{name: getattr(update, name) for name in TEXTS},
    }
    return NewState(**{**said, **instead})


def values_in(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The measure's fields of a recorded state."""
    return {name: _value(name, value) for name, value in kept.items() if name != "milestones"}


def milestones_in(kept: Mapping[str, Any]) -> dict[int, dict[str, date | None]]:
    return {
        int(pk): {name: _day(value) for name, value in dates.items()}
        for pk, dates in kept.get("milestones", {}).items()
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.number if isinstance(value, Measure) else value


def _value(name: str, value: Any) -> Any:
    if name in DATES:
        return _day(value)
    return Measure.objects.filter(number=value).first() if name == "merged_into" and value else value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
