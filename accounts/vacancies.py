"""What nobody would do any more once a person leaves or an appointment ends: said before it is saved."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accounts.access import Function, Role
from accounts.models import Appointment, User

MISSED = {
    Role.DIGITAL_OFFICER: "Niemand pflegt dann Strategie und Maßnahmen.",
    Function.ADMINISTRATION_HEAD: "Niemand gibt dann Berichte frei.",
    Function.COUNCIL_OFFICE: "Niemand trägt dann Gremien und Sitzungen ein.",
    Function.TREASURY: "Niemand trägt dann Haushaltszahlen ein.",
    Function.DEPUTY_DIGITAL_OFFICER: "Niemand vertritt dann den Digital Officer.",
    Function.DATA_PROTECTION: "Niemand liest dann das Protokoll der Zugriffe.",
}


def left_by(user: User, *, leaves: bool, role: str, today: date) -> list[str]:
    """Where `user` becomes inactive or takes on another role."""
    if user.pk is None or not User.objects.active().filter(pk=user.pk).exists():
        return []
    said = []
    officers = User.objects.with_role(Role.DIGITAL_OFFICER)
    was_officer = officers.filter(pk=user.pk).exists()
    if was_officer and (leaves or role != Role.DIGITAL_OFFICER) and not officers.exclude(pk=user.pk).exists():
        said.append(f"Danach gibt es keinen Digital Officer mehr. {MISSED[Role.DIGITAL_OFFICER]}")
    if leaves:
        held = Appointment.objects.held_on(today).filter(user=user)
        said += [
            _said(function)
            for function in sorted(set(held.values_list("function", flat=True)))
            if _nobody_else(function, today, Appointment.objects.exclude(user=user))
        ]
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
    return not others.held_on(day).filter(function=function, user__is_active=True).exists()


def _said(function: str) -> str:
    name = Function(function)
    return f"Danach hat niemand mehr die Funktion {name.label}. {MISSED[name]}"
