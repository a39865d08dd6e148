"""Who changed what of a measure, when and why: the journal's events with the values that the history kept."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.urls import reverse

from ground.chronicle import Line, Moment
from ground.formats import day, percent
from ground.models import Event
from masterplan.change import CONTROLLED
from masterplan.granting import with_names
from masterplan.models import Measure, Milestone, StatusUpdate
from masterplan.models.kinds import REPORTED
from masterplan.narrating import ANOTHER
from masterplan.new_state import options_of
from masterplan.planning import SETS, TEXTS
from masterplan.restoring import is_restorable
from masterplan.side_by_side import option_words

FIELDS = (*TEXTS, *SETS, *CONTROLLED, "visibility")
RESTORABLE = (*TEXTS, *SETS, *CONTROLLED)
MILESTONE_FIELDS = ("title", "weight", "planned", "reached_on")
RELATED = ("field", "lead_unit", "responsible", "deputy", "merged_into", "history_user")
NOTHING = "–"


def chronicle(measure: Measure, *, reader: Any, notes: bool) -> list[Moment]:
    """Newest first. Internal notes, causes and remarks only with `notes`; other measures by number only where the
    reader may see them."""
    moments: dict[datetime, Moment] = {}
    milestones = list(measure.milestones.all())
    for when, who, kind, line in (*_of_measure(measure, reader), *_of_milestones(measure, milestones)):
        if notes or kind != "measure.internal_notes":
            moment = moments.setdefault(when, Moment(when))
            moment.who = moment.who or who
            moment.covered.add(kind)
            moment.lines.append(line)
    _add_events(moments, measure)
    if notes:
        _add_internal(moments, measure.updates.decided())
    return [moment for _, moment in sorted(moments.items(), reverse=True) if moment.lines or moment.reasons]


Found = tuple[datetime, str, str, Line]


def _of_measure(measure: Measure, reader: Any) -> Iterator[Found]:
    history: Any = Measure.history
    rows = list(history.filter(id=measure.pk).order_by("history_id").select_related(*RELATED))
    sets = {name: _sets(measure, name) for name in SETS} | {"merged_into": _targets(rows, reader)}
    newest = _values(rows[-1], sets) if rows else {}
    derived = {"progress"} if measure.milestones.current().exists() else set()
    for earlier, later in pairwise(rows):
        before, after = _values(earlier, sets), _values(later, sets)
        for name in FIELDS:
            if before[name] != after[name]:
                url = ""
                is_back = name in derived or before[name] == newest[name]
                if name in RESTORABLE and not is_back and is_restorable(earlier, name):
                    url = reverse("measure_restore", args=[measure.number, earlier.history_id, name])
                line = Line(label(name), before[name], after[name], url)
                yield later.history_date, str(later.history_user or ""), f"measure.{name}", line


def _of_milestones(measure: Measure, milestones: Iterable[Milestone]) -> Iterator[Found]:
    kept = {milestone.pk: milestone for milestone in milestones}
    rows: dict[int, list[Any]] = {}
    history: Any = Milestone.history
    for row in history.filter(measure_id=measure.pk).order_by("history_id").select_related("history_user"):
        rows.setdefault(row.id, []).append(row)
    for pk, versions in rows.items():
        current = kept.get(pk)
        for earlier, later in pairwise(versions):
            for name in MILESTONE_FIELDS:
                before, after = words(Milestone, earlier, name), words(Milestone, later, name)
                if before != after:
                    url = ""
                    if current and not current.withdrawn_at and before != words(Milestone, current, name):
                        url = reverse("milestone_restore", args=[measure.number, earlier.history_id, name])
                    what = f"Meilenstein „{later.title}“, {label(name, Milestone)}"
                    who = str(later.history_user or "")
                    yield later.history_date, who, f"milestone.{name}", Line(what, before, after, url)


def _add_events(moments: dict[datetime, Moment], measure: Measure) -> None:
    """What no value tells by itself, and the reasons."""
    for event in with_names(Event.objects.about(measure).select_related("author")):
        moment = moments.setdefault(event.occurred_at, Moment(event.occurred_at))
        moment.who = moment.who or str(event.author or "")
        if event.reason and event.kind != REPORTED and event.reason not in moment.reasons:
            moment.reasons.append(event.reason)
        if event.kind == REPORTED:
            moment.lines.append(Line("Öffentlicher Satz", "", event.reason))
        elif event.kind not in moment.covered and event.kind not in ("measure.edited", "milestone.changed"):
            moment.lines.append(Line(event.title, event.before, event.after))
        elif event.kind == "milestone.changed" and "bearbeitet" not in event.title:
            moment.lines.append(Line(event.title, "", event.after))


INTERNAL = ("achieved", "next_steps", "cause", "remarks", "decision", "contradiction", "comment")


def _add_internal(moments: dict[datetime, Moment], updates: Iterable[StatusUpdate]) -> None:
    """What was written beside the values, at the moment of the decision."""
    for update in updates:
        if update.decided_at is None:
            continue
        moment = moments.setdefault(update.decided_at, Moment(update.decided_at))
        for name in INTERNAL:
            if text := getattr(update, name):
                moment.lines.append(Line(label(name, StatusUpdate), "", text))
        for place, option in enumerate(options_of(update), start=1):
            moment.lines.append(Line(f"{place}. Weg (intern)", "", option_words(option)))


def _sets(measure: Measure, name: str) -> dict[int, str]:
    """Of each history row, the set in words."""
    history: Any = Measure.history
    copies = getattr(history.model, name).model
    other = Measure._meta.get_field(name).m2m_reverse_field_name()  # type: ignore[union-attr]
    found: dict[int, list[str]] = {}
    for copy in copies.objects.filter(measure_id=measure.pk).select_related(other):
        found.setdefault(copy.history_id, []).append(str(getattr(copy, other)))
    return {pk: ", ".join(sorted(names)) for pk, names in found.items()}


def _targets(rows: Iterable[Any], reader: Any) -> dict[int, str]:
    """Of each history row, the measure of which it became part."""
    seen = set(Measure.objects.visible_to(reader).values_list("pk", flat=True))
    return {
        row.history_id: row.merged_into.number if row.merged_into_id in seen else ANOTHER
        for row in rows
        if row.merged_into_id
    }


def _values(row: Any, sets: Mapping[str, Mapping[int, str]]) -> dict[str, str]:
    return {
        name: sets[name].get(row.history_id, NOTHING) if name in sets else words(Measure, row, name) for name in FIELDS
    }


def label(name: str, model: type[Model] = Measure) -> str:
    text = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:] if model is Measure else text


def words(model: type[Model], row: Any, name: str) -> str:
    """A value of a row or of its history in words."""
    value = getattr(row, name)
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Measure):
        return value.number
    if name == "progress":
        return percent(value)
    choices = dict(getattr(model._meta.get_field(name), "choices", None) or ())
    return str(choices.get(value, value))
