"""Who keeps the plan today, for those who have something to tell."""

from datetime import date

from accounts.access import Function, Role
from accounts.models import Appointment, User


def officer_on(day: date) -> tuple[str, User] | None:
    """The Digital Officer, else who is appointed to stand in, with the words for the office."""
    officer = User.objects.with_role(Role.DIGITAL_OFFICER).order_by("pk").first()
    if officer:
        return "der Digital Officer", officer
    held = Appointment.objects.held_on(day).filter(function=Function.DEPUTY_DIGITAL_OFFICER, user__is_active=True)
    deputy = held.select_related("user").order_by("since").first()
    return ("die Stellvertretung des Digital Officer", deputy.user) if deputy else None
