from accounts.models.appointment import Absence, Appointment
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = ["Absence", "Appointment", "Unit", "User"]
