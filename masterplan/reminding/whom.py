"""Of whom an answer is awaited today: the one place for who is asked, for sender, preview, lists and personal links."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.access import Function, Role
from accounts.models import Appointment, User
from ground.workdays import workdays_between
from masterplan.models import Measure, Reminder, StatusRequest, StatusUpdate, Visibility
from masterplan.ownership import answering
from masterplan.reminding.rules import Step, called_on
from masterplan.rules import Answering

type AtHand = tuple[Answering | None, Answering | None, Answering | None]
NAMED = ("responsible", "deputy", "responsible__deputy", "lead_unit__head")


@dataclass(frozen=True)
class Called:
    """`steps` has the last step of everyone who is called on, `answering` those who were or are and may report on it.
    Who decides on updates is called on by no mail and by no link: the own list shows it."""

    steps: Mapping[int, Step]
    answering: frozenset[int]
    stand_in: int | None


def awaited() -> QuerySet[StatusRequest]:
    """Nobody answered yet and somebody still can."""
    sent = StatusUpdate.objects.submitted().values("measure")
    rows = StatusRequest.objects.unanswered().exclude(measure__in=sent)
    return rows.select_related("measure__lead_unit").order_by("due", "measure__code", "measure__serial")


def at_hand(measures: Collection[int], today: date) -> dict[int, AtHand]:
    """By measure its responsible, who stands in, and the unit's head; None for who there is not. Three queries."""
    found: Any = Measure.objects.filter(pk__in=measures).values("pk", "visibility", *NAMED)
    rows = list(found)
    people = answering({row[name] for row in rows for name in NAMED if row[name]}, today)
    return {row["pk"]: _at_hand(row, people) for row in rows}


def _at_hand(row: Mapping[str, Any], people: Mapping[int, Answering]) -> AtHand:
    responsible, deputy, personal, head = (people.get(row[name]) for name in NAMED)
    away = responsible is None or responsible.is_absent
    may_step_in = away and row["visibility"] != Visibility.CONFIDENTIAL
    return responsible, deputy or (personal if may_step_in else None), head


def called(due: Mapping[int, date], today: date) -> dict[int, Called]:
    """By measure, of which `due` has the day for which the answer is asked. Six queries."""
    people, silent, before = at_hand(due, today), _deciding(today), _asked_before(due)
    return {
        pk: _called(three, silent, before.get(pk, set()), workdays_between(due[pk], today))
        for pk, three in people.items()
    }


def called_for(requests: Sequence[StatusRequest], today: date) -> dict[int, Called]:
    return called({one.measure_id: one.due for one in requests}, today)


def called_on_if_asked(measures: Sequence[int], due: date, today: date) -> dict[int, list[str]]:
    """By measure the names of those to whom a mail would go today, with what is special about it."""
    found = called(dict.fromkeys(measures, due), today)
    people = {person for one in found.values() for person in one.steps}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=people)}
    return {
        pk: [names[person] + (", in Vertretung" if person == one.stand_in else "") for person in one.steps]
        for pk, one in found.items()
    }


def _called(three: AtHand, silent: set[int], before: set[int], days: int) -> Called:
    responsible, stand_in, _ = three
    steps = called_on(*three, workdays=days)
    told = {pk: step for pk, step in steps.items() if pk not in silent}
    stands_in = {stand_in.pk} & (told.keys() | before) if stand_in else set()
    answering = (stands_in | ({responsible.pk} if responsible else set())) - silent
    free = stand_in.pk if stand_in and stand_in.pk not in silent else None
    return Called(steps=told, answering=frozenset(answering), stand_in=free)


def _asked_before(measures: Iterable[int]) -> dict[int, set[int]]:
    """By measure who got a mail about what is open there."""
    found: dict[int, set[int]] = {}
    rows = Reminder.objects.filter(request__in=StatusRequest.objects.open().filter(measure__in=list(measures)))
    for measure, person in rows.order_by().values_list("request__measure", "recipient"):
        found.setdefault(measure, set()).add(person)
    return found


def _deciding(today: date) -> set[int]:
    """A link that approved what it sends would be a key to the public pages."""
    officers = User.objects.filter(role=Role.DIGITAL_OFFICER).values_list("pk", flat=True)
    held = Appointment.objects.held_on(today).filter(function=Function.DEPUTY_DIGITAL_OFFICER)
    return {*officers, *held.values_list("user", flat=True)}
