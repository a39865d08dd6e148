"""What a report of schema 1 left to be computed, by the rules of its time, so that it keeps saying what its file says.

Works on the JSON as it was stored. Nothing in here follows a change of today's rules.
"""

from datetime import date
from typing import Any

from ground.halfyears import HalfYear

ACTIVE = ("PLANNED", "IN_PREPARATION", "IN_PROGRESS")


def completed(raw: dict[str, Any]) -> dict[str, Any]:
    """With all that later schemas store."""
    today = date.fromisoformat(raw["as_of"][:10])
    measures = [measure | _judgement(measure, today) | _milestones(measure) for measure in raw["measures"]]
    return raw | {"measures": measures, "due": _due(raw)}


def _judgement(measure: dict[str, Any], today: date) -> dict[str, Any]:
    days, is_active = _days_behind(measure, today), measure["phase"] in ACTIVE
    planned = _day(measure["planned_end"])
    return {
        "baseline_end": _baseline(measure),
        "days_behind": days,
        "is_behind": is_active and (days or 0) > 0,
        "is_overdue": is_active and planned is not None and planned < today,
        "slip": _slip(measure["promises"]),
    }


def _baseline(measure: dict[str, Any]) -> str | None:
    return measure["resolved_end"] or measure["first_promised_end"]


def _days_behind(measure: dict[str, Any], today: date) -> int | None:
    baseline, planned, actual = (
        _day(text) for text in (_baseline(measure), measure["planned_end"], measure["actual_end"])
    )
    if baseline is None:
        return None
    if measure["phase"] in ACTIVE:
        return (max(planned or today, today) - baseline).days if planned or baseline < today else None
    return (actual - baseline).days if measure["phase"] == "COMPLETED" and actual else None


def _slip(promises: list[dict[str, Any]]) -> dict[str, int]:
    moves = [promise for promise in promises if promise["kind"] in ("POSTPONED", "BROUGHT_FORWARD")]
    return {
        "times": sum(promise["kind"] == "POSTPONED" for promise in moves),
        "days": sum(promise["days"] for promise in moves),
    }


def _milestones(measure: dict[str, Any]) -> dict[str, Any]:
    return {"milestones": [milestone | {"key": 0, "moves": 0} for milestone in measure["milestones"]]}


def _due(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Planned for or reached in the half-year; what was moved out of it did not count."""
    period = HalfYear(raw["year"], raw["half"])
    found = [
        {
            "key": 0,
            "number": measure["number"],
            "title": milestone["title"],
            "promised": milestone["planned"] or milestone["reached_on"],
            "original": milestone["resolved"] or milestone["first_promised"],
            "became": "REACHED" if milestone["reached_on"] else "OPEN",
            "day": milestone["reached_on"] or milestone["planned"],
        }
        for measure in raw["measures"]
        for milestone in measure["milestones"]
        if milestone["reached_on"] or measure["is_active"]
        if any(day and day in period for day in (_day(milestone["planned"]), _day(milestone["reached_on"])))
    ]
    return sorted(found, key=lambda one: (one["promised"], one["number"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
