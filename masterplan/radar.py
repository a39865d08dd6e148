"""Measures for which nobody answers, as the radar lists them: what is missing, since when, and the next step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Count, Max, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from ground.formats import day
from ground.models import Event
from masterplan.models import Measure
from masterplan.models.measure import MeasureQuerySet
from masterplan.models.status_update import UpdateState
from masterplan.ownership import Gap, missing


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    since: str
    step: str
    url: str


@dataclass(frozen=True, slots=True)
class RadarRow:
    number: str
    title: str
    url: str
    unit: str
    findings: tuple[Finding, ...]


def gap_counts(measures: MeasureQuerySet, today: date) -> dict[Gap, int]:
    """How many measures each gap concerns; one query. One measure can have several."""
    found = measures.order_by().aggregate(**{gap.name: Count("pk", filter=missing(gap, today)) for gap in Gap})
    return {gap: found[gap.name] for gap in Gap}


COLUMNS = (
    *("pk", "number", "title", "responsible", "responsible__name", "deputy", "deputy__name"),
    *("lead_unit__name", "lead_unit__short_name", "lead_unit__dissolved_on"),
)


def radar_rows(measures: MeasureQuerySet, today: date) -> list[RadarRow]:
    """Three queries for measures in which something is missing."""
    marked = measures.annotate(
        reported=Max("updates__decided_at", filter=Q(updates__state=UpdateState.APPROVED)),
        **{
            gap.name.lower(): Case(
                When(missing(gap, today), then=Value(True)), default=Value(False), output_field=BooleanField()
            )
            for gap in Gap
        },
    )
    found = list(marked.values(*COLUMNS, "reported", *(gap.name.lower() for gap in Gap)))
    kept = _kept_since([values["pk"] for values in found])
    changed = _accounts_changed([values["responsible"] for values in found if values["responsible_left"]])
    return [_row(values, Since(kept.get(values["pk"], {}), changed)) for values in found]


@dataclass(frozen=True, slots=True)
class Since:
    """When responsible and deputy of a measure became what they are, and accounts were last changed."""

    kept: Mapping[str, datetime]
    accounts: Mapping[int, datetime]


def _kept_since(pks: Sequence[int]) -> dict[int, dict[str, datetime]]:
    history: Any = Measure.history
    names = ("responsible_id", "deputy_id")
    before: dict[int, dict[str, Any]] = {}
    since: dict[int, dict[str, datetime]] = {}
    rows = history.filter(id__in=pks).order_by("history_id").values("id", "history_date", *names)
    for row in rows:
        for name in names:
            known = before.setdefault(row["id"], {})
            if name not in known or known[name] != row[name]:
                since.setdefault(row["id"], {})[name] = row["history_date"]
            known[name] = row[name]
    return since


def _accounts_changed(pks: Iterable[int]) -> dict[int, datetime]:
    """When role or activity of the accounts were last changed."""
    events = Event.objects.filter(
        Q(after__icontains="aktiv") | Q(after__icontains="rolle"),
        subject_type=User._meta.label_lower,
        subject_id__in=list(pks),
        kind="user.changed",
    )
    return dict(events.order_by().values_list("subject_id").annotate(latest=Max("occurred_at")))


def _row(values: Mapping[str, Any], since: Since) -> RadarRow:
    return RadarRow(
        number=values["number"],
        title=values["title"],
        url=reverse("measure_edit", args=[values["number"]]),
        unit=values["lead_unit__short_name"] or values["lead_unit__name"] or "Federführung offen",
        findings=tuple(_findings(values, since)),
    )


def _findings(values: Mapping[str, Any], since: Since) -> Iterator[Finding]:
    edit = reverse("measure_edit", args=[values["number"]])
    if values["responsible_left"]:
        name, changed = values["responsible__name"], since.accounts.get(values["responsible"])
        said = _since(changed) if changed else "Tag nicht bekannt"
        address = f"{reverse('measures_hand_over')}?von={values['responsible']}"
        yield Finding(f"{name} kann nicht mehr antworten", said, "Übergeben", address)
    if values["no_responsible"]:
        said = _since(since.kept.get("responsible_id"))
        yield Finding("Niemand ist verantwortlich", said, "Benennen", f"{edit}#id_responsible")
    if values["silent"]:
        said = f"zuletzt {_day(values['reported'])}" if values["reported"] else "noch nie"
        address = reverse("measure_status", args=[values["number"]])
        yield Finding("Lange kein Stand gemeldet", said, "Stand eintragen", address)
    if values["no_deputy"]:
        gone = values["deputy__name"]
        said = _since(since.kept.get("deputy_id"))
        yield Finding(
            f"Vertretung {gone} kann nicht mehr antworten" if gone else "Niemand vertritt",
            "Tag nicht bekannt" if gone else said,
            "Vertretung benennen",
            f"{edit}#id_deputy",
        )
    if values["unreachable"]:
        yield Finding("Externe Stelle ohne Postfach", "", "Federführung prüfen", f"{edit}#id_lead_unit")
    if values["unit_dissolved"]:
        said = f"aufgelöst {day(values['lead_unit__dissolved_on'])}"
        yield Finding("Federführende Stelle gibt es nicht mehr", said, "Federführung ändern", f"{edit}#id_lead_unit")


def _since(moment: datetime | None) -> str:
    return f"seit {_day(moment)}" if moment else ""


def _day(moment: datetime) -> str:
    return day(timezone.localdate(moment))
