"""Measures for which nobody answers, as the radar lists them: what is missing, since when, and the next step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Case, Max, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from accounts.access_changes import access_changed
from ground.formats import day, sentence_start
from masterplan.models import Measure, StatusUpdate
from masterplan.models.measure import MeasureQuerySet
from masterplan.ownership import Gap
from masterplan.worklist import Need, condition


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


@dataclass(frozen=True, slots=True)
class Summary:
    """One gap with how many measures it concerns, and the first of them."""

    what: str
    count: int
    examples: str
    step: str
    url: str


EXAMPLES = 5
STEPS: dict[Gap | Need, str] = {
    Gap.RESPONSIBLE_LEFT: "Übergeben",
    Gap.NO_RESPONSIBLE: "Verantwortliche benennen",
    Gap.SILENT: "Stand eintragen",
    Gap.NO_DEPUTY: "Vertretung benennen",
    Gap.UNREACHABLE: "Federführung prüfen",
    Gap.UNIT_DISSOLVED: "Federführung ändern",
    Need.NO_DATE: "Ende planen",
}
"""What nobody notices otherwise, with the next step."""


def summaries(measures: MeasureQuerySet, today: date) -> list[Summary]:
    """Of those of STEPS that concern a measure; each leads to the measures it counts. One query."""
    found = concerned(measures, today, STEPS)
    return [
        Summary(
            what=sentence_start(str(need.label)),
            count=len(found[need]),
            examples=", ".join(found[need][:EXAMPLES]),
            step=step,
            url=f"{reverse('measures')}?bedarf={need.value}",
        )
        for need, step in STEPS.items()
        if found[need]
    ]


def concerned(
    measures: MeasureQuerySet, today: date, needs: Iterable[Gap | Need] = tuple(Gap)
) -> dict[Gap | Need, list[str]]:
    """The numbers of the measures that each concerns, in their order; one query. One measure can have several."""
    named = list(needs)
    marked = _marked(measures, today, named).order_by("code", "serial")
    rows = list(marked.values_list("number", *map(_flag, named)))
    return {need: [row[0] for row in rows if row[place]] for place, need in enumerate(named, start=1)}


def _marked(measures: MeasureQuerySet, today: date, needs: Iterable[Gap | Need]) -> MeasureQuerySet:
    """Says of each measure which of them it has."""
    return measures.annotate(
        **{
            _flag(need): Case(
                When(condition(need, today), then=Value(True)), default=Value(False), output_field=BooleanField()
            )
            for need in needs
        }
    )


def _flag(need: Gap | Need) -> str:
    return need.name.lower()


UNKNOWN = "Tag nicht bekannt"
COLUMNS = (
    *("pk", "number", "title", "responsible", "responsible__name", "deputy", "deputy__name"),
    *("lead_unit__name", "lead_unit__short_name", "lead_unit__dissolved_on"),
)


def radar_rows(measures: MeasureQuerySet, today: date) -> list[RadarRow]:
    """Three queries for measures in which something is missing."""
    told = Max("updates__decided_at", filter=Q(updates__in=StatusUpdate.objects.told().values("pk")))
    marked = _marked(measures.annotate(reported=told), today, Gap)
    found = list(marked.values(*COLUMNS, "reported", *map(_flag, Gap)))
    kept = _kept_since([values["pk"] for values in found])
    changed = access_changed([values["responsible"] for values in found if values["responsible_left"]])
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
        changed = since.accounts.get(values["responsible"])
        address = f"{reverse('measures_hand_over')}?von={values['responsible']}"
        said = _since(changed) if changed else UNKNOWN
        yield _finding(Gap.RESPONSIBLE_LEFT, said, address, values["responsible__name"])
    if values["no_responsible"]:
        yield _finding(Gap.NO_RESPONSIBLE, _since(since.kept.get("responsible_id")), f"{edit}#id_responsible")
    if values["silent"]:
        said = f"zuletzt {_day(values['reported'])}" if values["reported"] else "noch nie"
        yield _finding(Gap.SILENT, said, reverse("measure_status", args=[values["number"]]))
    if values["no_deputy"]:
        gone = values["deputy__name"]
        said = UNKNOWN if gone else _since(since.kept.get("deputy_id"))
        detail = f"{gone} kann nicht mehr antworten" if gone else ""
        yield _finding(Gap.NO_DEPUTY, said, f"{edit}#id_deputy", detail)
    if values["unreachable"]:
        yield _finding(Gap.UNREACHABLE, "", f"{edit}#id_lead_unit")
    if values["unit_dissolved"]:
        yield _finding(Gap.UNIT_DISSOLVED, f"am {day(values['lead_unit__dissolved_on'])}", f"{edit}#id_lead_unit")


def _finding(gap: Gap, since: str, url: str, detail: str = "") -> Finding:
    what = sentence_start(str(gap.label))
    return Finding(f"{what}: {detail}" if detail else what, since, STEPS[gap], url)


def _since(moment: datetime | None) -> str:
    return f"seit {_day(moment)}" if moment else ""


def _day(moment: datetime) -> str:
    return day(timezone.localdate(moment))
