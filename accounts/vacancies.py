"""What nobody would do any more once a person leaves or an appointment ends: said before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from accounts.access import GRANTS, Function, Role
from accounts.models import Appointment, User
from accounts.models.user import ANSWERING

MISSED = {
    Role.DIGITAL_OFFICER: ("pflegt", "Strategie und Maßnahmen"),
    Function.ADMINISTRATION_HEAD: ("gibt", "Berichte frei"),
    Function.COUNCIL_OFFICE: ("trägt", "Gremien und Sitzungen ein"),
    Function.TREASURY: ("führt", "die Zahlen des Haushalts"),
    Function.DEPUTY_DIGITAL_OFFICER: ("vertritt", "den Digital Officer"),
}
"""What the office does here; functions that grant nothing are left out."""
SOON = timedelta(days=60)
LEFT_BEHIND: list[Callable[[User], Sequence[str]]] = []
"""What a person leaves undone on upper floors, in sentences; each floor adds its own once it is ready."""


def vacant(*, today: date) -> list[tuple[Function, str]]:
    """Functions that grant something and that nobody holds, or will hold before long, with what is missed."""
    found = []
    for function in filter(GRANTS.get, Function):
        verb, what = MISSED[function]
        held = Appointment.objects.filter(function=function, user__is_active=True)
        last = held.held_on(today).order_by(F("until").desc(nulls_first=True)).first()
        if last is None:
            found.append((function, f"Niemand hat diese Funktion, darum {verb} niemand {what}."))
        elif last.until and last.until <= today + SOON and not held.held_on(last.until + timedelta(days=1)).exists():
            found.append((function, f"Endet am {last.until:%d.%m.%Y}. Danach {verb} niemand {what}."))
    return found


def left_by(user: User, *, leaves: bool, role: str, today: date) -> list[str]:
    """Where `user` becomes inactive or takes on another role."""
    if user.pk is None or not User.objects.active().filter(pk=user.pk).exists():
        return []
    said = []
    officers = User.objects.with_role(Role.DIGITAL_OFFICER)
    was_officer = officers.filter(pk=user.pk).exists()
    if was_officer and (leaves or role != Role.DIGITAL_OFFICER) and not officers.exclude(pk=user.pk).exists():
        said.append(f"Danach gibt es keinen Digital Officer mehr. {_missed(Role.DIGITAL_OFFICER)}")
    if leaves:
        held = Appointment.objects.held_on(today).filter(user=user)
        said += [
            _said(function)
            for function in sorted(set(held.values_list("function", flat=True)))
            if _nobody_else(function, today, Appointment.objects.exclude(user=user))
        ]
    if leaves or role not in ANSWERING:
        said += [sentence for left in LEFT_BEHIND for sentence in left(user)]
    return said


def left_without(appointment: Appointment, sent: Mapping[str, Any], *, today: date) -> list[str]:
    """Where an appointment that is held today, or will be, ends or passes to another function."""
    before = Appointment.objects.filter(pk=appointment.pk).first()
    if before is None or (before.until and before.until < today):
        return []
    moved = sent["function"] != before.function
    if not moved and (sent["until"] is None or sent["until"] == before.until):
        return []
    first_without = max(today, before.since if moved else sent["until"] + timedelta(days=1))
    others = Appointment.objects.exclude(pk=before.pk)
    return [_said(before.function)] if _nobody_else(before.function, first_without, others) else []


def _nobody_else(function: str, day: date, others: Any) -> bool:
    """Of a function that grants something; any other leaves nothing undone."""
    held = others.held_on(day).filter(function=function, user__is_active=True)
    return bool(GRANTS[Function(function)]) and not held.exists()


def _said(function: str) -> str:
    name = Function(function)
    return f"Danach hat niemand mehr die Funktion {name.label}. {_missed(name)}"


def _missed(office: Role | Function) -> str:
    verb, what = MISSED[office]
    return f"Niemand {verb} dann {what}."
