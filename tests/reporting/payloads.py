"""Payloads for tests, with the least that is valid."""

from dataclasses import replace
from datetime import UTC, date, datetime

from reporting.collect import judgement
from reporting.payload import SCHEMA_VERSION, Field, MeasureState, MilestoneState, Payload, Promise, Slip, Status, Town

STATUSES = tuple(
    Status(key=key, label=label, symbol=symbol, tone=tone, criteria="")
    for key, label, symbol, tone in [
        ("CRITICAL", "kritisch", "diamond", "critical"),
        ("AT_RISK", "gefährdet", "triangle", "risk"),
        ("ON_TRACK", "im Plan", "circle-check", "good"),
        ("NOT_ASSESSED", "nicht bewertet", "circle-question", "open"),
        ("COMPLETED", "abgeschlossen", "check", "done"),
        ("DEFERRED", "zurückgestellt", "pause", "still"),
        ("REJECTED", "verworfen", "cross", "still"),
        ("MERGED", "zusammengeführt", "merge", "still"),
    ]
)
PLAIN = MeasureState(
    number="BS-01",
    title="Termine online buchen",
    path="/massnahmen/termine-online-buchen/",
    field="BS",
    lead_unit="Bürgerservice",
    involved_units=(),
    partners="",
    goals=(),
    teaser="",
    description="",
    objective="",
    beneficiaries="",
    basis="",
    phase="IN_PROGRESS",
    phase_label="in Umsetzung",
    is_active=True,
    status="ON_TRACK",
    progress=0,
    planned_start=None,
    planned_end=date(2026, 12, 31),
    actual_start=None,
    actual_end=None,
    resolved_on=None,
    resolved_end=None,
    first_promised_end=date(2026, 12, 31),
    baseline_end=date(2026, 12, 31),
    days_behind=0,
    is_behind=False,
    is_overdue=False,
    slip=Slip(times=0, days=0),
    merged_into="",
    sentence="",
    sentence_on=None,
    promises=(Promise(kind="FIRST", label="zugesagt", on=date(2025, 1, 1), due=date(2026, 12, 31), days=0, reason=""),),
    milestones=(),
)


def a_measure(**values):
    return replace(PLAIN, **values)


def moved(measure, due, *, kind="POSTPONED", reason="Vergabe wiederholt", **values):
    """The measure with one more promise of its end."""
    days = (due - measure.planned_end).days if due else 0
    promise = Promise(kind=kind, label="", on=date(2026, 10, 1), due=due, days=days, reason=reason)
    return replace(measure, planned_end=due, promises=(*measure.promises, promise), **values)


def a_milestone(title="Pilot", **values):
    plain = MilestoneState(
        key=1, title=title, planned=None, resolved=None, first_promised=None, reached_on=None, moves=0
    )
    return replace(plain, **values)


def a_payload(*measures, **values):
    """With what the rules say of the measures on its day."""
    plain = Payload(
        schema=SCHEMA_VERSION,
        kind="COUNCIL",
        edition="Ausgabe Rat",
        year=2026,
        half=2,
        fassung=1,
        correction="",
        as_of=datetime(2026, 11, 25, 17, 0, tzinfo=UTC),
        town=Town(name="Stadt Beispiel", office="", email="", is_example=False),
        author="Digital Officer",
        committee="Ausschuss für Digitales",
        meeting=None,
        address="http://127.0.0.1:8000/berichte/2026-h2/",
        assessment="",
        statuses=STATUSES,
        fields=(Field(code="BS", title="Bürgerservice"),),
        measures=measures,
        earlier=None,
        changes=(),
        due=(),
    )
    told = replace(plain, **values)
    judged = (replace(measure, **judgement(vars(measure), told.today)) for measure in measures)
    return replace(told, measures=tuple(judged))
