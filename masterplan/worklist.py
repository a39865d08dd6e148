"""The measures as the workspace lists them: filtered, counted by facet, sorted, one flat row each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Count, DateField, DurationField, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from ground import parts
from ground.formats import day, percent, signed, slipped
from masterplan.models import ACTIVE_PHASES, DueDatePromise, Phase, ShownStatus, Visibility
from masterplan.models.measure import MeasureQuerySet, is_behind
from masterplan.ownership import Gap, missing
from masterplan.rules import UNMOVED, Deadline, Slip

SOON = timedelta(days=90)


class Need(models.TextChoices):
    """What asks for attention."""

    BEHIND = "zusage", "hinter der Zusage"
    RESPONSIBLE_LEFT = Gap.RESPONSIBLE_LEFT.value, Gap.RESPONSIBLE_LEFT.label
    NO_RESPONSIBLE = Gap.NO_RESPONSIBLE.value, Gap.NO_RESPONSIBLE.label
    SILENT = Gap.SILENT.value, Gap.SILENT.label
    NO_DEPUTY = Gap.NO_DEPUTY.value, Gap.NO_DEPUTY.label
    UNREACHABLE = Gap.UNREACHABLE.value, Gap.UNREACHABLE.label
    UNIT_DISSOLVED = Gap.UNIT_DISSOLVED.value, Gap.UNIT_DISSOLVED.label
    ENDS_SOON = "bald", "endet in 90 Tagen"
    NO_DATE = "termin", "ohne Termin"


def condition(need: str, today: date) -> Q:
    """Finished measures need nothing any more."""
    if need in Gap.values:
        return missing(Gap(need), today)
    active = Q(phase__in=ACTIVE_PHASES)
    return {
        Need.BEHIND: is_behind(today),
        Need.ENDS_SOON: active & Q(planned_end__range=(today, today + SOON)),
        Need.NO_DATE: active & Q(planned_end=None),
    }[Need(need)]


SORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "feld": ("Handlungsfeld", ("field__position", "field__title")),
    "massnahme": ("Nummer", ()),
    "phase": ("Phase", ("phase",)),
    "status": ("Status", ("status_rank",)),
    "fortschritt": ("Fortschritt", ("progress",)),
    "ende": ("Ende", ("planned_end",)),
    "verzug": ("Verzug", ("delay",)),
    "einheit": ("Federführung", ("lead_unit__name",)),
    "person": ("Verantwortlich", ("responsible__name",)),
    "sichtbarkeit": ("Sichtbarkeit", ("visibility",)),
}
DEFAULT_SORT = "feld"
NO_UNIT = "ohne"


@dataclass(frozen=True)
class Selection:
    """What the filter asks for; empty lists ask for nothing."""

    words: str = ""
    status: Sequence[str] = ()
    need: Sequence[str] = ()
    field: Sequence[str] = ()
    visibility: Sequence[str] = ()
    unit: str = ""

    def facets(self, today: date) -> dict[str, Q]:
        """One condition per group of the filter."""
        need = Q()
        for one in self.need:
            need |= condition(one, today)
        found = {
            "status": Q(shown_status__in=self.status) if self.status else Q(),
            "need": need,
            "field": Q(field__code__in=self.field) if self.field else Q(),
            "visibility": Q(visibility__in=self.visibility) if self.visibility else Q(),
            "unit": Q(lead_unit=None) if self.unit == NO_UNIT else Q(lead_unit=self.unit) if self.unit else Q(),
        }
        words = Q()
        for word in self.words.split():
            words &= Q(number__icontains=word) | Q(title__icontains=word)
        return {**found, "words": words}


def selected(measures: MeasureQuerySet, selection: Selection, today: date) -> MeasureQuerySet:
    for part in selection.facets(today).values():
        measures = measures.filter(part)
    return measures


def counted(
    measures: MeasureQuerySet, selection: Selection, *, fields: Iterable[str], today: date
) -> dict[tuple[str, str], int]:
    """How many measures each option of the filter would give beside the other groups; in one query.

    ("", "") is the number that the whole selection gives, ("", "all") that of all.
    """
    facets = selection.facets(today)
    options: dict[tuple[str, str], Q] = {("status", one): Q(shown_status=one) for one in ShownStatus.values}
    options |= {("need", one): condition(one, today) for one in Need.values}
    options |= {("field", code): Q(field__code=code) for code in fields}
    options |= {("visibility", one): Q(visibility=one) for one in Visibility.values}
    wanted = {("", "all"): Q(), ("", ""): _all_but("", facets)}
    wanted |= {(group, one): part & _all_but(group, facets) for (group, one), part in options.items()}
    keys = list(wanted)
    counts = measures.order_by().aggregate(
        **{f"n{place}": Count("pk", filter=wanted[key] or None) for place, key in enumerate(keys)}
    )
    return {key: counts[f"n{place}"] for place, key in enumerate(keys)}


def _all_but(group: str, facets: dict[str, Q]) -> Q:
    combined = Q()
    for name, part in facets.items():
        if name != group:
            combined &= part
    return combined


def ordered(measures: MeasureQuerySet, sort: str, today: date) -> MeasureQuerySet:
    """By a key of SORTS, descending with a leading "-"; rows without a value come last, equal ones by number."""
    down, key = sort.startswith("-"), sort.removeprefix("-")
    names = SORTS.get(key, SORTS[DEFAULT_SORT])[1]
    if key == "verzug":
        measures = measures.annotate(delay=_days_behind(today))
    by = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in names]
    tail = ["-code", "-serial"] if down and not names else ["code", "serial"]
    return measures.order_by(*by, *tail)


def _days_behind(today: date) -> Case:
    """`masterplan.rules.Deadline.days_behind` for sorting."""
    now = Value(today, DateField())
    due = Greatest(Coalesce("planned_end", now), now)
    return Case(
        When(phase__in=ACTIVE_PHASES, then=due - F("baseline_end")),
        When(phase=Phase.COMPLETED, then=F("actual_end") - F("baseline_end")),
        output_field=DurationField(),
    )


@dataclass(frozen=True)
class Row:
    pk: int
    number: str
    version: int
    title: str
    url: str
    field: str
    phase: str
    status: ShownStatus
    progress: int
    progress_words: str
    end: str
    delay: str
    late: bool
    moved: str
    unit: str
    responsible: str
    visibility: str
    status_word: str
    bar: str


COLUMNS = (
    "pk",
    "number",
    "version",
    "title",
    "field__title",
    "phase",
    "shown_status",
    "progress",
    "planned_end",
    "actual_end",
    "resolved_end",
    "first_promised_end",
    "lead_unit__short_name",
    "lead_unit__name",
    "responsible__name",
    "visibility",
)


def rows(measures: MeasureQuerySet, today: date) -> list[Row]:
    """Two queries: the rows and how far their ends have moved."""
    found = list(measures.values(*COLUMNS))
    slips = DueDatePromise.objects.slips([values["pk"] for values in found])
    return [_row(values, slips.get(values["pk"], UNMOVED), today) for values in found]


def _row(values: dict[str, Any], slip: Slip, today: date) -> Row:
    names = ("phase", "planned_end", "actual_end", "resolved_end", "first_promised_end")
    deadline = Deadline(*(values[name] for name in names))
    status = ShownStatus(values["shown_status"])
    end, delay = deadline.end, deadline.days_behind(today)
    return Row(
        pk=values["pk"],
        number=values["number"],
        version=values["version"],
        title=values["title"],
        url=reverse("measure_edit", args=[values["number"]]),
        field=values["field__title"],
        phase=Phase(values["phase"]).label,
        status=status,
        progress=values["progress"],
        progress_words=percent(values["progress"]),
        end=day(end) if end else "offen",
        delay="–" if delay is None else signed(delay),
        late=bool(delay and delay > 0),
        moved=slipped(slip.times, slip.days, slip.forward),
        unit=values["lead_unit__short_name"] or values["lead_unit__name"] or "offen",
        responsible=values["responsible__name"] or "offen",
        visibility=Visibility(values["visibility"]).label,
        status_word=parts.part("status_word", label=status.label, symbol=status.symbol, tone=status.tone),
        bar=parts.part("progress", percent=values["progress"], elapsed=None, silent=True),
    )
