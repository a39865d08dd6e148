"""Of whom an answer is awaited today: the one place for who is asked, for sender, preview, lists and personal links."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.access import Function, Role
from accounts.models import Absence, Appointment, User
from ground.workdays import workdays_between
from masterplan.models import Measure, StatusRequest, StatusUpdate, Visibility
from masterplan.models.status import ENDED_PHASES
from masterplan.reminding.rules import Answering, Step, called_on

NAMED = ("responsible", "deputy", "responsible__deputy", "lead_unit__head")


@dataclass(frozen=True)
class Called:
    """`steps` has the last step of everyone who is called on, `answering` those among them who may report on it. Who
    decides on updates is called on by no mail and by no link: the own list shows it."""

    steps: Mapping[int, Step]
    answering: frozenset[int]


def awaited() -> QuerySet[StatusRequest]:
    """Nobody answered yet and somebody still can."""
    sent = StatusUpdate.objects.submitted().values("measure")
    rows = StatusRequest.objects.unanswered().exclude(measure__phase__in=ENDED_PHASES).exclude(measure__in=sent)
    return rows.select_related("measure__lead_unit").order_by("due", "measure__code", "measure__serial")


def called(due: Mapping[int, date], today: date) -> dict[int, Called]:
    """By measure, of which `due` has the day for which the answer is asked. Four queries."""
    found: Any = Measure.objects.filter(pk__in=due).values("pk", "visibility", *NAMED)
    rows = list(found)
    people = _answering({row[name] for row in rows for name in NAMED if row[name]}, today)
    silent = _deciding(today)
    return {row["pk"]: _called(row, people, silent, workdays_between(due[row["pk"]], today)) for row in rows}


def called_for(requests: Sequence[StatusRequest], today: date) -> dict[int, Called]:
    return called({one.measure_id: one.due for one in requests}, today)


def _called(row: Mapping[str, Any], people: Mapping[int, Answering], silent: Collection[int], days: int) -> Called:
    responsible, deputy, personal, head = (people.get(row[name]) for name in NAMED)
    away = responsible is None or responsible.is_absent
    may_step_in = away and row["deputy"] is None and row["visibility"] != Visibility.CONFIDENTIAL
    stand_in = deputy or (personal if may_step_in else None)
    steps = called_on(responsible, stand_in, head, workdays=days)
    told = {pk: step for pk, step in steps.items() if pk not in silent}
    own = {one.pk for one in (responsible, stand_in) if one}
    return Called(steps=told, answering=frozenset(own & told.keys() | _still(responsible, silent)))


def _still(responsible: Answering | None, silent: Collection[int]) -> set[int]:
    """Who is absent is not asked, and may answer all the same."""
    return {responsible.pk} - set(silent) if responsible else set()


def _answering(pks: Iterable[int], today: date) -> dict[int, Answering]:
    able = User.objects.able_to_answer_for_measures().exclude(email="").filter(pk__in=pks)
    away = set(
        Absence.objects.filter(user__in=pks, first_day__lte=today, last_day__gte=today).values_list("user", flat=True)
    )
    return {pk: Answering(pk, is_absent=pk in away) for pk in able.values_list("pk", flat=True)}


def _deciding(today: date) -> set[int]:
    """A link that approved what it sends would be a key to the public pages."""
    officers = User.objects.filter(role=Role.DIGITAL_OFFICER).values_list("pk", flat=True)
    held = Appointment.objects.held_on(today).filter(function=Function.DEPUTY_DIGITAL_OFFICER)
    return {*officers, *held.values_list("user", flat=True)}
